"""Receipts: watermarks that only rise, and who is told of them."""

from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock


async def pair(house):
    alice, bob = await house.guest("alice"), await house.guest("bob")
    direct = (await alice.ask("send", to="@bob", text="1"))["conversation"]
    for n in range(2, 6):
        await alice.ask("send", to=direct, text=str(n))
    return alice, bob, direct


def told(person):
    return [(line.get("delivered"), line.get("read")) for line in person.events("receipt")]


async def test_the_sender_learns_what_was_delivered_and_read():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        assert await bob.ask("delivered", conversation=direct, seq=5) == {}
        receipt = await alice.event("receipt")
        assert receipt == {"ev": "receipt", "conversation": direct, "user": bob.me["id"], "delivered": 5}
        answer = await bob.ask("read", conversation=direct, seq=4)
        assert answer == {"seq": 4, "unread": 1, "mentions": 0}
        await house.clock.sleep(1.1)
        assert told(alice) == [(5, None), (5, 4)]
        assert told(bob) == []


async def test_a_mark_only_goes_forward_and_a_step_back_is_told_to_nobody():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        await bob.ask("read", conversation=direct, seq=4)
        await house.clock.sleep(2)
        assert await bob.ask("read", conversation=direct, seq=2) == {"seq": 4, "unread": 1, "mentions": 0}
        await bob.ask("delivered", conversation=direct, seq=3)
        await house.clock.sleep(2)
        assert told(alice) == [(4, 4)]


async def test_nobody_has_read_what_is_not_written():
    async with House() as house:
        alice, bob, direct = await pair(house)
        assert (await bob.ask("read", conversation=direct, seq=10**9))["seq"] == 5
        assert (await alice.event("receipt"))["read"] == 5
        await alice.ask("send", to=direct, text="6")
        assert (await bob.ask("read", conversation=direct, seq=5))["unread"] == 1


async def test_one_receipt_a_second_and_then_the_newest():
    async with House(clock=StageClock()) as house:
        alice, bob, direct = await pair(house)
        for seq in range(1, 6):
            await bob.ask("read", conversation=direct, seq=seq)
        await turns()
        assert told(alice) == [(1, 1)]
        await house.clock.sleep(1.1)
        assert told(alice) == [(1, 1), (5, 5)]
        await house.clock.sleep(5)
        assert told(alice) == [(1, 1), (5, 5)]


async def test_other_devices_of_the_reader_are_told_too():
    async with House() as house:
        _alice, bob, direct = await pair(house)
        desk = await house.back(bob, device="desk")
        await bob.ask("read", conversation=direct, seq=5)
        assert (await desk.event("receipt"))["read"] == 5
        assert (await desk.ask("sync"))["conversations"][1]["unread"] == 0


async def test_large_groups_and_the_lobby_are_not_told():
    async with House(options=limitless(receipts_limit=2)) as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        group = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        for to in ("lobby", group):
            await alice.ask("send", to=to, text="x")
            await bob.ask("read", conversation=to, seq=9)
            await bob.ask("delivered", conversation=to, seq=9)
        await carol.ask("ping")
        assert told(carol) == told(alice) == []


async def test_marks_of_many_conversations_in_one_command():
    async with House() as house:
        alice, bob, direct = await pair(house)
        await bob.ask("delivered", cursors={direct: 2, "lobby": 0})
        assert (await alice.event("receipt"))["delivered"] == 2
        assert await bob.refused("delivered") == "bad_request"
        assert await bob.refused("delivered", cursors={"c-none": 2}) == "not_found"
        assert await bob.refused("read", conversation="c-none", seq=2) == "not_found"


async def test_coming_back_with_cursors_confirms_what_the_device_has():
    async with House() as house:
        alice, bob, direct = await pair(house)
        await house.back(bob, cursors={direct: 3})
        assert (await alice.event("receipt"))["delivered"] == 3


async def test_marks_that_cannot_be_stored_are_told_to_nobody():
    async with House() as house:
        alice, bob, direct = await pair(house)
        house.store.failure = "read-only"
        assert await bob.refused("read", conversation=direct, seq=5) == "unavailable"
        await alice.ask("ping")
        assert told(alice) == []
        house.store.failure = None
        assert (await bob.ask("read", conversation=direct, seq=5))["unread"] == 0
