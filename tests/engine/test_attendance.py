"""Attendance: who is here, who is told of it, and how often."""

import pytest

from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock


def seen(person, of):
    """What a person was told of another's presence."""
    return [line["status"] for line in person.events("presence") if line["user"] == of.me["id"]]


def staged(**options):
    return House(clock=StageClock(), options=limitless(**options))


async def test_coming_is_told_to_those_who_are_here():
    async with staged() as house:
        alice = await house.guest("alice")
        bob = await house.guest("bob")
        event = await alice.event("presence")
        assert (event["user"], event["nick"], event["status"]) == (bob.me["id"], "bob", "online")
        assert seen(bob, bob) == []


@pytest.mark.parametrize("way", ["lost", "ended", "silent"])
async def test_going_is_told_after_ten_seconds_however_one_goes(way):
    async with staged(heartbeat_s=30, silence_s=75) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await turns()
        if way == "lost":
            bob.link.drop()
        elif way == "ended":
            house.engine.ended(bob.link.session)
        else:
            for _ in range(80):
                alice.say("ping")
                await house.clock.sleep(1)
                house.engine._tick()
            assert bob.link.bye is not None
        await house.clock.sleep(4)
        assert seen(alice, bob) == ["online"]
        assert (await alice.ask("online"))["count"] == 1
        await house.clock.sleep(7)
        assert seen(alice, bob) == ["online", "offline"]


async def test_who_is_back_in_time_was_never_gone():
    async with staged() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await house.clock.sleep(5)
        bob.link.drop()
        await house.clock.sleep(9)
        bob = await house.back(bob)
        await house.clock.sleep(60)
        assert seen(alice, bob) == ["online"]


async def test_one_of_two_devices_going_is_not_going():
    async with staged() as house:
        alice, phone = await house.guest("alice"), await house.guest("bob", device="phone")
        desk = await house.back(phone, device="desk")
        phone.link.drop()
        await house.clock.sleep(60)
        assert seen(alice, phone) == ["online"]
        desk.link.drop()
        await house.clock.sleep(11)
        assert seen(alice, phone) == ["online", "offline"]


async def test_changes_are_told_once_a_second_the_last_one_wins():
    async with staged() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await house.clock.sleep(2)
        for status in ("away", "dnd", "online", "away"):
            await bob.ask("presence", status=status, text="tea")
        assert seen(alice, bob) == ["online", "away"]
        await bob.ask("presence", status="dnd", text="meeting")
        await house.clock.sleep(1.1)
        assert seen(alice, bob) == ["online", "away", "dnd"]
        assert alice.events("presence")[-1]["text"] == "meeting"
        await house.clock.sleep(5)
        await bob.ask("presence", status="dnd", text="meeting")
        assert seen(alice, bob) == ["online", "away", "dnd"]


async def test_the_online_list_shows_states_and_not_the_invisible():
    async with staged() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "Bob", "carol")]
        await bob.ask("presence", status="away", text="lunch")
        await carol.ask("presence", status="invisible")
        listed = await alice.ask("online")
        assert listed["count"] == 2
        assert listed["users"] == [
            {"id": alice.me["id"], "nick": "alice", "status": "online"},
            {"id": bob.me["id"], "nick": "Bob", "status": "away", "text": "lunch"},
        ]


async def test_a_conversation_lists_its_own_members():
    async with staged() as house:
        alice, bob, _carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        group = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        bob.link.drop()
        await turns()
        listed = await alice.ask("online", conversation=group)
        assert [user["nick"] for user in listed["users"]] == ["alice", "carol"]
        page = await alice.ask("members", conversation=group)
        status = {member["nick"]: member["status"] for member in page["members"]}
        assert status == {"alice": "online", "bob": "offline", "carol": "online"}


async def test_who_becomes_invisible_looks_offline_and_says_nothing():
    async with staged() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        await house.clock.sleep(2)
        await bob.ask("presence", status="invisible", text="hiding from alice")
        await house.clock.sleep(2)
        told = alice.events("presence")
        assert {line["status"] for line in told[-2:]} == {"offline"}
        assert "text" not in told[-1]
        members = (await alice.ask("members", conversation=group))["members"]
        assert [member["status"] for member in members if member["nick"] == "bob"] == ["offline"]
        before = len(told)
        await bob.ask("presence", status="invisible", text="still hiding")
        await house.clock.sleep(2)
        bob.link.drop()
        await house.clock.sleep(20)
        assert len(alice.events("presence")) == before


async def test_an_invisible_person_stays_so_on_a_second_device_and_over_a_short_absence():
    async with staged() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob", device="phone")
        await bob.ask("presence", status="invisible")
        await house.clock.sleep(2)
        desk = await house.back(bob, device="desk")
        await house.clock.sleep(2)
        assert (await alice.ask("online"))["count"] == 1
        bob.link.drop()
        desk.link.drop()
        await house.clock.sleep(5)
        await house.back(bob)
        await house.clock.sleep(2)
        assert seen(alice, bob) == ["online", "offline"]
        assert (await alice.ask("online"))["count"] == 1


async def test_whoever_comes_again_after_that_is_online():
    async with staged() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await bob.ask("presence", status="dnd")
        await house.clock.sleep(2)
        bob.link.drop()
        await house.clock.sleep(11)
        bob = await house.back(bob)
        await turns()
        assert seen(alice, bob) == ["online", "dnd", "offline", "online"]


async def test_large_audiences_are_not_told():
    async with staged(presence_audience=2) as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        await turns()
        before = len(alice.events("presence"))
        await carol.ask("presence", status="away")
        await house.clock.sleep(2)
        assert len(alice.events("presence")) == before
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        assert direct
        await bob.ask("presence", status="away")
        await house.clock.sleep(2)
        assert seen(alice, bob)[-1] == "away"
        assert seen(carol, bob) == []


async def test_members_come_in_pages():
    async with staged() as house:
        alice = await house.guest("alice")
        crowd = [await house.guest(f"g{n}") for n in range(7)]
        everybody = sorted([alice.me["id"], *(person.me["id"] for person in crowd)])
        group = await alice.ask("create", kind="group", members=[person.me["id"] for person in crowd])
        for conversation in (group["conversation"], "lobby"):
            got, after, more = [], "", True
            while more:
                page = await alice.ask("members", conversation=conversation, after=after, limit=3)
                got += [member["id"] for member in page["members"]]
                after, more = got[-1], page["more"]
            assert got == everybody


async def test_an_unknown_status_is_refused():
    async with staged() as house:
        alice = await house.guest("alice")
        assert await alice.refused("presence", status="offline") == "bad_request"
        assert await alice.refused("presence", status="away", text="x" * 201) == "bad_request"
