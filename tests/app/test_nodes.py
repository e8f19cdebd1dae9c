"""Two nodes with accounts on one store: what one of them ends holds no more on the other."""

from collections.abc import AsyncIterator

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.limits import MemoryLimits
from tests.support.house import Person, Town, limitless, turns
from tests.support.people import PASSWORD, Village, cheap


@pytest.fixture
async def villages() -> AsyncIterator[tuple[Village, Village]]:
    async with Village() as one, Village(beside=one) as two:
        yield one, two


async def by_password(village: Village, user: str) -> Person:
    person = village.house.stranger()
    person.me = (await person.ask("hello", user=user, password=PASSWORD))["user"]
    return person


async def test_logging_out_everywhere_is_everywhere(villages: tuple[Village, Village]) -> None:
    one, two = villages
    here = await one.registered("alice")
    there = await two.logged_in("alice")
    live, other = await two.live(there["access_token"]), await by_password(two, "alice")
    assert (await two.get("/users/me", there["access_token"])).status_code == 200
    assert (await one.post("/auth/logout-all", here["access_token"])).status_code == 204
    await turns()
    assert live.link.bye is not None
    assert other.link.bye is not None
    assert (await two.get("/users/me", there["access_token"])).status_code == 401


async def test_one_login_is_ended_and_no_other(villages: tuple[Village, Village]) -> None:
    one, two = villages
    await one.registered("alice")
    there, more = await two.logged_in("alice"), await two.logged_in("alice")
    live, kept = await two.live(there["access_token"]), await two.live(more["access_token"])
    logins = [login.id for login in await one.identity.logins.of(live.me["id"])]
    grant = live.link.session.grant
    assert grant in logins
    await one.identity.logins.end(live.me["id"], [grant])
    await turns()
    assert live.link.bye is not None
    assert kept.link.bye is None
    assert (await two.get("/users/me", there["access_token"])).status_code == 401
    assert (await two.get("/users/me", more["access_token"])).status_code == 200


async def test_who_was_logged_out_unheard_is_sent_away_when_it_is_known(
    villages: tuple[Village, Village],
) -> None:
    one, two = villages
    here = await one.registered("alice")
    there = await two.logged_in("alice")
    live = await two.live(there["access_token"])
    one.hub.cut("b")
    await one.post("/auth/logout-all", here["access_token"])
    await turns()
    assert live.link.bye is None
    two.house.engine._verbs.repair._forget()  # two seconds later
    assert (await two.get("/users/me", there["access_token"])).status_code == 401
    one.hub.mend("b")
    await two.house.engine._verbs.repair.all()
    assert live.link.bye is not None


async def test_another_nick_is_known_everywhere(villages: tuple[Village, Village]) -> None:
    one, two = villages
    here = await one.registered("alice")
    there = await two.logged_in("alice")
    alice, bob = await two.live(there["access_token"]), await two.house.guest("bob")
    async with one.client(here["access_token"]) as client:
        assert (await client.patch("/users/me", json={"nick": "alicia"})).status_code == 200
    await turns()
    await alice.ask("send", to="lobby", text="hi")
    assert (await bob.event("message"))["sender"]["nick"] == "alicia"


async def test_wrong_passwords_are_counted_over_both() -> None:
    options = cheap(failures_burst=2, failures_per_min=1)
    async with Village(options) as one, Village(options, beside=one) as two:
        await one.registered("alice")
        for village, code in ((one, 401), (two, 401), (one, 429), (two, 429)):
            body = {"user": "alice", "password": "not this one"}
            assert (await village.post("/auth/login", **body)).status_code == code
        one.clock.advance(61)
        await two.logged_in("alice")  # and costs nothing, for it is right
        await one.logged_in("alice")


async def test_guests_and_reports_are_counted_over_both() -> None:
    limits = MemoryLimits(ManualClock())
    town = Town(options=limitless(guests_burst=2, guests_per_min=1, reports_per_h=1), limits=limits)
    async with town:
        one, two = town.houses
        alice, bob = one.stranger(peer="192.0.2.1"), two.stranger(peer="192.0.2.1")
        await alice.hello("alice")
        await bob.hello("bob")
        for house in (one, two):
            assert await house.stranger(peer="192.0.2.1").refused("hello", nick="carol") == "rate_limited"
        carol = await one.stranger(peer="192.0.2.2").hello("carol")
        again = await two.back(carol, device="desk")
        for n in range(20):
            await (carol if n % 2 else again).ask("report", user="@bob", reason="spam")
        assert await carol.refused("report", user="@bob", reason="spam") == "rate_limited"
        assert await again.refused("report", user="@bob", reason="spam") == "rate_limited"
