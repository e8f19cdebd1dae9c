"""What commands about bots and webhooks answer. The others are in results.py."""

from teahouse.model.people import Person
from teahouse.model.results import Result


class CommandRow(Result, frozen=True):
    """A slash command. Without `bot`, the server itself does it."""

    name: str
    description: str = ""
    hint: str = ""
    bot: Person | None = None


class CommandList(Result, frozen=True, omit_defaults=False):
    commands: tuple[CommandRow, ...]


class HookRow(Result, frozen=True, omit_defaults=False):
    """An incoming webhook. Its address is told when it is made, and never again."""

    id: str
    conversation: str
    nick: str
    creator: str
    created: int
    style: str
    avatar: str
    template: str


class HookMade(Result, frozen=True):
    webhook: HookRow
    token: str


class HookList(Result, frozen=True, omit_defaults=False):
    webhooks: tuple[HookRow, ...]
