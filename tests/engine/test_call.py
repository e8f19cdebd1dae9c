"""A command without a connection: the same road, and the user's own devices hear of it."""

import pytest

from teahouse.model import commands, results
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from tests.support.house import House, Person, limitless, turns


def caller(person: Person) -> Caller:
    return Caller(User(person.me["id"], person.me["nick"]))


async def test_a_call_is_answered_and_heard_by_everybody_else() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        sent = await house.engine.call(caller(alice), commands.Send(id=0, to="lobby", text="hi", cid="1"))
        assert isinstance(sent, results.Sent)
        assert (sent.conversation, sent.seq, sent.duplicate) == ("lobby", 1, False)
        for person in (alice, bob):  # it is another device of alice's that called
            event = await person.event("message")
            assert event["body"]["text"] == "hi"
            assert ("cid" in event) == (person is alice)


async def test_a_repeated_call_is_stored_once() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        send = commands.Send(id=0, to="lobby", text="hi", cid="1")
        first = await house.engine.call(caller(alice), send)
        again = await house.engine.call(caller(alice), send)
        assert isinstance(first, results.Sent)
        assert isinstance(again, results.Sent)
        assert (again.seq, again.duplicate) == (first.seq, True)


async def test_problems_are_raised() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        for command in (
            commands.Send(id=0, to="nowhere", text="hi"),
            commands.History(id=0, conversation="nowhere"),
        ):
            with pytest.raises(Problem) as refused:
                await house.engine.call(caller(alice), command)
            assert refused.value.code is Code.NOT_FOUND


async def test_a_command_that_is_never_answered_is_done_at_once() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        typing = commands.Typing(id=0, conversation="lobby")
        assert await house.engine.call(caller(alice), typing) == results.Done()
        await turns()
        assert bob.events("typing")


async def test_calls_count_against_the_users_rate() -> None:
    options = limitless()
    options = type(options)(commands_per_s=1, commands_burst=3, sends_per_s=0)
    async with House(options=options) as house:
        alice = await house.guest("alice")
        for _ in range(3):
            await house.engine.call(caller(alice), commands.Ping(id=0))
        with pytest.raises(Problem) as refused:
            await house.engine.call(caller(alice), commands.Ping(id=0))
        assert refused.value.code is Code.RATE_LIMITED
