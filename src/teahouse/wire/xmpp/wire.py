"""The Wire port (ports/link.py) for XMPP: entries to stanzas, and all else to frames that a link reads.

Rule: a message of a group is a stanza here already, but for who gets it. Made once by app/compose.py; called by the
engine.
"""

import msgspec

from teahouse.model.commands import Id
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Problem
from teahouse.model.events import AnyEvent
from teahouse.model.results import Result
from teahouse.wire import json
from teahouse.wire.xmpp import content, frames
from teahouse.wire.xmpp.content import Links
from teahouse.wire.xmpp.frames import BARE, FULL, Mark, Sort
from teahouse.wire.xmpp.markup import attribute
from teahouse.wire.xmpp.names import CLIENT

_PERSONAL = (Kind.MEMBER, Kind.CONVERSATION)
_EMPTY = b""


class Answer(msgspec.Struct):
    """What a command came to: the JSON of its result."""

    re: int
    result: msgspec.Raw


class Failure(msgspec.Struct, omit_defaults=True):
    re: int | None
    code: str
    message: str
    retry_after_ms: int | None = None


class XmppWire:
    """`rooms` is the domain of groups, `links` tells where files are got."""

    def __init__(self, rooms: str, links: Links | None = None) -> None:
        self._rooms = attribute(rooms)
        self.links = links

    def entry(self, entry: Entry, own: bool) -> bytes:
        """Nothing for what XMPP has no words for, as pins."""
        mark = Mark(entry.conversation, entry.seq, entry.at, entry.sender, entry.nick)
        if entry.kind in _PERSONAL:
            return frames.told(Sort.ENTRY, mark, entry.kind.value.encode() + b" " + entry.content)
        direct = frames.is_direct(entry.conversation)
        said = content.said(entry.conversation, entry.seq, entry.kind, entry.content, entry.ref)
        said = msgspec.structs.replace(
            said,
            recalled=entry.redacted and entry.kind is Kind.MESSAGE,
            cid=entry.cid if own and entry.cid is not None else "",
            url=content.link(said.body, self.links),
        )
        inside = content.children(said, direct)
        if inside is None:
            return _EMPTY
        if direct:
            whole = inside + content.identity(said, BARE, True)
            return frames.told(Sort.DIRECT, mark, whole.encode())
        return frames.told(Sort.GROUP, mark, self.groupchat(said, entry.nick, inside).encode())

    def groupchat(self, said: content.Said, nick: str, inside: str, to: str = FULL) -> str:
        """A message as its room tells it to an occupant."""
        room = f"{attribute(said.conversation)}@{self._rooms}"
        identity = content.identity(said, room, False)
        return (
            f"<message xmlns='{CLIENT}' type='groupchat' from='{room}/{attribute(nick)}' to='{to}' "
            f"id='{attribute(said.id)}'>{inside}{identity}</message>"
        )

    def event(self, event: AnyEvent) -> bytes:
        return frames.said(Sort.EVENT, event)

    def answer(self, re: Id, result: Result) -> bytes:
        assert isinstance(re, int)  # gateways/xmpp gives numbers
        return frames.said(Sort.ANSWER, Answer(re, msgspec.Raw(json.encode(result))))

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        number = re if isinstance(re, int) else None
        return frames.said(
            Sort.FAILURE, Failure(number, problem.code, problem.message, problem.retry_after_ms)
        )
