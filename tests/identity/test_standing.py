"""Who is let in while somebody is being sent away."""

import asyncio
from typing import Any

import pytest

from teahouse.backends.memory.accounts import MemoryAccounts, MemoryLogins
from teahouse.model.accounts import Login
from tests.support.people import PASSWORD, Village


async def test_what_is_known_needs_no_store_and_is_forgotten_with_its_login() -> None:
    async with Village() as village:
        tokens = village.identity.tokens
        ada = await village.registered("ada")
        assert tokens.known(ada["access_token"]) is None
        caller = await tokens.verify(ada["access_token"])
        assert caller is not None and caller.user.nick == "ada" and not caller.admin
        assert tokens.known(ada["access_token"]) == caller
        await village.identity.logins.end(caller.user.id, [caller.grant])
        assert tokens.known(ada["access_token"]) is None
        assert await tokens.verify(ada["access_token"]) is None


async def test_what_is_known_is_known_until_it_expires() -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        assert await village.identity.tokens.verify(token)
        village.clock.advance(900)
        assert village.identity.tokens.known(token) is None
        assert await village.identity.tokens.verify(token) is None


async def test_a_login_that_expired_carries_nobody() -> None:
    from tests.support.people import cheap

    async with Village(cheap(access_s=86_400, refresh_days=1)) as village:
        token = (await village.registered("ada"))["access_token"]
        village.clock.advance(86_399)
        assert await village.identity.tokens.verify(token)


async def test_only_so_many_are_kept() -> None:
    from tests.support.people import cheap

    async with Village(cheap(cached_tokens=16)) as village:
        tokens = village.identity.tokens
        ada = await village.registered("ada")
        claims = village.identity.access.read(ada["access_token"])
        assert claims is not None
        issued = [village.identity.access.issue(claims.user, claims.login) for _ in range(20)]
        for token in issued:
            assert await tokens.verify(token)
        assert [tokens.known(token) is not None for token in issued] == [False] * 4 + [True] * 16


async def test_a_login_of_somebody_else_is_nobodys() -> None:
    async with Village() as village:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        his = village.identity.access.read(bob["access_token"])
        assert his is not None
        mixed = village.identity.access.issue(ada["user"]["id"], his.login)
        assert await village.identity.tokens.verify(mixed) is None


class SlowLogins(MemoryLogins):
    """Reads the login at once and answers later."""

    def __init__(self, store: Any) -> None:
        super().__init__(store)
        self.reading = asyncio.Event()
        self.answer = asyncio.Event()
        self.answer.set()

    async def find(self, login: str, now: int) -> Login | None:
        found = await super().find(login, now)
        self.reading.set()
        await self.answer.wait()
        return found


async def test_a_token_that_is_looked_up_while_its_login_ends_is_refused() -> None:
    async with Village() as village:
        slow = SlowLogins(village.store)
        object.__setattr__(village.identity.registry, "logins", slow)
        ada = await village.registered("ada")
        slow.answer.clear()
        slow.reading.clear()
        looking = asyncio.ensure_future(village.identity.tokens.verify(ada["access_token"]))
        await slow.reading.wait()
        await village.identity.logins.end(ada["user"]["id"])
        slow.answer.set()
        assert await looking is None
        assert village.identity.tokens.known(ada["access_token"]) is None


class SlowAccounts(MemoryAccounts):
    """Stops in the middle of whatever asks for a password."""

    def __init__(self, store: Any) -> None:
        super().__init__(store)
        self.reading = asyncio.Event()
        self.answer = asyncio.Event()
        self.answer.set()

    async def password(self, user: str) -> str | None:
        found = await super().password(user)
        self.reading.set()
        await self.answer.wait()
        return found


async def test_a_login_that_begins_while_the_password_is_changed_is_taken_back() -> None:
    async with Village() as village:
        ada = await village.registered("ada")
        account = await village.identity.accounts.named("ada")
        begin = village.identity.registry.logins.begin

        async def slow(login: Login, refresh: Any) -> None:
            await village.identity.accounts.set_password(account, "battery staple")
            await begin(login, refresh)

        village.identity.registry.logins.begin = slow  # type: ignore[method-assign]
        answer = await village.post("/auth/login", user="ada", password=PASSWORD)
        assert answer.json()["code"] == "unauthenticated"
        assert await village.identity.logins.of(ada["user"]["id"]) == []


@pytest.mark.parametrize("way", ["hello", "login"])
async def test_an_old_password_does_not_come_in_while_it_is_changed(way: str) -> None:
    async with Village() as village:
        ada = await village.registered("ada")
        slow = SlowAccounts(village.store)
        object.__setattr__(village.identity.registry, "accounts", slow)
        village.identity.passwords._accounts = slow
        slow.answer.clear()
        slow.reading.clear()
        stranger = village.house.stranger()
        if way == "hello":
            coming = asyncio.ensure_future(stranger.refused("hello", user="ada", password=PASSWORD))
        else:
            coming = asyncio.ensure_future(village.post("/auth/login", user="ada", password=PASSWORD))  # type: ignore[arg-type]
        await slow.reading.wait()
        slow.answer.set()
        account = await village.identity.accounts.named("ada")
        await village.identity.accounts.set_password(account, "battery staple")
        outcome: Any = await coming
        assert (outcome if way == "hello" else outcome.json()["code"]) == "unauthenticated"
        assert await village.identity.logins.of(ada["user"]["id"]) == []


async def test_nothing_is_done_in_the_name_of_somebody_disabled() -> None:
    async with Village() as village:
        ada = await village.registered("ada")
        caller = await village.identity.tokens.verify(ada["access_token"])
        assert caller is not None
        standing = village.identity.standing
        assert await standing.stands("u-guest") and await standing.stands(caller.user.id)
        await village.identity.accounts.disable(await village.identity.accounts.find(caller.user.id))
        assert not await standing.stands(caller.user.id)


# --- other nodes ---


async def test_what_is_kept_is_forgotten_when_other_nodes_were_not_heard() -> None:
    async with Village() as village:
        tokens, ada = village.identity.tokens, await village.registered("ada")
        caller = await tokens.verify(ada["access_token"])
        assert tokens.known(ada["access_token"])
        village.identity.standing.distrust()
        assert tokens.known(ada["access_token"]) is None
        assert await tokens.verify(ada["access_token"]) == caller


async def test_whoever_is_looked_up_meanwhile_is_looked_up_again() -> None:
    async with Village() as village:
        logins = SlowLogins(village.store)
        ada = await village.registered("ada")
        object.__setattr__(village.identity.registry, "logins", logins)
        logins.answer.clear()
        verifying = asyncio.create_task(village.identity.tokens.verify(ada["access_token"]))
        await logins.reading.wait()
        village.store.logins.clear()  # another node does that, and we are not told
        village.identity.standing.distrust()
        logins.answer.set()
        assert await verifying is None


async def test_what_other_nodes_say_is_done_and_not_said_again() -> None:
    async with Village() as village:
        tokens, ada = village.identity.tokens, await village.registered("ada")
        caller = await tokens.verify(ada["access_token"])
        assert caller is not None
        said: list[object] = []
        engine = village.house.engine
        engine._nodes.tell = lambda *news: said.extend(news)  # type: ignore[method-assign]
        engine._heard_revoked(caller.user.id, [caller.grant], None)
        assert tokens.known(ada["access_token"]) is None
        assert said == []
        engine.revoke(caller.user.id)
        assert len(said) == 1


async def test_what_a_session_came_with_is_looked_up() -> None:
    """After news may have been lost: accounts by their login, or by being there at all; guests and bots otherwise."""
    async with Village() as village:
        standing, ada = village.identity.standing, await village.registered("ada")
        caller = await village.identity.tokens.verify(ada["access_token"])
        assert caller is not None
        user = caller.user.id
        assert await standing.holds(user, caller.grant)
        assert await standing.holds(user, "")
        assert await standing.holds("u-a-guest", "")
        assert not await standing.holds(user, "l-nobodys")
        await village.identity.logins.end(user, [caller.grant])
        assert not await standing.holds(user, caller.grant)
        await village.identity.accounts.disable(await village.identity.accounts.find(user))
        assert not await standing.holds(user, "")
