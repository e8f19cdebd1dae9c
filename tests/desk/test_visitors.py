"""Who visitors are, and what their tokens open."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.desk.visitors import SCOPES, Claim, Greeting, signature_of
from teahouse.engine.scopes import CONFINED
from teahouse.model.caller import Caller
from teahouse.model.commands import Conversations, History, Join, Original, Send, Sync
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.model.results import ConversationList, Synced
from tests.support.desk import Office
from tests.support.house import House


def claim(office: Office, external: str = "42", lasts_s: int = 60, secret: str = "") -> Claim:
    expires = office.clock.now() // 1000 + lasts_s
    return Claim(external, expires, signature_of(secret or office.team.secret, external, expires))


async def test_who_comes_back_is_the_same() -> None:
    office = await Office().open()
    visitors = office.desks[0].visitors
    first, token = await visitors.greet(office.team, Greeting(name="Li Wei"), "")
    again, _ = await visitors.greet(office.team, Greeting(token, contact="li@example.org"), "")
    assert (again.id, again.conversation, again.name) == (first.id, first.conversation, "Li Wei")
    assert again.contact == "li@example.org"
    assert first.nick.startswith("Li-Wei-")
    other, _ = await visitors.greet(office.other, Greeting(token), "")
    assert other.id != first.id  # a token of another team is nobody's


async def test_whom_the_host_site_vouches_for() -> None:
    office = await Office().open()
    visitors = office.desks[0].visitors
    one, _ = await visitors.greet(office.team, Greeting(claim=claim(office)), "")
    same, _ = await visitors.greet(office.team, Greeting(claim=claim(office, lasts_s=99)), "")
    other, _ = await visitors.greet(office.team, Greeting(claim=claim(office, "43")), "")
    assert one.id == same.id != other.id


async def test_of_two_devices_at_once_one_makes_the_visitor() -> None:
    office = await Office(desks=2).open()
    greeting = Greeting(claim=claim(office))
    found = await asyncio.gather(
        *(desk.visitors.greet(office.team, greeting, "") for desk in office.desks * 2)
    )
    assert len({(visitor.id, visitor.conversation) for visitor, _ in found}) == 1


@pytest.mark.parametrize("wrong", ["secret", "name", "past", "for ever"])
async def test_a_claim_that_does_not_hold_is_refused(wrong: str) -> None:
    office = await Office().open()
    claims = {
        "secret": claim(office, secret="ts_other"),
        "name": Claim("43", claim(office).expires, claim(office).signature),
        "past": claim(office, lasts_s=-1),
        "for ever": claim(office, lasts_s=10**7),
    }
    with pytest.raises(Problem) as refused:
        await office.desks[0].visitors.greet(office.team, Greeting(claim=claims[wrong]), "")
    assert refused.value.code is Code.UNAUTHENTICATED
    assert not office.store.visitors


async def test_what_a_token_is_made_of() -> None:
    office = await Office().open()
    desk = office.desks[0]
    visitor, token = await desk.visitors.greet(office.team, Greeting(), "")
    caller = await desk.visitors.tokens.verify(token)
    assert caller == Caller(User(visitor.id, visitor.nick), f"visitor:{visitor.id}:1", scopes=SCOPES)
    for wrong in (token[:-1], token + "0", token.replace(".1.", ".2."), "tv_", "tv_nobody.1.0", "tv_é"):
        assert await desk.visitors.tokens.verify(wrong) is None
    await desk.founding.turn(office.team.id)
    assert await desk.visitors.tokens.verify(token) is None
    turned = replace(visitor, turned=2, revision=visitor.revision + 1)
    assert office.store.visitors[visitor.id].revision + 1 == turned.revision


async def test_new_visitors_of_one_address_are_counted() -> None:
    office = await Office().open()
    with pytest.raises(Problem) as refused:
        for _ in range(11):
            await office.desks[0].visitors.greet(office.team, Greeting(), "203.0.113.7")
    assert refused.value.code is Code.RATE_LIMITED


async def test_a_visitor_is_confined_to_their_conversation() -> None:
    office = await Office().open()
    visitor = await office.visitor()
    caller = Caller(User(visitor.id, visitor.nick), scopes=SCOPES)
    call = office.house.engine.call
    await call(caller, Send(id=0, to=visitor.conversation, text="hi"))
    await call(caller, History(id=0, conversation=visitor.conversation))
    forward = [Original(visitor.conversation, 2)]
    for command in (
        Send(id=0, to="lobby", text="hi"),
        Send(id=0, to="@a0", text="hi"),
        Send(id=0, to="topic:a.b", text="hi"),
        Send(id=0, to=visitor.conversation, forward=forward),
        History(id=0, conversation="lobby"),
        Join(id=0, conversation="other"),
    ):
        with pytest.raises(Problem) as refused:
            await call(caller, command)
        assert refused.value.code is Code.FORBIDDEN, command
    listed = await call(caller, Conversations(id=0))
    assert isinstance(listed, ConversationList)
    assert [row.conversation for row in listed.conversations] == [visitor.conversation]
    synced = await call(caller, Sync(id=0, cursors={"lobby": 0, visitor.conversation: 0}))
    assert isinstance(synced, Synced)
    assert [row.conversation for row in synced.conversations] == [visitor.conversation]
    assert '"bot":true' not in office.store.entries[visitor.conversation][-1].content.decode()


class OneToken:
    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def known(self, token: str) -> Caller | None:
        return None

    async def verify(self, token: str) -> Caller | None:
        return self._caller


async def test_a_visitor_hears_nothing_of_the_lobby() -> None:
    tokens = OneToken(Caller(User("v-1", "visitor"), scopes=SCOPES))
    assert CONFINED in SCOPES
    async with House(tokens=tokens) as house:
        alice = await house.guest("alice")
        visitor = house.stranger()
        await visitor.ask("hello", token="tv_any")
        await alice.ask("send", to="lobby", text="among us")
        await visitor.ask("ping")
        assert visitor.events("message") == visitor.events("presence") == []
        assert alice.events("presence") == []
        assert await visitor.refused("online") == "forbidden"
