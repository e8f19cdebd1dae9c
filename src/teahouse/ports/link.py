"""The engine's side of a gateway: how a session writes to its client, without knowing the protocol."""

from typing import Protocol

from teahouse.model.commands import Id
from teahouse.model.entries import Entry
from teahouse.model.errors import Problem
from teahouse.model.events import AnyEvent, Bye
from teahouse.model.results import Result


class Wire(Protocol):
    """A wire format: turns what happened into bytes, framed and ready to write.

    W1  One instance a format, shared by all its links: the fan-out encodes once per instance.
    W2  Framed results may be joined: the concatenation of two of them is both, in order.
    """

    def entry(self, entry: Entry, own: bool) -> bytes:
        """An entry as an event. `own`: for other sessions of the sender, who also get the cid."""
        ...

    def event(self, event: AnyEvent) -> bytes: ...

    def answer(self, re: Id, result: Result) -> bytes: ...

    def failure(self, re: Id | None, problem: Problem) -> bytes: ...


class Link(Protocol):
    """One connection, as the engine sees it. No method blocks or raises.

    K1  Bytes given to `write` reach the client in order, or the connection ends.
    K2  When unsent bytes pass the gateway's limit it calls `Engine.stalled`, also from within `write`; when
        they are sent, `Engine.drained`. Between the two the engine writes only what it already owes.
    K3  After `close` nothing more is written; the gateway calls `Engine.closed` once, later.
    K4  `probe` asks a silent client for a sign of life, and is False if the protocol has no way to: then silence
        is not held against it, and the kernel's keepalive watches the connection.
    """

    wire: Wire
    gateway: str
    """What the way in is called: tcp, websocket ..."""

    def write(self, data: bytes) -> None: ...

    def hold(self, on: bool) -> None:
        """Stop reading commands from the client (True), or go on (False)."""
        ...

    def close(self, bye: Bye | None) -> None:
        """Say goodbye if there is anything to say, send what is unsent, and end the connection."""
        ...

    def probe(self) -> bool: ...
