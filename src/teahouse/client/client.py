"""The client: stay connected, know where one is, send exactly once in effect.

Rule: a lost connection is not an error but a pause. `hello` with the resume secret and the cursors brings back the
same user and what was missed; a send keeps its cid until it is acknowledged, so a repetition changes nothing.
"""

import asyncio
import itertools
import random
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from msgspec.structs import replace

from teahouse.client.connection import Connection, Dismissed, Frame
from teahouse.client.messages import Event, Found, Listed, Listing, LogEvent, Page, event_of, problem_of
from teahouse.client.sequence import Sequence
from teahouse.client.transport import connect
from teahouse.model import commands
from teahouse.model.errors import Problem
from teahouse.model.events import Bye, Notice, Resync
from teahouse.model.results import ReadUpTo, Sent, Welcome

Result = TypeVar("Result")

FIRST_DELAY_S = 0.2
LONGEST_DELAY_S = 10.0

_PAGE = 200  # entries; the most one page may have
_OWN_CIDS = 1000  # of the latest sends, to tell own messages that come back as events
_HELLO_CURSORS = 500  # so that hello stays well below the 64 KiB of a frame
_CATCH_UP = 200  # at most so many entries of a conversation one was brought into while away

# Their answers carry the seq of an entry that the session gets no event for.
_APPENDING = (
    commands.Send,
    commands.Edit,
    commands.Recall,
    commands.React,
    commands.Pin,
    commands.Create,
    commands.Join,
    commands.Leave,
    commands.Invite,
    commands.Kick,
    commands.Role,
    commands.Mute,
    commands.Expire,
    commands.Stream,
    commands.Update,
    commands.Dissolve,
    commands.Ban,
    commands.Unban,
    commands.Approve,
)


class Client:
    """One user's connection to a server at `url` (see transport.connect); `hello` says who it is.

    `token`, if given, is asked for an access token at each hello: those of accounts last a quarter of an hour, and the
    connection may be lost after days. account.Login.access_token is such a one.

    Every call raises Problem if the server refuses, TimeoutError if it does not answer in `timeout_s`, and
    ConnectionError if the connection is lost in between, except `send`, which tries again.
    """

    def __init__(
        self,
        url: str,
        hello: commands.Hello,
        timeout_s: float = 10.0,
        token: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        self.url = url
        self._hello = hello
        self._token = token
        self._timeout_s = timeout_s
        self._welcome: Welcome | None = None
        self._connection: Connection | None = None
        self._up = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._repairs: set[asyncio.Task[None]] = set()
        self._bye: Bye | None = None
        self._early: list[Frame] | None = None
        self._ended = False
        self._error: Exception | None = None
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._cids: deque[str] = deque(maxlen=_OWN_CIDS)
        self._sequence = Sequence(self._deliver, self._start_repair)
        self._sequence.start(hello.cursors or {})

    @property
    def welcome(self) -> Welcome:
        """What the server said to the latest hello. For a guest its `resume` is the secret to keep."""
        if self._welcome is None:
            raise ConnectionError("not connected yet")
        return self._welcome

    @property
    def cursors(self) -> dict[str, int]:
        """The last seq of each conversation: kept and given to the next Hello, nothing is missed."""
        return self._sequence.cursors

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def connect(self) -> Welcome:
        """Connect and say hello. From now on the client comes back by itself whenever the connection is lost."""
        connection = await self._open()
        self._keeper = asyncio.create_task(self._keep(connection))
        return self.welcome

    async def close(self) -> None:
        """Say nothing more; `events` ends."""
        for task in (self._keeper, *self._repairs):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        if self._connection is not None:  # the keeper never came to run
            await self._connection.close()
            self._connection = None
        self._finish(None)

    async def reconnect(self, nick: str | None = None) -> None:
        """Drop the connection and come back at once, as a guest perhaps by another nick. That it is free is to be
        known before: if it is not, the server does not let this client come back."""
        if nick is not None:
            self._hello = replace(self._hello, nick=nick)
        if self._connection is not None:
            await self._connection.close()

    async def events(self) -> AsyncIterator[Event]:
        """Everything that happens, until `close`: entries of one conversation in order of seq, each once, also
        over lost connections. One's own sends are not among them. A Notice tells of a lost connection
        (`disconnected`) and of the next one (`connected`). Raises Dismissed or Problem when the server does not
        let this client come back. Events wait here, in memory, until they are taken."""
        while (event := await self._events.get()) is not None:
            yield event
        self._events.put_nowait(None)  # for whoever else is waiting
        if self._error is not None:
            raise self._error

    async def request(self, command: commands.Command, result: type[Result]) -> Result:
        """Send any command of model.commands and give its answer as a `result` (dict, or a struct)."""
        connection = await self._connected()
        return msgspec.convert(await connection.request(command), result)

    async def tell(self, command: commands.Command) -> None:
        """Send a command that needs no answer, such as Typing; forgotten while not connected."""
        if self._connection is not None:
            with suppress(ConnectionError):
                await self._connection.tell(command)

    async def send(self, to: str, text: str | None, cid: str | None = None, **more: Any) -> Sent:
        """Send a message to a conversation or `@nick`; `more` are further fields of commands.Send.

        Returns when it is stored, however often the connection is lost until then; put asyncio.timeout around
        it to give up earlier. Problem if the server refuses it for good.
        """
        cid = cid or secrets.token_urlsafe(12)
        self._cids.append(cid)
        command = commands.Send(to=to, text=text, cid=cid, **more)
        delay = FIRST_DELAY_S
        while True:
            await self._until_connected()
            try:
                return await self.request(command, Sent)
            except Dismissed:
                raise
            except ConnectionError:
                delay = FIRST_DELAY_S  # how long to stay away is the keeper's business
            except OSError:  # no answer in time
                pass
            except Problem as problem:
                if not problem.retry:
                    raise
                delay = max(delay, (problem.retry_after_ms or 0) / 1000)
            await asyncio.sleep(_jittered(delay))
            delay = min(delay * 2, LONGEST_DELAY_S)

    async def history(
        self,
        conversation: str,
        before: int | None = None,
        after: int | None = None,
        limit: int = 50,
        quotes: bool = False,
    ) -> Page:
        """A page of entries: the newest, those before a seq, or those after one. With `quotes`, replies have what they
        answer. Messages are as they are now: the edits and reactions of the page are in them already."""
        command = commands.History(
            conversation=conversation, before=before, after=after, limit=limit, quotes=quotes
        )
        return await self.request(command, Page)

    async def conversations(self) -> Listing:
        """All conversations one is in, with what is unread: pinned ones first, then the latest."""
        return await self.request(commands.Conversations(), Listing)

    async def search(self, query: str, cursor: str | None = None, **more: Any) -> Found:
        """Messages that say something, newest first; `cursor` is `next` of the page before. `more` are further fields
        of commands.Search."""
        return await self.request(commands.Search(query=query, cursor=cursor, **more), Found)

    async def read(self, conversation: str, seq: int) -> ReadUpTo:
        """Say that one has read up to `seq`; how much is unread now."""
        return await self.request(commands.Read(conversation=conversation, seq=seq), ReadUpTo)

    async def typing(self, conversation: str, on: bool = True) -> None:
        """Say that one is writing; forgotten while not connected. Again every 3 s as long as it goes on."""
        await self.tell(commands.Typing(conversation=conversation, on=on))

    # --- the connection ---------------------------------------------------------------------------------

    async def _connected(self) -> Connection:
        async with asyncio.timeout(self._timeout_s):
            return await self._until_connected()

    async def _until_connected(self) -> Connection:
        while self._connection is None:
            if isinstance(self._error, Dismissed):
                raise self._error
            if self._ended:
                raise Dismissed(str(self._error or "the client is closed"))
            await self._up.wait()
        return self._connection

    async def _open(self) -> Connection:
        """A new connection on which hello was answered. Dismissed if the server said goodbye for good."""
        async with asyncio.timeout(self._timeout_s):
            transport = await connect(self.url)
        self._sequence.reset()
        self._bye, self._early = None, []
        connection = Connection(transport, self._answered, self._heard, self._timeout_s)
        try:
            await self._enter(connection)
        except BaseException as error:
            await connection.close()
            if isinstance(error, ConnectionError):
                self._check_dismissed()
            raise
        self._connection = connection
        self._up.set()
        return connection

    async def _enter(self, connection: Connection) -> None:
        """Say hello and see where each conversation stands; what was told meanwhile is looked at then."""
        cursors = self.cursors
        told = dict(itertools.islice(cursors.items(), _HELLO_CURSORS))
        hello = replace(self._hello, cursors=told or None)
        if self._token is not None:
            hello = replace(hello, token=await self._token())
        welcome = msgspec.convert(await connection.request(hello), Welcome)
        listing = msgspec.convert(await connection.request(commands.Conversations()), Listing)
        for listed in listing.conversations:
            if listed.conversation not in told:
                self._place(listed, cursors.get(listed.conversation))
        self._welcome = welcome
        if welcome.resume is not None:
            self._hello = replace(self._hello, resume=welcome.resume)
        early, self._early = self._early or [], None
        for frame in early:
            self._heard(frame)

    def _place(self, listed: Listed, cursor: int | None) -> None:
        """A conversation that hello did not speak of: because there are so many, or because it is new to us."""
        if cursor is not None:
            if listed.last_seq > cursor:
                self._sequence.lost(listed.conversation, cursor)
        elif self._welcome is None:
            self._sequence.start({listed.conversation: listed.last_seq})
        else:  # somebody brought us in while we were away
            self._sequence.lost(listed.conversation, max(listed.read_seq, listed.last_seq - _CATCH_UP))

    async def _keep(self, connection: Connection) -> None:
        """Hold the connection, and make a new one when it is lost, until the server forbids it."""
        try:
            while True:
                await self._hold(connection)
                self._check_dismissed()
                self._events.put_nowait(Notice("disconnected", "the connection was lost; trying again"))
                connection = await self._reopen()
                self._events.put_nowait(Notice("connected", "connected again"))
        except Exception as error:  # whatever ends the keeper ends the client
            self._finish(error)

    async def _hold(self, connection: Connection) -> None:
        beat = asyncio.create_task(connection.beat(self.welcome.heartbeat_s))
        try:
            await connection.ended()
        finally:
            beat.cancel()
            self._up.clear()
            self._connection = None
            await connection.close()

    async def _reopen(self) -> Connection:
        delay = FIRST_DELAY_S
        while True:
            if self._bye is not None and self._bye.after_ms is not None:
                delay = max(delay, self._bye.after_ms / 1000)
            await asyncio.sleep(_jittered(delay))
            try:
                return await self._open()
            except Dismissed:
                raise
            except OSError:
                pass
            except Problem as problem:
                if not problem.retry:
                    raise
            delay = min(delay * 2, LONGEST_DELAY_S)

    def _check_dismissed(self) -> None:
        if self._bye is not None and not self._bye.reconnect:
            raise Dismissed(self._bye.reason)

    def _finish(self, error: Exception | None) -> None:
        self._ended = True
        self._error = self._error or error
        self._events.put_nowait(None)
        self._up.set()

    # --- what the server says, in order -----------------------------------------------------------------

    def _answered(self, command: commands.Command, result: Frame) -> None:
        if isinstance(command, _APPENDING) and "seq" in result:
            conversation = result.get("conversation", getattr(command, "conversation", None))
            self._sequence.own(str(conversation), result["seq"])

    def _heard(self, frame: Frame) -> None:
        event = event_of(frame)
        if isinstance(event, Bye):
            self._bye = event
        if self._early is not None:
            self._early.append(frame)
        elif "error" in frame:  # refuses a command that had no id
            problem = problem_of(frame["error"])
            self._events.put_nowait(Notice(problem.code, problem.message))
        elif isinstance(event, LogEvent):
            self._sequence.entry(event)
        elif isinstance(event, Resync):
            self._sequence.lost(event.conversation, event.from_)
        elif event is not None:
            self._events.put_nowait(event)

    def _deliver(self, event: LogEvent) -> None:
        if event.cid is None or event.cid not in self._cids:
            self._events.put_nowait(event)

    # --- gaps -------------------------------------------------------------------------------------------

    def _start_repair(self, conversation: str) -> None:
        task = asyncio.create_task(self._repair(conversation))
        self._repairs.add(task)
        task.add_done_callback(self._repairs.discard)

    async def _repair(self, conversation: str) -> None:
        """Read what is missing. If the connection is lost meanwhile, the next one brings it."""
        closed, delay = False, FIRST_DELAY_S
        try:
            while not closed:
                try:
                    page = await self.history(conversation, after=self.cursors[conversation], limit=_PAGE)
                except Problem as problem:
                    if not problem.retry:
                        raise
                    delay = min(max(delay * 2, (problem.retry_after_ms or 0) / 1000), LONGEST_DELAY_S)
                    await asyncio.sleep(_jittered(delay))
                    continue
                closed = self._sequence.fill(conversation, page.entries, page.more and bool(page.entries))
        except Problem:  # it is not for us to read
            self._sequence.fill(conversation, (), more=False)
        except TimeoutError:
            if self._connection is not None:
                await self._connection.close()
        except ConnectionError:
            pass


def _jittered(delay_s: float) -> float:
    """Half to all of a delay, so that those who lost their connection together do not return together."""
    return delay_s * random.uniform(0.5, 1.0)  # noqa: S311
