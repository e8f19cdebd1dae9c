"""Transcript: the messages of one conversation as they are now, as far as they were loaded.

Rule: no screen and no network. What is loaded is one piece without holes, from the oldest loaded message to now: pages
of history go before it, events after it, and what is one's own but not stored yet stands at the end. Everything may be
told twice, in a page and as an event: that changes nothing. Filled by visit.py, drawn by messages.py.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from teahouse.client import LogEvent
from teahouse.client.messages import Edited
from teahouse.client.outbox import Outgoing
from teahouse.model.events import Stream
from teahouse.model.people import Person
from teahouse.model.results import Quote, Reacted

LOADED = 1000
"""Entries that stay loaded of what nobody looks at, so that a night in a busy room costs neither memory nor time."""

_SHOWN = ("message", "member", "conversation")


class Line(Struct, frozen=True):
    """One thing to show: an entry of the log, or a message that is on its way (`outgoing`). `version` changes
    whenever it looks different."""

    key: str
    sender: Person
    at: int
    seq: int = 0
    entry: LogEvent | None = None
    outgoing: Outgoing | None = None
    version: int = 0


class Transcript:
    """`more`: there are older entries than what is loaded. `revision` rises with each change. What one had not read
    when one came stands after `unread_from`, up to `unread_until`; 0 for nothing."""

    def __init__(self, conversation: str, me: Person) -> None:
        self.conversation = conversation
        self.me = me
        self.more = True
        self.loaded = False
        self.revision = 0
        self.unread_from = 0
        self.unread_until = 0
        self._entries: dict[int, LogEvent] = {}
        self._order: list[int] | None = []
        self._versions: dict[int, int] = {}
        self._pending: dict[str, Outgoing] = {}
        self._ephemeral: list[Line] = []
        self._streams: dict[str, Line] = {}
        self.first = 0
        self.last = 0

    # --- what there is ----------------------------------------------------------------------------------

    def lines(self) -> Iterator[Line]:
        """All there is to show, oldest first."""
        for seq in self._sorted():
            entry = self._entries[seq]
            if entry.ev in _SHOWN and not entry.hidden:
                yield Line(str(seq), entry.sender, entry.at, seq, entry, None, self._versions.get(seq, 0))
        yield from self._ephemeral
        yield from self._streams.values()
        for outgoing in self._pending.values():
            version = 1 if outgoing.problem is not None else 0
            yield Line(outgoing.cid, self.me, outgoing.at, outgoing=outgoing, version=version)

    def entry(self, seq: int) -> LogEvent | None:
        return self._entries.get(seq)

    def last_own(self) -> LogEvent | None:
        """The latest message of one's own that can be edited."""
        for seq in reversed(self._sorted()):
            entry = self._entries[seq]
            if entry.ev == "message" and entry.sender.id == self.me.id and not entry.recalled:
                return entry
        return None

    def last_said(self) -> LogEvent | None:
        """The latest message of anybody."""
        for seq in reversed(self._sorted()):
            entry = self._entries[seq]
            if entry.ev == "message" and not entry.recalled and not entry.hidden:
                return entry
        return None

    def quote(self, seq: int, told: Quote | None) -> Quote | None:
        """What a reply answers: as it is loaded here, or else as history told."""
        answered = self._entries.get(seq)
        if answered is None or answered.ev != "message" or answered.hidden:
            return told
        kind = str(answered.body.get("type", ""))
        return Quote(seq, answered.sender, kind, answered.text[:100], answered.recalled)

    def first_unread(self) -> int:
        """The seq of the first message one has not read, if it is loaded."""
        if not self.unread_from or (self.more and self.first > self.unread_from + 1):
            return 0
        for seq in self._sorted():
            entry = self._entries[seq]
            if seq > self.unread_until:
                return 0
            if seq > self.unread_from and entry.ev == "message" and entry.sender.id != self.me.id:
                return seq
        return 0

    # --- what comes -------------------------------------------------------------------------------------

    def page(self, entries: Iterable[LogEvent], more: bool) -> None:
        """Entries of history, the newest there are or those before `first`."""
        self.revision += 1
        found = list(entries)
        for entry in found:
            self._put(entry)
            self._forget_pending(entry)
        if found:
            self.first = min(self.first or found[0].seq, found[0].seq)
            self.last = max(self.last, found[-1].seq)
        self.more = more
        self.loaded = True

    def event(self, event: LogEvent) -> None:
        """An entry as it happened. Something that changes a message that is not loaded is of no interest: the page
        that has it will show it changed."""
        if event.ev in _SHOWN:
            if event.seq not in self._entries:
                self._put(event)
            self._forget_pending(event)
        else:
            self._change(event)
        self.last = max(self.last, event.seq)

    def ephemeral(self, key: str, sender: Person, at: int, body: dict[str, Any]) -> None:
        """A message that nobody keeps; here only the latest."""
        entry = LogEvent(ev="message", conversation=self.conversation, seq=0, sender=sender, at=at, body=body)
        self.revision += 1
        self._ephemeral = [*self._ephemeral[-19:], Line(key, sender, at, entry=entry)]

    def stream(self, event: Stream) -> None:
        """A message grows. What does not follow what is here waits for the message itself."""
        self.revision += 1
        before = self._streams.pop(event.stream, None)
        text = before.entry.text if before is not None and before.entry is not None else ""
        if event.ended or event.start != len(text):
            return
        body = {"type": event.type, "text": text + event.text}
        entry = LogEvent(
            ev="message", conversation=self.conversation, seq=0, sender=event.sender, at=0, body=body
        )
        version = len(text) + len(event.text)
        self._streams[event.stream] = Line(event.stream, event.sender, 0, entry=entry, version=version)

    def hide(self, seqs: Iterable[int]) -> None:
        for seq in seqs:
            self._replace(seq, hidden=True)

    def clear(self, upto: int) -> None:
        self.hide([seq for seq in self._entries if seq <= upto])
        self.more = False

    # --- what is one's own ------------------------------------------------------------------------------

    def put(self, outgoing: Outgoing) -> None:
        """A message that is on its way."""
        self.revision += 1
        self._pending[outgoing.cid] = outgoing

    def drop(self, outgoing: Outgoing) -> None:
        """A message that was refused, and the person knows."""
        self.revision += 1
        self._pending.pop(outgoing.cid, None)

    def answered(self, outgoing: Outgoing) -> None:
        """A message that was on its way has its place now; one that was refused stays, so that one sees it."""
        self.revision += 1
        sent = outgoing.sent
        if sent is None or self._pending.pop(outgoing.cid, None) is None:
            return
        if sent.seq in self._entries or sent.seq < self.first:
            return
        body = outgoing.more.get("body") or {"type": "text", "text": outgoing.text}
        self.event(
            LogEvent(
                ev="message",
                conversation=self.conversation,
                seq=sent.seq,
                message=sent.message,
                sender=self.me,
                at=sent.at,
                cid=outgoing.cid,
                body=body,
                reply_to=outgoing.more.get("reply_to"),
            )
        )

    # --- how ---------------------------------------------------------------------------------------------

    def _sorted(self) -> list[int]:
        if self._order is None:
            self._order = sorted(self._entries)
        return self._order

    def _put(self, entry: LogEvent) -> None:
        self.revision += 1
        if self._entries.get(entry.seq) != entry:
            self._versions[entry.seq] = self._versions.get(entry.seq, 0) + 1
        if entry.seq not in self._entries:
            if self._order and entry.seq < self._order[-1]:
                self._order = None
            elif self._order is not None:
                self._order.append(entry.seq)
        self._entries[entry.seq] = entry

    def _replace(self, seq: int, **changes: Any) -> None:
        entry = self._entries.get(seq)
        if entry is not None:
            self._put(replace(entry, **changes))

    def _forget_pending(self, entry: LogEvent) -> None:
        if entry.cid is not None and entry.sender.id == self.me.id:
            self.revision += 1
            self._pending.pop(entry.cid, None)

    def _change(self, event: LogEvent) -> None:
        seq = event.ref or 0
        message = self._entries.get(seq)
        if message is None or message.recalled:
            return
        match event.ev:
            case "edit" if message.edited is None or message.edited.seq < event.seq:
                edited = Edited(event.seq, event.at)
                self._replace(seq, body=event.body, mentions=event.mentions, edited=edited)
            case "recall":
                self._replace(seq, recalled=True, expired=event.expired, body={}, reactions=(), pinned=False)
            case "reaction":
                self._replace(seq, reactions=reacted(message.reactions, event))
            case "pin":
                self._replace(seq, pinned=event.on)

    def trim(self) -> None:
        """Forget the oldest; not while somebody is reading them."""
        if len(self._entries) > LOADED * 2:
            self.revision += 1
            for seq in self._sorted()[:-LOADED]:
                del self._entries[seq]
                self._versions.pop(seq, None)
            self._order = None
            self.first = self._sorted()[0]
            self.more = True


def reacted(before: tuple[Reacted, ...], event: LogEvent) -> tuple[Reacted, ...]:
    """The reactions after somebody put an emoji on, or took it away; said again, nothing changes."""
    user, emoji = event.sender.id, event.emoji
    kept = []
    found = False
    for one in before:
        if one.emoji == emoji:
            found = True
            others = tuple(other for other in one.users if other != user)
            count = one.count - (user in one.users) + event.on
            one = Reacted(emoji, count, (*others, user) if event.on else others)
        if one.count > 0:
            kept.append(one)
    if event.on and not found:
        kept.append(Reacted(emoji, 1, (user,)))
    return tuple(kept)
