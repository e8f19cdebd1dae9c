"""Push devices: what one registers, sees and forgets of them, how one wants to be told, and a try whether it works.

Rule: addresses and keys of devices come in and never go out again. A device belongs to the login that registered it.
Called by REST.
"""

import asyncio
from collections.abc import Callable, Sequence

from teahouse.engine import fresh, quiet
from teahouse.engine.buckets import Buckets
from teahouse.engine.notify import Notify
from teahouse.engine.options import EngineOptions
from teahouse.engine.push import Push
from teahouse.engine.stores import PushStores
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Rate
from teahouse.model.push import Notice, Notifications, PushDevice
from teahouse.ports.clock import Clock
from teahouse.ports.push import DeviceGone, NotTaken, TryLater, WrongDevice

_TESTS = Rate(10 / 60, 10)
"""Tries of one user: each makes this server call somebody."""


class PushBook:
    """`take_call` counts what a user asks, and refuses what is too much."""

    def __init__(
        self, ports: PushStores, push: Push, notify: Notify, clock: Clock, options: EngineOptions
    ) -> None:
        self._ports = ports
        self._push = push
        self._notify = notify
        self._clock = clock
        self._most = options.push_devices
        self._tests = Buckets(_TESTS)
        self.take_call: Callable[[str], None]

    @property
    def vapid_key(self) -> str:
        """What a browser subscribes with; empty where Web Push is off."""
        return self._ports.vapid_key

    async def of(self, caller: Caller) -> Sequence[PushDevice]:
        self.take_call(caller.user.id)
        return await self._mine(caller)

    async def register(self, caller: Caller, device: PushDevice) -> PushDevice:
        """From now on it is woken up, as long as the login lasts that registers it."""
        user = caller.user.id
        self.take_call(user)
        pusher = self._ports.pushers.get(device.kind)
        if pusher is None:
            raise Problem(Code.BAD_REQUEST, f"this server has no {device.kind} set up")
        try:
            pusher.check(device)
        except WrongDevice as error:
            raise Problem(Code.BAD_REQUEST, str(error)) from None
        stored = await self._ports.devices.add(device, self._most)
        if stored is None:
            raise await self._why_not(caller)
        self._push.holds(user, True)
        return stored

    def new(self, caller: Caller) -> tuple[str, str, str, int]:
        """The id, user, grant and time of a device that is being registered."""
        return fresh.device_id(), caller.user.id, caller.grant, self._clock.now()

    async def forget(self, caller: Caller, device: str) -> None:
        self.take_call(caller.user.id)
        if not await self._ports.devices.drop(caller.user.id, device):
            raise _unknown()

    async def wishes(self, caller: Caller) -> Notifications:
        self.take_call(caller.user.id)
        user = caller.user.id
        return (await self._ports.notifications.wishes([user])).get(user, Notifications())

    async def wish(self, caller: Caller, wishes: Notifications) -> Notifications:
        if wishes.quiet is not None:
            quiet.check(wishes.quiet)
        await self._ports.notifications.wish(caller.user.id, wishes)
        return wishes

    async def test(self, caller: Caller, only: str | None) -> list[tuple[PushDevice, str]]:
        """Wake up one's devices, or `only` one of them, and what became of that: empty if it was taken, else why
        not."""
        self.take_call(caller.user.id)
        self._tests.take(caller.user.id, self._clock.monotonic())
        devices = [d for d in await self._mine(caller) if only is None or d.id == only]
        if not devices and only is not None:
            raise _unknown()
        notice = Notice(type="test", tag="test", at=self._clock.now())
        return list(zip(devices, await asyncio.gather(*(self._try(d, notice) for d in devices)), strict=True))

    async def _try(self, device: PushDevice, notice: Notice) -> str:
        try:
            await self._notify.send(device, notice)
        except DeviceGone:
            return "the service does not know this device any more; it was forgotten"
        except (TryLater, NotTaken) as error:
            return str(error)
        return ""

    async def _mine(self, caller: Caller) -> Sequence[PushDevice]:
        return (await self._ports.devices.of([caller.user.id])).get(caller.user.id, ())

    async def _why_not(self, caller: Caller) -> Problem:
        if len(await self._mine(caller)) >= self._most:
            return Problem(Code.CONFLICT, f"you have {self._most} devices already; forget some first")
        return Problem(Code.FORBIDDEN, "only a device that is logged in can be woken up: log in on it first")


def _unknown() -> Problem:
    return Problem(Code.NOT_FOUND, "no device of yours has this id")
