"""Scopes: what a bot may do by which command.

Rule: one table, and what is not in it no bot may do. REST operations name the same scopes again, for the documents; a
test holds the two together. Asked by engine.py before a command begins, for sessions of bots only.
"""

from collections.abc import Iterable, Mapping, Sequence

from teahouse.model import commands
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, TOPIC_PREFIX

READ, WRITE = "messages:read", "messages:write"
STREAM = "stream"
LOOK, CHANGE = "conversations:read", "conversations:write"
FREE = ""
"""Every bot may."""

PEOPLE = None
"""No bot may."""

CONFINED = "confined"
"""Whose token has this is a visitor: they talk in the conversations they were brought into, and the rest of the server
is not there for them. No bot's token has it."""

SCOPE_OF: Mapping[type, str | None] = {
    commands.Hello: FREE,
    commands.Ping: FREE,
    commands.Presence: FREE,
    commands.Send: WRITE,
    commands.Edit: WRITE,
    commands.Recall: WRITE,
    commands.React: WRITE,
    commands.Typing: WRITE,
    commands.History: READ,
    commands.Sync: READ,
    commands.Search: READ,
    commands.Pins: READ,
    commands.Readers: READ,
    commands.Receipts: READ,
    commands.Read: READ,
    commands.Hide: READ,
    commands.Clear: READ,
    commands.Stream: STREAM,
    commands.Schedules: PEOPLE,
    commands.Reschedule: PEOPLE,
    commands.Cancel: PEOPLE,
    commands.Preferences: PEOPLE,
    commands.Delivered: READ,
    commands.Conversations: LOOK,
    commands.Members: LOOK,
    commands.Online: LOOK,
    commands.Slash: LOOK,
    commands.Create: CHANGE,
    commands.Join: CHANGE,
    commands.Leave: CHANGE,
    commands.Invite: CHANGE,
    commands.Kick: CHANGE,
    commands.Role: CHANGE,
    commands.Mute: CHANGE,
    commands.Pin: CHANGE,
    commands.Expire: CHANGE,
    commands.Archive: CHANGE,
    commands.Conversation: LOOK,
    commands.Bans: LOOK,
    commands.Links: LOOK,
    commands.Preview: LOOK,
    commands.Requests: LOOK,
    commands.Update: CHANGE,
    commands.Dissolve: CHANGE,
    commands.Ban: CHANGE,
    commands.Unban: CHANGE,
    commands.Link: CHANGE,
    commands.Unlink: CHANGE,
    commands.Approve: CHANGE,
    commands.Reject: CHANGE,
    commands.Blocks: "relations:read",
    commands.Contacts: "relations:read",
    commands.Block: "relations:write",
    commands.Unblock: "relations:write",
    commands.Contact: "relations:write",
    commands.Report: "reports:write",
}


_OF_VISITORS = frozenset(
    {
        *(commands.Hello, commands.Ping, commands.Send, commands.Edit, commands.Recall, commands.React),
        *(commands.Typing, commands.History, commands.Read, commands.Delivered),
        *(commands.Conversations, commands.Sync),  # without the lobby: lobby_of()
    }
)
"""What visitors do, whatever scopes their token has besides: those say what of REST is theirs."""


def check(scopes: Sequence[str], command: commands.Command) -> None:
    """May a bot with these scopes ask this? `forbidden` says which scope it takes."""
    if CONFINED in scopes:
        _check_confined(command)
        return
    scope = SCOPE_OF.get(type(command))
    if scope is None:
        raise Problem(Code.FORBIDDEN, "the token does not allow this: it takes a person")
    if scope and scope not in scopes:
        raise Problem(Code.FORBIDDEN, f"the token does not allow this: it takes the scope {scope}")


def _check_confined(command: commands.Command) -> None:
    place = getattr(command, "to", "") or getattr(command, "conversation", "") or ""
    carries = getattr(command, "forward", None) or getattr(command, "at", None)
    if (
        carries
        or type(command) not in _OF_VISITORS
        or place == LOBBY
        or place.startswith(("@", TOPIC_PREFIX))
    ):
        raise Problem(Code.FORBIDDEN, "visitors talk in their own conversations only")


def lobby_of(scopes: Sequence[str] | None) -> tuple[str, ...]:
    """The lobby, for all but visitors."""
    return () if scopes is not None and CONFINED in scopes else (LOBBY,)


def speaks_for_itself(scopes: Sequence[str]) -> bool:
    """Whether a session with scopes is a program's, and not a visitor's."""
    return CONFINED not in scopes


def check_live(scopes: Iterable[str]) -> None:
    """A session hears everything of its user's conversations, whatever it asks."""
    if READ not in scopes:
        raise Problem(Code.FORBIDDEN, f"a connection that hears messages takes the scope {READ}")
