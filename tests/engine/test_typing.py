"""Typing: once in three seconds, over after six."""

from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock


async def pair(house):
    alice, bob = await house.guest("alice"), await house.guest("bob")
    direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
    return alice, bob, direct


def seen(person):
    return [line["on"] for line in person.events("typing")]


async def test_typing_is_shown_to_the_others_once_in_three_seconds_and_ends_by_itself():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        alice.say("typing", id="t", conversation=direct)
        event = await bob.event("typing")
        assert event == {"ev": "typing", "conversation": direct, "user": alice.me["id"], "on": True}
        await house.clock.sleep(2.5)
        alice.say("typing", conversation=direct)
        await house.clock.sleep(0.6)
        assert seen(bob) == [True]
        alice.say("typing", conversation=direct)
        await turns()
        assert seen(bob) == [True, True]
        await house.clock.sleep(5.9)
        assert seen(bob) == [True, True]
        await house.clock.sleep(0.2)
        assert seen(bob) == [True, True, False]
        assert seen(alice) == []
        assert not any(line.get("re") == "t" for line in alice.link.lines)


async def test_who_stops_is_shown_to_have_stopped():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        alice.say("typing", conversation=direct)
        alice.say("typing", conversation=direct, on=False)
        await turns()
        assert seen(bob) == [True, False]
        await house.clock.sleep(10)
        assert seen(bob) == [True, False]
        alice.say("typing", conversation=direct, on=False)
        await turns()
        assert seen(bob) == [True, False]


async def test_on_and_off_and_on_is_no_way_around_the_three_seconds():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        for _ in range(50):
            alice.say("typing", conversation=direct)
            alice.say("typing", conversation=direct, on=False)
        await turns(300)
        assert seen(bob) == [True, False]
        await house.clock.sleep(3)
        alice.say("typing", conversation=direct)
        await turns()
        assert seen(bob) == [True, False, True]


async def test_the_message_itself_ends_the_typing():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        alice.say("typing", conversation=direct)
        await turns()
        await alice.ask("send", to=direct, text="done")
        await house.clock.sleep(10)
        assert seen(bob) == [True]


async def test_in_large_groups_typing_is_not_shown():
    async with House(clock=StageClock(), options=limitless(large_group=3)) as house:
        alice, bob, _carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        group = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        for conversation in ("lobby", group):
            alice.say("typing", conversation=conversation)
        await turns()
        assert seen(bob) == []


async def test_typing_where_one_is_not_is_refused_and_told_to_nobody():
    async with House() as house:
        alice, bob, _direct = await pair(house)
        room = (await alice.ask("create", kind="room"))["conversation"]
        bob.say("typing", conversation=room)
        await turns()
        assert seen(alice) == []
        assert bob.link.lines[-1]["error"]["code"] == "forbidden"
