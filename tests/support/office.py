"""An office: a house whose outgoing webhooks are told to a receiver, with alice in a group."""

from typing import Any

from teahouse.backends.memory.store import MemoryStore
from teahouse.engine.outlet_book import By, OutletBook, Wanted
from teahouse.model.caller import Caller
from teahouse.model.outlets import Outlet
from teahouse.model.people import User
from tests.support.house import House, Person
from tests.support.push import until
from tests.support.receiver import Receiver, outgoing_stores

ROOT = Caller(User("u-root", "root"), admin=True)


class Office:
    """A house with alice in a group, and a receiver outside."""

    def __init__(self, outside: Receiver, **options: Any) -> None:
        self.outside = outside
        self.store = MemoryStore()
        self.options = options

    async def open(self, **ports: Any) -> "Office":
        """Opened again, it is another process on the same store."""
        self.house = House(self.store, outgoing=outgoing_stores(self.store, **self.options), **ports)
        await self.house.__aenter__()
        return self

    async def start(self, **ports: Any) -> "Office":
        await self.open(**ports)
        self.alice = await self.house.guest("alice")
        self.group = await self.new_group()
        return self

    async def close(self) -> None:
        await self.house.__aexit__()

    async def new_group(self) -> str:
        made = await self.alice.ask("create", kind="group", title="Tea")
        return str(made["conversation"])

    @property
    def book(self) -> OutletBook:
        book = self.house.engine.outlets
        assert book is not None
        return book

    def by(self, person: Person | None = None, group: str = "") -> By:
        given = person or self.alice
        user = User(given.me["id"], given.me["nick"])
        return By(Caller(user), "127.0.0.1", group or self.group)

    async def outlet(self, url: str = "", *kinds: str, group: str = "") -> Outlet:
        return await self.book.make(self.by(group=group), Wanted(url or self.outside.url, kinds=kinds))

    async def server_outlet(self, *conversations: str, url: str = "") -> Outlet:
        wanted = Wanted(url or self.outside.url, conversations=conversations)
        return await self.book.make(By(ROOT, ""), wanted)

    async def now(self, outlet: Outlet) -> Outlet:
        return await self.book.one(By(ROOT, ""), outlet.id)

    async def says(self, *texts: str, to: str = "") -> None:
        for text in texts:
            await self.alice.ask("send", to=to or self.group, text=text)

    async def quiet(self) -> None:
        """Until nothing is left to do."""
        await until(lambda: not self.store.jobs and not self.house.engine._verbs.worker._doing)
