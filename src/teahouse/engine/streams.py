"""Streams: messages of bots that others see while they are written.

Rule: while it grows a stream is told by events without a seq, joined once a loop turn, at most once, and kept in
memory only, on the node where it was begun; its author may go on with it on any (relay.py). What is stored is one
message with the whole, when the stream is finished. One that nobody adds to any
more is ended in its author's place: stored with what came, marked unfinished, or dropped if nothing came. Who comes
in the middle is told the whole so far.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from msgspec.structs import replace

from teahouse.engine import ack, fresh
from teahouse.engine.compose import Extra, Streamed, TextBody
from teahouse.engine.fanout import Fanout
from teahouse.engine.feeds import Feed
from teahouse.engine.options import EngineOptions
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.rosters import Roster
from teahouse.engine.route import Route, check_send
from teahouse.engine.scopes import STREAM
from teahouse.engine.session import Session
from teahouse.engine.store import Append
from teahouse.model import commands, events
from teahouse.model.changes import Change
from teahouse.model.entries import Appended
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import Result, Streaming
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.engine")

_MOST_ABROAD = 1000
"""So many streams of other nodes are kept for who comes in the middle."""

NOT_BEGUN = Problem(Code.BAD_REQUEST, "a stream begins with to, and goes on with stream")

Thread = Callable[[User, Roster, int | None], Awaitable[tuple[int, tuple[Change, ...]]]]


class _Stream:
    """One that is open. `told` is how many characters the others have been told, `author` a session in its author's
    name, and `writer` the one that added last, which is not told."""

    __slots__ = ("author", "changes", "event", "id", "roster", "send", "text", "timer", "told", "writer")

    def __init__(self, author: Session, send: commands.Send, roster: Roster, event: events.Stream) -> None:
        self.id = event.stream
        self.author = author
        self.writer: Session | None = None
        self.send = send
        self.roster = roster
        self.event = event
        self.changes: tuple[Change, ...] = ()
        self.text = ""
        self.told = 0
        self.timer: asyncio.TimerHandle | None = None


class Streams:
    """`thread` finds the thread a stream goes into (prepare.py), `elsewhere` asks other nodes to go on with one."""

    def __init__(
        self, pipeline: Pipeline, route: Route, fanout: Fanout, clock: Clock, options: EngineOptions
    ) -> None:
        self._pipeline = pipeline
        self._route = route
        self._fanout = fanout
        self._clock = clock
        self._most = options.streams
        self._silence_s = options.stream_silence_s
        self._text_bytes = options.text_bytes
        self._open: dict[str, _Stream] = {}
        self._in: dict[str, dict[str, _Stream]] = {}
        self._grown: dict[str, _Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._abroad: dict[str, tuple[events.Stream, float]] = {}  # open on other nodes, and until when
        self.thread: Thread
        self.elsewhere: Callable[[Session, commands.Stream], Awaitable[Result | None]]

    async def stream(self, session: Session, command: commands.Stream) -> Result | None:
        """Begin, add to, or finish a stream, or several of these at once."""
        if session.scopes is None or STREAM not in session.scopes:
            raise Problem(Code.FORBIDDEN, f"only a bot whose token has the scope {STREAM} may stream")
        if (command.to is None) == (command.stream is None):
            raise NOT_BEGUN
        if command.stream is not None and command.stream not in self._open:
            if (result := await self.elsewhere(session, command)) is not None:
                return result
            raise _unknown()
        stream = (
            await self._begin(session, command) if command.to is not None else self._own(session, command)
        )
        stream.writer = session
        self._append(stream, command.append)
        if command.finish:
            await self._finish(session, command, stream)
            return None
        return Streaming(stream.roster.conversation.id, stream.id, len(stream.text))

    async def _begin(self, session: Session, command: commands.Stream) -> _Stream:
        user = session.identity
        assert command.to is not None
        self._pipeline.quota.take_send(user.id)
        roster = await self._route.target(user, command.to)
        check_send(roster, user, self._clock.now())
        review = self._pipeline.review
        if review is not None and review.wants(roster.conversation.id):
            raise Problem(Code.FORBIDDEN, "what is said here is reviewed first; send it when it is whole")
        if command.reply_to is not None:
            self._pipeline.check_reply(roster, user, command.reply_to)
        thread, changes = await self.thread(user, roster, command.thread)
        if sum(stream.author.identity.id == user.id for stream in self._open.values()) >= self._most:
            raise Problem(Code.CONFLICT, f"{self._most} streams are open already; finish one first")
        conversation = roster.conversation.id
        send = commands.Send(
            to=conversation, reply_to=command.reply_to, cid=command.cid, thread=thread or None
        )
        event = events.Stream(
            conversation,
            fresh.stream_id(),
            Person(user.id, user.nick),
            command.type,
            0,
            thread=thread or None,
            reply_to=command.reply_to,
        )
        stream = _Stream(_shadow(session, user), send, roster, event)
        stream.changes = changes
        self._open[stream.id] = stream
        self._in.setdefault(conversation, {})[stream.id] = stream
        self._rearm(stream)
        return stream

    def _own(self, session: Session, command: commands.Stream) -> _Stream:
        stream = self._open.get(command.stream or "")
        if stream is None or stream.author.identity.id != session.identity.id:
            raise _unknown()
        return stream

    def has(self, stream: str, user: str) -> bool:
        """Whether this stream of the user's is open here."""
        found = self._open.get(stream)
        return found is not None and found.author.identity.id == user

    def heard(self, event: events.Stream) -> None:
        """A stream grows on another node. Who comes in the middle is told the whole by us."""
        now = self._clock.monotonic()
        known, _ = self._abroad.pop(event.stream, (replace(event, start=0, text=""), 0.0))
        if event.ended or event.start != len(known.text):
            return  # of one that we heard in part, nobody is told
        if len(self._abroad) >= _MOST_ABROAD:
            self._abroad = {id_: one for id_, one in self._abroad.items() if one[1] > now}
        if len(self._abroad) < _MOST_ABROAD:
            whole = replace(known, text=known.text + event.text)
            self._abroad[event.stream] = whole, now + self._silence_s

    def _append(self, stream: _Stream, text: str) -> None:
        """Take more words; they are told at the end of the turn, with what else comes in it."""
        check_send(stream.roster, stream.author.identity, self._clock.now())
        self._rearm(stream)
        if not text:
            return
        if len(stream.text) + len(text) > self._text_bytes or (
            not text.isascii() and len((stream.text + text).encode()) > self._text_bytes
        ):
            raise Problem(Code.TOO_LARGE, f"the text would be larger than {self._text_bytes} bytes")
        stream.text += text
        if not self._grown:
            asyncio.get_running_loop().call_soon(self._tell)
        self._grown[stream.id] = stream

    def _tell(self) -> None:
        grown, self._grown = self._grown, {}
        for stream in grown.values():
            if stream.told < len(stream.text):
                event = replace(stream.event, start=stream.told, text=stream.text[stream.told :])
                stream.told = len(stream.text)
                self._fanout.tell(stream.roster.conversation.id, event, stream.writer)

    def arrived(self, feed: Feed, session: Session) -> None:
        """A session is live from here on: it is told what there is of open streams."""
        for stream in self._in.get(feed.id, {}).values():
            if stream.told:
                event = replace(stream.event, text=stream.text[: stream.told])
                session.write(session.wire.event(event))
        for event, until in self._abroad.values():
            if event.conversation == feed.id and until > self._clock.monotonic():
                session.write(session.wire.event(event))

    async def _finish(self, session: Session, command: commands.Stream, stream: _Stream) -> None:
        """The whole becomes a message, and its place in the log the answer. Without a word it becomes nothing."""
        append = self._close(stream, unfinished=False)
        if append is None:
            raise Problem(Code.BAD_REQUEST, "nothing was said; the stream is dropped")
        append.origin, append.re = session, command.id
        await self._pipeline.commit(append)

    def _close(self, stream: _Stream, unfinished: bool) -> Append | None:
        """End it for those who watch; what is to be stored of it, if anything came and may be."""
        if stream.timer is not None:
            stream.timer.cancel()
        conversation = stream.roster.conversation.id
        del self._open[stream.id]
        del self._in[conversation][stream.id]
        if not self._in[conversation]:
            del self._in[conversation]
        self._grown.pop(stream.id, None)
        rest = stream.text[stream.told :]
        event = replace(stream.event, start=stream.told, text=rest, ended=True)
        self._fanout.tell(conversation, event, stream.writer)
        if not stream.text.strip():
            return None
        author = stream.author
        check_send(stream.roster, author.identity, self._clock.now())
        body = TextBody(stream.event.type, stream.text)
        streamed = Streamed(stream.id, unfinished)
        extra = Extra(body, stream.event.thread or 0, stream=streamed, changes=stream.changes)
        draft = self._pipeline.draft(author, stream.send, stream.roster, extra=extra)
        return Append(draft, ack.sent)

    def _rearm(self, stream: _Stream) -> None:
        if stream.timer is not None:
            stream.timer.cancel()
        loop = asyncio.get_running_loop()
        stream.timer = loop.call_later(self._silence_s, self._abandon, stream)

    def _abandon(self, stream: _Stream) -> None:
        """Nobody goes on with it: keep what came."""
        try:
            append = self._close(stream, unfinished=True)
            kept = None if append is None else self._pipeline.commit(append)  # on its way before we return
        except Problem as problem:
            _log.info("a stream broke off and was not kept", stream=stream.id, reason=str(problem))
            return
        if kept is not None:
            task = asyncio.get_running_loop().create_task(self._keep(kept, stream.id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _keep(self, kept: asyncio.Future[Appended], stream: str) -> None:
        try:
            settled = await kept
        except Problem as problem:
            _log.warning("a stream broke off and could not be kept", stream=stream, reason=str(problem))
        else:
            _log.info("a stream broke off", stream=stream, seq=settled.seq)

    def drain(self) -> None:
        """The server goes down: keep what there is of every stream."""
        for stream in tuple(self._open.values()):
            self._abandon(stream)

    def stop(self) -> None:
        for stream in self._open.values():
            if stream.timer is not None:
                stream.timer.cancel()
        for task in self._tasks:
            task.cancel()


def _unknown() -> Problem:
    return Problem(Code.NOT_FOUND, "no stream of yours is open by this id; it may have timed out")


def _shadow(session: Session, user: User) -> Session:
    """A session in the author's name that outlasts theirs: streams are finished by a request of their own, or by
    nobody."""
    shadow = Session(session.link, session.peer, session.seen)
    shadow.user, shadow.scopes = user, session.scopes
    return shadow
