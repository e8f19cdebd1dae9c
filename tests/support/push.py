"""Push for tests of the engine: devices in memory, and a service that notes what it is given."""

import asyncio
from collections.abc import Callable
from typing import Any

from teahouse.backends.accounts import StoredLogin
from teahouse.backends.memory.push import MemoryNotifications, MemoryPushDevices
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine.stores import PushStores
from teahouse.model.accounts import Login, Refresh
from teahouse.model.push import Notice, PushDevice, PushKind
from teahouse.ports.push import WrongDevice
from tests.support.house import House, Person


class NotingPusher:
    """`trouble`: what is raised instead, as long as there is any."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Notice]] = []
        self.trouble: list[Exception] = []
        self.tries = 0
        self.rest = 0.0
        self.hang: asyncio.Event | None = None

    def check(self, device: PushDevice) -> None:
        if device.address == "wrong":
            raise WrongDevice("no token looks like this")

    def rests_s(self, device: PushDevice) -> float:
        return self.rest

    async def push(self, device: PushDevice, notice: Notice) -> None:
        self.tries += 1
        if self.hang is not None:
            await self.hang.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        self.taken.append((device.id, notice))

    def told(self, device: str = "") -> list[Notice]:
        return [notice for id_, notice in self.taken if not device or id_ == device]

    async def wait(self, count: int = 1, device: str = "") -> list[Notice]:
        """What it was given, once that is so many."""
        await until(lambda: len(self.told(device)) >= count)
        return self.told(device)


async def until(true: Callable[[], Any], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


class Bells:
    """The push of one house: `stores` for its engine, `pusher` for all kinds."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.pusher = NotingPusher()
        self.devices = MemoryPushDevices(store)
        self.notifications = MemoryNotifications(store)
        self.stores = PushStores(
            self.devices, self.notifications, dict.fromkeys(PushKind, self.pusher), "BPublicKey"
        )

    def log_in(self, user: str, login: str = "") -> str:
        """A login of this user; its id."""
        id_ = login or f"l-{user}"
        made = Login(id=id_, user=user, expires=2**53)
        self.store.logins[id_] = StoredLogin(made, Refresh(id_.encode(), b"x"))
        return id_

    async def device(self, house: House, person: Person, id_: str = "", **fields: Any) -> str:
        """A phone of this person; its id."""
        user = person.me["id"]
        id_ = id_ or f"p-{person.me['nick']}"
        given = {
            "id": id_,
            "user": user,
            "kind": PushKind.FCM,
            "address": f"token-{id_}",
            "grant": self.log_in(user),
        }
        stored = await self.devices.add(PushDevice(**{**given, **fields}), 20)
        assert stored is not None
        push = house.engine._verbs.pipeline.push
        assert push is not None
        push.holds(user, True)
        return id_
