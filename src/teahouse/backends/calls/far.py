"""Far: the ports of push services and of the web outside, for a server whose calls other processes make.

Rule: where nobody takes calls, the next ones say so at once for a while, instead of each finding out for itself; and
nobody outside is blamed for it. `check` of a device is done here: it calls nobody. Made by app/calls.py.
"""

from urllib.parse import urlsplit

from teahouse.model.push import Notice, PushDevice, PushKind
from teahouse.ports.calls import (
    Answer,
    Call,
    Callers,
    Errand,
    Failed,
    FetchCall,
    Found,
    PushCall,
    Pushed,
    Unanswered,
    Untaken,
)
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, Fetched, NotAllowed, NotCalled, Outside, Unreachable
from teahouse.ports.push import DeviceGone, NotTaken, Pusher, TryLater

ALONE_S = 5.0
"""Where nobody took a call, nobody is asked for so long."""
_REMEMBERED = 1000
_NOBODY = "no worker takes calls; is `teahouse worker` running, and are there enough?"


class Away:
    """The callers, and whether any are there. `push_s` is what a notification may take."""

    def __init__(self, callers: Callers, clock: Clock, push_s: float) -> None:
        self._callers = callers
        self._clock = clock
        self._until = 0.0
        self.push_s = push_s
        self.trouble = ""

    def rests_s(self) -> float:
        return max(self._until - self._clock.monotonic(), 0.0)

    async def ask(self, call: Call, seconds: float) -> Answer:
        """Raises Untaken or Unanswered."""
        if self.rests_s():
            raise Untaken(_NOBODY)
        try:
            answer = await self._callers.ask(call, seconds)
        except Untaken as error:
            self._until = self._clock.monotonic() + ALONE_S
            self.trouble = _NOBODY
            raise Untaken(_NOBODY) from error
        self.trouble = ""
        return answer


class FarOutside:
    """Outside (ports/outside.py). `near`: who calls where no worker does; without one, NotCalled."""

    def __init__(self, away: Away, errand: Errand, near: Outside | None = None) -> None:
        self._away = away
        self._errand = errand
        self._near = near

    async def fetch(self, asked: Asked) -> Fetched:
        try:
            answer = await self._away.ask(FetchCall(self._errand, asked), asked.seconds)
        except Untaken as error:
            if self._near is not None:
                return await self._near.fetch(asked)
            raise NotCalled(str(error), max(self._away.rests_s(), 1.0)) from error
        except Unanswered as error:
            raise Unreachable(str(error)) from error
        match answer:
            case Found(fetched):
                return fetched
            case Failed(why, allowed):
                raise Unreachable(why) if allowed else NotAllowed(why)
        raise Unreachable("the worker answered something else")


class FarPusher:
    """Pusher (ports/push.py). `local` knows what can be a device."""

    def __init__(self, local: Pusher, away: Away, clock: Clock) -> None:
        self._local = local
        self._away = away
        self._clock = clock
        self._until: dict[str, float] = {}  # by service: until when it is left alone

    def check(self, device: PushDevice) -> None:
        self._local.check(device)

    def rests_s(self, device: PushDevice) -> float:
        rest_s = self._until.get(_service(device), 0.0) - self._clock.monotonic()
        return max(rest_s, self._away.rests_s(), 0.0)

    async def push(self, device: PushDevice, notice: Notice) -> None:
        try:
            answer = await self._away.ask(PushCall(device, notice), self._away.push_s)
        except (Untaken, Unanswered) as error:
            raise TryLater(str(error), self._away.rests_s()) from error
        if not isinstance(answer, Pushed):
            raise TryLater("the worker answered something else")
        self._rest(_service(device), answer.rests_s)
        match answer.what:
            case "gone":
                raise DeviceGone
            case "later":
                raise TryLater(answer.cause, answer.after_s)
            case "refused":
                raise NotTaken(answer.cause)

    def _rest(self, service: str, rests_s: float) -> None:
        if rests_s:
            if len(self._until) >= _REMEMBERED:
                self._until.clear()
            self._until[service] = self._clock.monotonic() + rests_s
        else:
            self._until.pop(service, None)


def _service(device: PushDevice) -> str:
    return urlsplit(device.address).netloc if device.kind is PushKind.WEBPUSH else device.kind
