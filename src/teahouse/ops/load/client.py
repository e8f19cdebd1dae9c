"""One client: a connection, what it has asked, and the one conversation it watches.

Rule: the hot path (`data_received`, `say`) decodes no JSON; whatever is not a message of the watched
conversation or the answer to a send takes the slow path. Connected by crowd.py, driven by the scenarios.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, cast

import msgspec

from teahouse.ops.load.feed import NOWHERE, Feed
from teahouse.ops.load.framing import CLOSE, PING, PONG, Frames, Framing, FramingError, Lines, control
from teahouse.ops.load.ledger import Ledger
from teahouse.ops.load.meter import Meter, now_us
from teahouse.ops.load.opening import Opening
from teahouse.ops.load.plan import Target

_ANSWER = b'{"re":'
_OK = b'"ok":{'
_SEQ = b'"seq":'
_FRAMINGS: Final[dict[str, Framing]] = {"ws": Frames(), "tcp": Lines()}


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code = str(error.get("code"))


class Gone(Exception):
    """The connection ended before the answer came. `after_ms`: the server asked to stay away so long."""

    def __init__(self, reason: str, after_ms: int | None) -> None:
        super().__init__(reason)
        self.after_ms = after_ms


class Client(asyncio.Protocol):
    """`id` and `resume` are what hello gave. `answered`, if set, hears how many sends were just answered."""

    def __init__(self, nick: str, meter: Meter) -> None:
        self.nick = nick
        self.meter = meter
        self.feed: Feed = NOWHERE
        self.ledger = Ledger()
        self.id = ""
        self.resume: str | None = None
        self.answered: Callable[[int], None] | None = None
        self._framing = _FRAMINGS["tcp"]
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._number = 0
        self._sends: dict[int, int] = {}
        self._asks: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._leaving = False
        self._farewell: dict[str, Any] = {}

    # --- coming and going ------------------------------------------------------------------------------

    async def connect(self, target: Target) -> None:
        """Open the connection, again after it was closed. OSError or FramingError if that fails."""
        self._framing = _FRAMINGS[target.scheme]
        loop = asyncio.get_running_loop()
        if target.scheme == "tcp":
            await loop.create_connection(lambda: self, target.host, target.port)
            return
        opening = Opening(self, target)
        await loop.create_connection(lambda: opening, target.host, target.port)
        await opening.done

    async def hello(self, cursors: dict[str, int] | None = None) -> None:
        """Become a guest, or the same guest again."""
        fields = {"resume": self.resume, "cursors": cursors}
        welcome = await self.ask(
            "hello", nick=self.nick, **{k: v for k, v in fields.items() if v is not None}
        )
        self.id = welcome["user"]["id"]
        self.resume = welcome.get("resume", self.resume)
        self.meter.entered += 1

    def leave(self) -> None:
        """Drop the connection, as a phone in a tunnel does."""
        self._leaving = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._rest = b""
        self._leaving = False
        self._farewell = {}

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if not self._leaving and not self._asks:  # who asks is told below
            self.meter.error("connection_lost")
        self.meter.unanswered += len(self._sends)
        self._sends.clear()
        reason = self._farewell.get("reason") or str(exc or "the server closed the connection")
        for waiting in self._asks.values():
            if not waiting.done():
                waiting.set_exception(Gone(reason, self._farewell.get("after_ms")))
        self._asks.clear()

    # --- asking ----------------------------------------------------------------------------------------

    async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        """Send a command and return its result; Refused or Gone if there is none."""
        if self._transport is None:
            raise Gone("not connected", None)
        number = self._number = self._number + 1
        waiting: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asks[number] = waiting
        command = msgspec.json.encode({"op": op, "id": number, **fields})
        self._transport.write(self._framing.wrap(command))
        return await waiting

    def say(self, due: int, count: int = 1) -> None:
        """Send `count` messages to the watched conversation, in one write and without waiting. Their latency
        counts from `due`."""
        if self._transport is None:
            self.meter.error("not_connected", count)
            return
        first = self._number + 1
        self._number += count
        self.meter.sent += count
        wrap, send = self._framing.wrap, self.feed.send
        frames = []
        for number in range(first, first + count):
            self._sends[number] = due
            frames.append(wrap(send(number, due)))
        self._transport.write(b"".join(frames))

    @property
    def waiting(self) -> int:
        """Sends that are not answered."""
        return len(self._sends)

    # --- hearing ---------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        feed = self.feed
        if data == feed.piece and not self._rest:
            batch = feed.batch
            self.ledger.events(batch.first, batch.after)
            self.meter.deliver(batch)
            return
        try:
            self._read(self._rest + data if self._rest else data)
        except (FramingError, ValueError):
            self._fail("malformed")

    def _read(self, piece: bytes) -> None:
        messages, controls, self._rest = self._framing.split(piece)
        feed, now, answered = self.feed, now_us(), 0
        seqs: list[int] = []
        stamps: list[int] = []
        for message in messages:
            if message.startswith(feed.prefix):
                seq, due = feed.read(message)
                self._deliver(message, seq, now - due)
                seqs.append(seq)
                stamps.append(due)
            elif message.startswith(_ANSWER):
                answered += self._answer(message, now)
            else:
                self._notice(message)
        for first, payload in controls:
            self._control(first, payload)
        self.meter.pieces += bool(seqs)
        if feed.shared and seqs and len(seqs) == len(messages) and not self._rest:
            feed.remember(piece, seqs, stamps)
        if answered and self.answered is not None:
            self.answered(answered)

    def _deliver(self, event: bytes, seq: int, latency: int) -> None:
        meter = self.meter
        self.ledger.events(seq, seq + 1)
        meter.delivered += 1
        meter.delivery.record(latency)
        meter.inspect(event, self.feed.id, seq)

    def _answer(self, message: bytes, now: int) -> int:
        """1 if it answers a send, else 0."""
        end = message.index(b",", len(_ANSWER))
        number = int(message[len(_ANSWER) : end])
        due = self._sends.pop(number, None)
        if due is None:
            self._resolve(number, message)
            return 0
        if not message.startswith(_OK, end + 1):
            self.meter.error(msgspec.json.decode(message)["error"]["code"])
            return 1
        at = message.index(_SEQ, end) + len(_SEQ)
        seq = int(message[at : message.index(b",", at)])
        self.ledger.own(seq)
        if seq > self.feed.head:
            self.feed.head = seq
        self.meter.acknowledged += 1
        self.meter.answer.record(now - due)
        return 1

    def _resolve(self, number: int, message: bytes) -> None:
        waiting = self._asks.pop(number, None)
        if waiting is None:
            self.meter.error("unasked_answer")
            return
        if waiting.done():
            return
        answer = msgspec.json.decode(message)
        if "ok" in answer:
            waiting.set_result(answer["ok"])
        else:
            waiting.set_exception(Refused(answer["error"]))

    def _notice(self, message: bytes) -> None:
        """What is neither ours nor an answer: told for trouble only."""
        if message.startswith(b'{"error":'):
            self.meter.error(msgspec.json.decode(message)["error"]["code"])
        elif message.startswith(b'{"ev":"resync"'):
            self.meter.error("resync")
        elif message.startswith(b'{"ev":"bye"'):
            self._farewell = msgspec.json.decode(message)
        elif not message.startswith(b'{"ev":"'):
            raise FramingError("neither an answer nor an event")

    def _control(self, first: int, payload: bytes) -> None:
        if first == PING and self._transport is not None:
            self._transport.write(control(PONG, payload))
        elif first not in (PING, PONG, CLOSE):
            raise FramingError("a frame that is neither whole text nor control")

    def _fail(self, code: str) -> None:
        self.meter.error(code)
        self.leave()
