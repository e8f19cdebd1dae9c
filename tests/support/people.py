"""A house with accounts: identity on the same memory as the engine, REST before both, and cheap passwords."""

from contextlib import AsyncExitStack
from typing import Any

import httpx2

from teahouse.app.identity import Identity, compose_identity
from teahouse.app.settings import Settings, StoreOptions
from teahouse.backends.memory.accounts import MemoryAccounts, MemoryLogins, MemoryVouchers
from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.erasures import MemoryErasures
from teahouse.backends.memory.later import MemorySchedules
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.providers import MemoryPasses, MemorySubjects
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemorySpent, MemoryVault
from teahouse.engine.avatars import refuse
from teahouse.engine.options import EngineOptions
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.auth import Auth, KeySet
from teahouse.gateways.rest.belongings import Belongings
from teahouse.gateways.rest.conversations import Conversations
from teahouse.gateways.rest.cookies import PassCookies
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.me import OwnAccount
from teahouse.gateways.rest.messages import Messages
from teahouse.gateways.rest.oidc import Oidc
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.users import Users
from teahouse.gateways.rest.web import Web
from teahouse.identity.oidc.options import OidcOptions
from teahouse.identity.options import IdentityOptions
from teahouse.identity.registry import Registry
from tests.support.house import LIMITLESS, House, Person

Json = dict[str, Any]
PASSWORD = "correct horse"


def cheap(**options: Any) -> IdentityOptions:
    """Options with which a hash takes milliseconds."""
    return IdentityOptions(**{"hash_memory_kib": 8192, "hash_passes": 1, **options})


class Village:
    """`house` and the people who live in it. Time stands still until a test moves `clock`."""

    def __init__(
        self,
        options: IdentityOptions | None = None,
        oidc: OidcOptions | None = None,
        engine: EngineOptions = LIMITLESS,
        beside: "Village | None" = None,
        **others: Any,
    ) -> None:
        """`beside`: another node on the store and the hub of this one."""
        self.node = "a" if beside is None else "b"
        self.store: MemoryStore = MemoryStore() if beside is None else beside.store
        self.clock: ManualClock = ManualClock() if beside is None else beside.clock
        self.book: SharedBook = SharedBook() if beside is None else beside.book
        self.limits: MemoryLimits = MemoryLimits(self.clock) if beside is None else beside.limits
        self._options = options or cheap()
        self._oidc = oidc or OidcOptions()
        self.hub: MemoryHub = MemoryHub() if beside is None else beside.hub
        self._others = others
        self._engine = engine
        self._stack = AsyncExitStack()
        self.house: House
        self.identity: Identity
        self.app: Any

    async def __aenter__(self) -> "Village":
        store, clock = self.store, self.clock
        presence = MemoryPresence(clock, self.node, self.book)
        registry = Registry(
            **{
                "accounts": MemoryAccounts(store),
                "logins": MemoryLogins(store),
                "vouchers": MemoryVouchers(store),
                "erasures": MemoryErasures(store),
                "users": MemoryUsers(store),
                "directory": MemoryDirectory(store),
                "log": MemoryLog(store),
                "presence": presence,
                "clock": clock,
                "subjects": MemorySubjects(store),
                "passes": MemoryPasses(store),
                "vault": MemoryVault(store),
                "spent": MemorySpent(store),
                "limits": self.limits,
                **self._others,
            }
        )
        settings = Settings(identity=self._options, oidc=self._oidc, store=StoreOptions(kind="memory"))
        self.identity = identity = await compose_identity(settings, registry, self._stack)
        self.house = House(
            store,
            self.hub,
            self._engine,
            self.node,
            clock=clock,
            presence=presence,
            limits=self.limits,
            passwords=identity.passwords,
            tokens=identity.tokens,
        )
        await self._stack.enter_async_context(self.house)
        identity.watch(self.house.engine, self._stack)
        self.cookies = PassCookies(identity.passes, guests=self.house.engine.guests)
        guard = Guard(identity.tokens, self.cookies)
        self.resources = self._resources(registry)
        self.app = create_application(
            RestContext(self.house.engine.ready, guard=guard, resources=self.resources)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _resources(self, registry: Registry) -> dict[str, object]:
        ask, identity = Ask(self.house.engine), self.identity
        return {
            "messages": Messages(ask),
            "conversations": Conversations(ask),
            "auth": Auth(identity.accounts, identity.logins, self.house.engine.guests.leave),
            "web": Web(identity, self.cookies, self.house.engine.guests),
            "oidc": Oidc(identity.entrance, identity.passes, identity.logins, self.cookies),
            "me": OwnAccount(
                identity.accounts,
                identity.logins,
                identity.erasure,
                registry.directory,
                Belongings(MemoryRelations(self.house.store), MemorySchedules(self.house.store), None).of,
                refuse,
            ),
            "users": Users(identity.accounts, registry.users),
            "keys": KeySet(identity.keys),
        }

    def client(self, token: str | None = None) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app, raise_app_exceptions=False, client=("192.0.2.7", 1)),
            base_url="http://chat.example.org/api/v1",
            headers={} if token is None else {"Authorization": f"Bearer {token}"},
        )

    async def post(self, path: str, bearer: str | None = None, **body: Any) -> httpx2.Response:
        async with self.client(bearer) as client:
            return await client.post(path, json=body)

    async def get(self, path: str, bearer: str | None = None, **query: Any) -> httpx2.Response:
        async with self.client(bearer) as client:
            return await client.get(path, params=query)

    async def registered(self, user: str, **fields: Any) -> Json:
        """The tokens of a new account."""
        answer = await self.post("/auth/register", user=user, **{"password": PASSWORD, **fields})
        assert answer.status_code == 201, answer.text
        tokens: Json = answer.json()
        return tokens

    async def logged_in(self, user: str, **fields: Any) -> Json:
        """The tokens of another login."""
        answer = await self.post("/auth/login", user=user, **{"password": PASSWORD, **fields})
        assert answer.status_code == 200, answer.text
        tokens: Json = answer.json()
        return tokens

    async def live(self, token: str, **fields: Any) -> Person:
        """A connection that said hello with a token."""
        person = self.house.stranger()
        person.me = (await person.ask("hello", token=token, **fields))["user"]
        return person
