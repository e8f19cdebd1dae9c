"""Two nodes with caches on one store: what is changed on one is seen on the other, within the time of a hint or, if it
was lost, of what is kept."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from teahouse.backends.cached.caches import Around, Behind, Caches
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.memory.accounts import MemoryAccounts
from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.copies import MemoryCopies
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.erasures import MemoryErasures
from teahouse.backends.memory.files import MemoryFiles
from teahouse.backends.memory.ids import MemoryIds
from teahouse.backends.memory.later import MemoryHidden, MemoryPreferences
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.accounts import Account, AccountChange
from teahouse.model.changes import PutUser
from teahouse.model.entries import Draft, Kind
from teahouse.model.people import User
from teahouse.model.preferences import Preferences
from tests.support.house import House, turns

ANN, BOB = Account(id="u1", name="ann", nick="Ann"), Account(id="u2", name="bob", nick="Bob")


class Place:
    """A house, its caches, and what its node reads in the store."""

    def __init__(self, name: str, truth: MemoryStore, hub: MemoryHub, copies: MemoryCopies) -> None:
        self.clock = ManualClock()
        behind = Behind(
            users=MemoryUsers(truth),
            directory=MemoryDirectory(truth),
            log=MemoryLog(truth),
            accounts=MemoryAccounts(truth),
            erasures=MemoryErasures(truth),
            hidden=MemoryHidden(truth),
            preferences=MemoryPreferences(truth),
            files=MemoryFiles(truth),
            ids=MemoryIds(truth),
        )
        around = Around(self.clock, copies, lambda: hub._brokers[name].connected)
        self.caches = Caches(behind, around, CacheOptions())
        ports = {port: getattr(self.caches, port) for port in ("users", "directory", "hidden", "preferences")}
        self.house = House(truth, hub, node=name, log=self.caches.log, copies=self.caches, **ports)

    async def nick(self, user: str = "u1") -> str | None:
        found = await self.caches.users.user(user)
        return None if found is None else found.nick

    async def bio(self) -> str | None:
        found = await self.caches.profile("u1")
        return None if found is None else found.bio

    async def all_of_ann(self) -> tuple[object, ...]:
        """All that is kept of somebody."""
        caches = self.caches
        return (
            await self.nick(),
            await self.bio(),
            (await caches.preferences.preferences(["u1"])).get("u1"),
            await caches.hidden.hidden("u1", "c", 0, 100),
        )


@pytest.fixture
async def two() -> AsyncIterator[tuple[Place, Place]]:
    truth, hub, copies = MemoryStore(), MemoryHub(), MemoryCopies(ManualClock())
    places = Place("a", truth, hub, copies), Place("b", truth, hub, copies)
    async with places[0].house, places[1].house:
        await places[0].caches.accounts.create(ANN, "hash")
        await places[0].caches.accounts.create(BOB, "hash")
        yield places


async def test_each_change_is_seen_on_the_other_node(two: tuple[Place, Place]) -> None:
    a, b = two
    assert await b.all_of_ann() == ("Ann", "", None, frozenset())
    await a.caches.accounts.change("u1", AccountChange(nick="Anna", bio="hi"))
    await a.caches.preferences.prefer("u1", Preferences(receipts=False))
    await a.caches.hidden.hide("u1", "c", [3])
    await turns()
    assert await b.all_of_ann() == ("Anna", "hi", Preferences(receipts=False), frozenset({3}))
    await a.caches.erasures.begin("u1", 5)
    await turns()
    found = await b.caches.profile("u1")
    assert found is not None
    assert found.disabled == 5
    await a.caches.erasures.forget("u1", "deleted")
    await turns()
    assert await b.all_of_ann() == ("deleted", None, None, frozenset())


async def test_users_that_guests_bots_and_entries_change(two: tuple[Place, Place]) -> None:
    a, b = two
    await a.caches.directory.apply([PutUser(User("g", "gus"), 1)])
    assert await b.nick("g") == "gus"
    await a.caches.directory.apply([PutUser(User("g", "august"), 1)])
    await turns()
    assert await b.nick("g") == "august"
    changes = (PutUser(User("g", "gustav"), 1),)
    await a.caches.log.append_many([Draft("c", Kind.MESSAGE, "g", "gustav", 1, b"{}", changes=changes)])
    await turns()
    assert await b.nick("g") == "gustav"


async def test_a_nick_leads_to_whoever_has_it_now(two: tuple[Place, Place]) -> None:
    a, b = two

    async def bearer(nick: str) -> str | None:
        found = await b.caches.users.account(nick)
        return None if found is None else found.id

    assert [await bearer("ann"), await bearer("ann"), await bearer("carl")] == ["u1", "u1", None]
    await a.caches.accounts.change("u1", AccountChange(nick="carl"))
    await a.caches.accounts.change("u2", AccountChange(nick="ann"))
    await turns()
    assert [await bearer("ann"), await bearer("carl"), await bearer("bob")] == ["u2", "u1", None]


async def test_who_decides_is_never_told_what_was(two: tuple[Place, Place]) -> None:
    a, b = two
    await b.all_of_ann()
    a.house.hub.cut("b")
    await a.caches.accounts.change("u1", AccountChange(disabled=7, admin=True, password="other"))
    found = await b.caches.accounts.find("u1")
    assert found is not None
    assert (found.disabled, found.admin) == (7, True)
    assert await b.caches.accounts.password("u1") == "other"


async def test_a_node_that_hears_nothing_asks_the_store(two: tuple[Place, Place]) -> None:
    a, b = two
    assert await b.nick() == "Ann"
    a.house.hub.cut("b")
    await a.caches.accounts.change("u1", AccountChange(nick="Anna"))
    assert await b.nick() == "Anna"
    await a.caches.accounts.change("u1", AccountChange(nick="Anny"))
    a.house.hub.mend("b")
    assert await b.nick() == "Anny"


async def test_a_hint_that_was_lost_costs_as_long_as_values_are_kept(two: tuple[Place, Place]) -> None:
    a, b = two
    assert await b.nick() == "Ann"
    a.caches.told = lambda names: None
    await a.caches.accounts.change("u1", AccountChange(nick="Anna"))
    assert await b.nick() == "Ann"
    b.clock.advance(CacheOptions().keep_s)
    assert await b.nick() == "Anna"


async def test_a_change_that_failed_leaves_nothing_from_before(two: tuple[Place, Place]) -> None:
    a, b = two
    assert await b.nick() == "Ann"
    store = a.house.store
    store.failure = "the connection went when it was to commit"
    with pytest.raises(Exception, match="the connection went"):
        await a.caches.accounts.change("u1", AccountChange(nick="Anna"))
    store.failure = None
    store.users["u1"] = User("u1", "Anna", guest=False)  # it had
    await turns()
    assert [await a.nick(), await b.nick()] == ["Anna", "Anna"]


async def test_what_is_asked_again_is_not_asked_of_the_store(two: tuple[Place, Place]) -> None:
    a, b = two
    for place in (a, b, a, b):
        await asyncio.gather(*(place.all_of_ann() for _ in range(5)))
    together = {name: a.caches.counts()[name] + b.caches.counts()[name] for name in a.caches.counts()}
    assert (
        together["users", "store"] == together["profiles", "store"] == together["preferences", "store"] == 1
    )
    assert together["users", "common"] == 1
    assert together["hidden", "store"] == 2  # of which nodes have nothing in common
    assert a.caches.sizes()["users"] == 1
