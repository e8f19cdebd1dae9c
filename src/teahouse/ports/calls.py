"""Calls: what leaves the server for push services and for addresses of others, made by another process."""

from typing import Literal, Protocol

from msgspec import Struct

from teahouse.model.push import Notice, PushDevice
from teahouse.ports.outside import Asked, Fetched

Errand = Literal["outgoing", "previews", "alerts"]
"""What a request is for: whoever makes it looks up there which addresses it may call."""


class PushCall(Struct, frozen=True, gc=False, tag="push"):
    """Hand this to the push service of the device."""

    device: PushDevice
    notice: Notice


class FetchCall(Struct, frozen=True, gc=False, tag="fetch"):
    """Ask this of the web outside (ports/outside.py)."""

    errand: Errand
    asked: Asked


Call = PushCall | FetchCall


class Pushed(Struct, frozen=True, gc=False, tag="pushed"):
    """What the service said: `cause` and `after_s` of the exceptions of ports/push.py. `rests_s` is how long it is left
    alone now."""

    what: Literal["taken", "gone", "later", "refused"]
    cause: str = ""
    after_s: float = 0.0
    rests_s: float = 0.0


class Found(Struct, frozen=True, gc=False, tag="found"):
    """The answer of the web."""

    fetched: Fetched


class Failed(Struct, frozen=True, gc=False, tag="failed"):
    """There is none: why, of the exceptions of ports/outside.py. `allowed`: the address may be called."""

    why: str
    allowed: bool = True


Answer = Pushed | Found | Failed


class Untaken(Exception):
    """Nobody said that they would make the call."""


class Unanswered(Exception):
    """Somebody took the call, and said nothing more. It may have been made."""


class Callers(Protocol):
    """Processes that make calls for the server, any number of them.

    Q1  A call is given to one of them at a time. If that one dies before it answered, the call goes to another, as long
        as it is waited for: it is made at least once, or whoever asked hears that it may not have been.
    Q2  `ask` raises Untaken some seconds after nobody took the call, at once if too many wait; and Unanswered if there
        is no answer a little after the `seconds` that the call may take.
    Q3  A call is written to no disk: there are words and keys in it.
    Q4  Whoever takes calls and does not go on is given no more of them; others are.
    """

    async def ask(self, call: Call, seconds: float) -> Answer: ...
