"""Topics: where in the tree of topics the conversations, people and answers of the house are.

Rule: pure. The lobby is `chat/global`, and `chat/lobby` is another name of it. See docs/reference/mqtt.md.
"""

from teahouse.model.ids import LOBBY
from teahouse.wire.mqtt.topics import has_wildcard

CHAT = "chat/"
PRESENCE = "presence/"
USER = "user/"
GLOBAL = "global"
COMMAND = "$teahouse/command"
ANSWER = "$teahouse/answer"
ME = "me"

_ROOTS = ("chat", "presence", "user", "+", "#")


def topics_of(conversation: str) -> tuple[str, ...]:
    """The names of a conversation, the usual one first."""
    return (CHAT + GLOBAL, CHAT + LOBBY) if conversation == LOBBY else (CHAT + conversation,)


def events_of(conversation: str) -> tuple[str, ...]:
    """Beside a conversation: typing, receipts, streams."""
    return tuple(topic + "/events" for topic in topics_of(conversation))


def inboxes(user: str) -> tuple[str, ...]:
    return (f"{USER}{ME}/inbox", f"{USER}{user}/inbox")


def conversation_of(topic: str) -> str | None:
    """What is published to `chat/...` is sent there; None for every other topic."""
    if not topic.startswith(CHAT):
        return None
    name = topic[len(CHAT) :]
    return LOBBY if name == GLOBAL else name


def is_ours(filter_: str) -> bool:
    """Whether a filter can match anything that the house has."""
    return filter_ == ANSWER or filter_.partition("/")[0] in _ROOTS


def may_hear(filter_: str, user: str, conversations: set[str]) -> bool:
    """Whether somebody in these conversations may subscribe to this. With a wildcard anybody may: what matches is
    still only what they hear anyway."""
    if has_wildcard(filter_):
        return not filter_.startswith(USER) or filter_.split("/")[1] in (ME, user, "+", "#")
    if filter_.startswith(USER):
        return filter_ in inboxes(user)
    conversation = conversation_of(filter_)
    return conversation is None or conversation.removesuffix("/events") in conversations | {GLOBAL}
