"""Preferences: how one keeps a conversation in one's own list."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from tests.support.house import House


async def row_of(person, conversation):
    rows = (await person.ask("conversations"))["conversations"]
    return next(row for row in rows if row["conversation"] == conversation)


@pytest.mark.parametrize(("op", "flag"), [("pin", "pinned"), ("archive", "archived"), ("mute", "muted")])
async def test_a_preference_is_set_and_taken_back_for_all_own_devices_and_nobody_else(op, flag):
    async with House() as house:
        alice, bob = await house.guest("alice", device="a"), await house.guest("bob")
        desk = await house.back(alice, device="b")
        entries = len(house.store.entries["lobby"])
        assert await alice.ask(op, conversation="lobby") == {}
        assert (await row_of(desk, "lobby"))[flag] is True
        assert (await row_of(bob, "lobby"))[flag] is False
        await alice.ask(op, conversation="lobby", on=False)
        assert (await row_of(desk, "lobby"))[flag] is False
        assert len(house.store.entries["lobby"]) == entries


async def test_a_mute_with_a_time_ends():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("mute", conversation="lobby", until=clock.now() + 3_600_000)
        assert (await row_of(alice, "lobby"))["muted"] is True
        clock.advance(3600)
        assert (await row_of(alice, "lobby"))["muted"] is False


async def test_muted_conversations_still_count_and_do_not_keep_one_from_writing():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("mute", conversation="lobby")
        await bob.ask("send", to="lobby", text="@alice!")
        row = await row_of(alice, "lobby")
        assert (row["unread"], row["mentions"], row["muted"]) == (1, 1, True)
        await alice.ask("send", to="lobby", text="yes?")


async def test_only_members_have_preferences():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group"))["conversation"]
        for op in ("pin", "archive", "mute"):
            assert await bob.refused(op, conversation=group) == "not_found"
