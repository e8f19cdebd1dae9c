"""Commands about bots' slash commands, and those that only REST gives: for webhooks and administrators."""

from typing import Literal

from teahouse.model.commands.fields import Body, Cid, Command, ConversationId, Text

Style = Literal["plain", "github", "gitlab", "alertmanager", "template"]


class Slash(Command, frozen=True):
    """What may be written after a slash in a conversation."""

    conversation: ConversationId


class End(Command, frozen=True):
    """Dissolve a conversation, by an administrator of the server. Given by REST."""

    conversation: ConversationId


class MakeHook(Command, frozen=True):
    """A new incoming webhook of a conversation, by its owner or an admin. Given by REST."""

    conversation: ConversationId
    nick: str
    style: Style = "plain"
    avatar: str = ""
    template: str = ""


class ListHooks(Command, frozen=True):
    conversation: ConversationId


class TurnHook(Command, frozen=True):
    """A new address for a webhook; the old one leads nowhere from then on."""

    conversation: ConversationId
    hook: str


class DropHook(Command, frozen=True):
    conversation: ConversationId
    hook: str


class Post(Command, frozen=True):
    """What came to a webhook's address. `nick` and `avatar`: under which name and picture, instead of its own."""

    hook: str
    text: Text | None = None
    body: Body | None = None
    cid: Cid | None = None
    nick: str = ""
    avatar: str = ""
