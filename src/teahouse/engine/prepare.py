"""Prepare: sends that need to know something which is not in memory, before they take the road of every other send.

A reply in a thread needs its root, a forwarded message the original, a scheduled send a place to wait. The common send
needs nothing of this and never comes here: `needs` is all it is asked.

Rule: what is copied is copied by the server, from what the sender may see, and says whose it is; a client can say
neither.
"""

from asyncio import gather
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.structs import replace

from teahouse.engine import ack
from teahouse.engine.attach import carries
from teahouse.engine.compose import Extra, Forwarded
from teahouse.engine.history import Reader
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import Route, check_send
from teahouse.engine.session import Session
from teahouse.engine.sight import expires_at
from teahouse.engine.store import Append
from teahouse.engine.stores import Stores
from teahouse.model.bodies import RESERVED
from teahouse.model.changes import Change, PutReply
from teahouse.model.commands import Original, Send
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import message_id
from teahouse.model.people import User
from teahouse.model.results import Result, Routed, SentToTopic


class _Kept(msgspec.Struct):
    """What of a message's content goes along when it is forwarded."""

    body: dict[str, Any] = {}
    forwarded: Forwarded | None = None


_kept = msgspec.json.Decoder(_Kept).decode


def needs(command: Send) -> bool:
    """Whether a send has to be prepared. Asked of every send."""
    return command.thread is not None or command.forward is not None or command.at is not None


class Prepare:
    """`schedule` keeps what is to be sent later."""

    def __init__(
        self, stores: Stores, pipeline: Pipeline, route: Route, rosters: Rosters, reader: Reader
    ) -> None:
        self._clock = stores.clock
        self._pipeline = pipeline
        self._route = route
        self._rosters = rosters
        self._reader = reader
        self.schedule: Callable[[Session, Send, Roster], Awaitable[Result]]

    async def send(self, session: Session, command: Send) -> Result | None:
        user = session.identity
        roster = await self._route.target(user, command.to)
        check_send(roster, user, self._clock.now())
        if command.ephemeral:
            self._check_ephemeral(command)
        if command.forward is not None and (command.text is not None or command.body is not None):
            raise Problem(
                Code.BAD_REQUEST, "a forwarded message says what the original says; send yours apart"
            )
        if command.at is not None:
            return await self.schedule(session, command, roster)
        thread, changes = await self.thread(user, roster, command.thread)
        review, name = self._pipeline.review, roster.conversation.id
        if command.forward is not None:
            originals = [await self._original(user, o) for o in command.forward]
            extras = [await self._forwarded(user, original, thread) for original in originals]
            if review is not None:
                extras = [
                    await review.forward(user, name, extra, _cid(command.cid, n))
                    for n, extra in enumerate(extras)
                ]
            return await self._send_all(session, command, roster, [self._add(e, changes) for e in extras])
        if review is not None:
            command = await review.send(user, name, command)
        self._pipeline.accept(session, command, roster, Extra(thread=thread, changes=changes))
        return None

    def _check_ephemeral(self, command: Send) -> None:
        if command.forward is not None or command.thread is not None or command.at is not None:
            raise Problem(
                Code.BAD_REQUEST, "an ephemeral message cannot be forwarded, scheduled or in a thread"
            )

    async def thread(self, user: User, roster: Roster, root: int | None) -> tuple[int, tuple[Change, ...]]:
        """The thread a message goes into, and what makes it found there."""
        if root is None:
            return 0, ()
        entry = await self._reader.entry(roster, user, root)
        if entry.kind is not Kind.MESSAGE or entry.redacted:
            raise Problem(Code.NOT_FOUND, f"there is no message {root} to answer in a thread")
        if b'"thread":' in entry.content and "thread" in msgspec.json.decode(entry.content):
            raise Problem(Code.BAD_REQUEST, f"message {root} is in a thread itself; answer in that one")
        return root, (PutReply(roster.conversation.id, root),)

    async def _original(self, user: User, original: Original) -> Entry:
        """The message to forward, as it is now; `not_found` for whoever may not see it."""
        roster = await self._rosters.load(original.conversation)
        entry = await self._reader.entry(roster, user, original.seq)
        if entry.kind is not Kind.MESSAGE or entry.redacted:
            raise Problem(Code.NOT_FOUND, f"there is no message {original.seq} to forward")
        return (await self._reader.state(entry, user)).entry

    async def _forwarded(self, user: User, entry: Entry, thread: int) -> Extra:
        """A copy, for one more conversation. Who wrote it first stays its author, and it stays no longer than the
        original would."""
        kept = _kept(entry.content)
        if kept.body.get("type") in RESERVED:
            raise Problem(Code.BAD_REQUEST, f"message {entry.seq} is the server's own and is not forwarded")
        author = kept.forwarded or Forwarded(entry.nick, entry.at)
        due = expires_at(entry)
        left = 0 if due is None else max(1, (due - self._clock.now()) // 1000)
        body = await self._pipeline.attach.fill(user, kept.body) if carries(kept.body) else kept.body
        return Extra(body, thread, author, left)

    def _add(self, extra: Extra, changes: tuple[Change, ...]) -> Extra:
        return extra._replace(changes=(*extra.changes, *changes))

    async def _send_all(
        self, session: Session, command: Send, roster: Roster, extras: list[Extra]
    ) -> Result | None:
        """One message each, in order. Of several the sender hears by events, like everybody; the answer comes when
        all are stored."""
        if len(extras) == 1:
            self._pipeline.accept(session, command, roster, extras[0])
            return None
        drafts = [
            self._pipeline.draft(session, replace(command, cid=_cid(command.cid, n)), roster, extra=extra)
            for n, extra in enumerate(extras)
        ]
        done = await gather(*[self._pipeline.commit(Append(draft, ack.sent)) for draft in drafts])
        conversation = roster.conversation.id
        routed = tuple(Routed(conversation, d.seq, message_id(conversation, d.seq)) for d in done)
        duplicate = all(d.duplicate for d in done)
        return SentToTopic(conversation, routed[0].seq, routed[0].message, done[0].at, duplicate, routed)


def _cid(cid: str | None, number: int) -> str | None:
    """The idempotency key of one of several messages that were sent with one."""
    if cid is None or number == 0:
        return cid
    return blake2b(f"{number}\0{cid}".encode(), digest_size=24).hexdigest()
