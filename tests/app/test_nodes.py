"""Two nodes with accounts on one store: what one of them ends holds no more on the other."""

from collections.abc import AsyncIterator

import pytest

from tests.support.house import Person, turns
from tests.support.people import PASSWORD, Village


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
