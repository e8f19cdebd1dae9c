"""One connection that speaks XMPP: the Link port, and what TCP and WebSocket share.

Rule: knows bytes, and when they begin and end; what they mean is known to the stage the stream is in: it is negotiated
(negotiation.py), and then a resource of somebody (resource.py). No task, timer or queue a connection while nothing
happens. Subclassed by tcp.py and websocket.py.
"""

import asyncio
from typing import Protocol
from xml.etree.ElementTree import Element

import structlog

from teahouse.engine.session import Session
from teahouse.gateways.connected import LINGER_S, RETRY_MS
from teahouse.gateways.upgrades import Upgraded
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.model.errors import Problem
from teahouse.model.events import Bye
from teahouse.ports.link import Wire
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.conditions import StreamError, stream_error
from teahouse.wire.xmpp.frames import Frame
from teahouse.wire.xmpp.stream import End, Head

_log = structlog.get_logger("teahouse.gateways")


class Stage(Protocol):
    """What a stream is in. None of it raises but StreamError, from `opened` and `take`."""

    def opened(self, head: Head) -> None: ...

    def take(self, stanza: Element) -> None: ...

    def hear(self, frames: list[Frame]) -> None:
        """What the engine says."""
        ...

    def probe(self) -> None:
        """Ask for a sign of life."""
        ...

    def gone(self, resumable: bool) -> None:
        """The stream is over; `resumable`: it broke."""
        ...


class XmppLink(Upgraded):
    """`secure`: nobody listens between us and the client, or its proxy."""

    __slots__ = (
        "_closing",
        "_opened",
        "_post",
        "_transport",
        "context",
        "peer",
        "secure",
        "session",
        "stage",
        "wire",
    )

    gateway = "xmpp"
    _transport: asyncio.Transport

    def __init__(self, context: XmppContext) -> None:
        self.context = context
        self._post = context.post
        self.wire: Wire = context.wire
        self.session: Session | None = None
        self.stage: Stage | None = None
        self.peer = ""
        self.secure = False
        self._closing = False
        self._opened = False

    # --- what the engine calls ---

    def write(self, data: bytes) -> None:
        """Never raises: who calls this writes to many, and one that fails must not keep the others from hearing."""
        stage, post = self.stage, self._post
        if data and stage is not None:
            try:
                stage.hear(post.last if data is post.data else post.frames(data))
            except StreamError as error:
                self.part(error)
            except Exception:
                _log.exception("a stream cannot be told what happened", peer=self.peer)
                self.part(StreamError("internal-server-error"))

    def hold(self, on: bool) -> None:
        if self._closing or self._transport.is_closing():
            return
        if on:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def close(self, bye: Bye | None) -> None:
        """`reconnect` tells what kind of end it is: come back, or do not (RFC 6120, 4.9.3)."""
        if bye is None:
            self.part(None)
        elif bye.reconnect:
            condition = "system-shutdown" if self.context.links.leaving else "reset"
            self.part(StreamError(condition, bye.reason), resumable=True)
        else:
            replaced = "replaced" in bye.reason
            self.part(StreamError("conflict" if replaced else conditions.POLICY_VIOLATION, bye.reason))

    def probe(self) -> bool:
        if self.stage is not None:
            self.stage.probe()
        return True

    # --- what the transport calls ---

    def take_over(self, transport: asyncio.Transport, peer: str, stage: Stage) -> None:
        """A connection that was counted in is ours, if it may stay."""
        self._transport = transport
        self.peer = peer
        self.stage = stage
        links = self.context.links
        transport.set_write_buffer_limits(high=links.options.unsent_bytes)
        if (refusal := links.admission.refusal(peer)) is not None:
            self.part(StreamError("resource-constraint", refusal.reason))
            return
        try:
            self.session = links.engine.open(self, peer)
        except Problem as problem:
            self.close(Bye(problem.message, True, RETRY_MS))
            return
        links.deadlines.after(links.hello_s, self._check_hello)

    def pause_writing(self) -> None:
        if self.session is not None:
            self.context.links.engine.stalled(self.session)

    def resume_writing(self) -> None:
        if self.session is not None:
            self.context.links.engine.drained(self.session)

    def connection_lost(self, exc: Exception | None) -> None:
        self.context.links.admission.leave(self.peer)
        self._leave(resumable=not self._closing)
        self._closing = True

    # --- what arrives ---

    def arrived(self, found: Head | Element | End) -> None:
        """One thing the client said."""
        if self._closing or self.stage is None:
            return
        if isinstance(found, Head):
            self.open_stream()
            self.stage.opened(found)
        elif isinstance(found, End):
            self.part(None)
        else:
            self.stage.take(found)

    @property
    def closing(self) -> bool:
        return self._closing

    @property
    def can_start_tls(self) -> bool:
        return False

    @property
    def bindings(self) -> dict[str, bytes]:
        """What tells this channel from all others, for the client as for us, by type (RFC 5056)."""
        return {}

    def start_tls(self) -> None:
        raise NotImplementedError

    # --- what goes out ---

    def send(self, *stanzas: str) -> None:
        """What concerns the stream itself, and answers before it is a resource's."""
        self.put([stanza.encode() for stanza in stanzas])

    def put(self, stanzas: list[bytes]) -> None:
        """Whole elements, written at once."""
        raise NotImplementedError

    def open_stream(self) -> None:
        """Our head of a stream."""
        raise NotImplementedError

    def close_stream(self) -> None:
        """Our end of it, and of our side of the connection."""
        raise NotImplementedError

    def restart(self) -> None:
        """The client begins a new stream (RFC 6120, 6.4.6)."""
        raise NotImplementedError

    # --- the end ---

    def part(self, error: StreamError | None, resumable: bool = False) -> None:
        """Say what went wrong, if anything did, and goodbye; go on reading, so that the client sees our last words
        (see JsonLink). `resumable`: the client is to come back, and may go on where it was."""
        if self._closing or self._transport.is_closing():
            return
        self.hold(False)
        self._leave(resumable)
        self._closing = True
        if error is not None:
            if not self._opened:
                self.open_stream()
            self.send(stream_error(error.condition, error.reason))
        self.close_stream()
        self.context.links.deadlines.after(LINGER_S, self._transport.abort)

    def _leave(self, resumable: bool) -> None:
        """The engine hears of it first: nothing comes after the end. How far the client has come is looked up before
        its session forgets."""
        stage, self.stage = self.stage, None
        if stage is not None:
            stage.gone(resumable)
        session, self.session = self.session, None
        if session is not None:
            self.context.links.engine.closed(session)

    def _check_hello(self) -> None:
        if self.session is not None and self.session.user is None and not self._closing:
            self.part(StreamError("connection-timeout", "nobody logged in in time"))
