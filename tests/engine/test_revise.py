"""Revise: edit, recall, react, pin - by whom, and until when."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from tests.support.house import House, turns

DAY = 86_400


async def people(house):
    alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
    group = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
    return alice, bob, carol, group


async def test_an_edit_is_an_entry_of_its_own_that_everybody_hears():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="tee")
        edited = await bob.ask("edit", conversation=group, seq=2, text="tea")
        assert edited == {"seq": 3}
        event = await alice.event("edit")
        assert (event["seq"], event["ref"], event["body"]["text"]) == (3, 2, "tea")
        assert bob.events("edit") == []


async def test_only_the_author_edits_and_only_for_a_day():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="a")
        assert await alice.refused("edit", conversation=group, seq=2, text="b") == "forbidden"
        clock.advance(DAY)
        await bob.ask("edit", conversation=group, seq=2, text="b")
        clock.advance(0.001)
        assert await bob.refused("edit", conversation=group, seq=2, text="c") == "forbidden"


async def test_the_author_recalls_for_two_minutes_and_owner_and_admins_any_time():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice, bob, carol, group = await people(house)
        for n in range(3):
            await bob.ask("send", to=group, text=str(n))
        assert await carol.refused("recall", conversation=group, seq=2) == "forbidden"
        clock.advance(120)
        assert (await bob.ask("recall", conversation=group, seq=2))["seq"] == 5
        clock.advance(0.001)
        assert await bob.refused("recall", conversation=group, seq=3) == "forbidden"
        clock.advance(10 * DAY)
        await alice.ask("recall", conversation=group, seq=3)
        await alice.ask("role", conversation=group, user="@carol", role="admin")
        await carol.ask("recall", conversation=group, seq=4)
        assert [event["ref"] for event in bob.events("recall")] == [3, 4]


async def test_in_a_direct_conversation_each_recalls_their_own():
    async with House() as house:
        alice, bob, _carol, _group = await people(house)
        direct = (await alice.ask("send", to="@bob", text="a"))["conversation"]
        assert await bob.refused("recall", conversation=direct, seq=1) == "forbidden"
        await alice.ask("recall", conversation=direct, seq=1)


async def test_what_is_recalled_cannot_be_changed_any_more():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="a")
        await bob.ask("recall", conversation=group, seq=2)
        for op, fields in (
            ("edit", {"text": "b"}),
            ("recall", {}),
            ("react", {"emoji": "x"}),
        ):
            assert await bob.refused(op, conversation=group, seq=2, **fields) == "not_found"
        assert await alice.refused("pin", conversation=group, seq=2) == "not_found"


async def test_only_messages_are_revised_and_only_those_that_are_there():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        assert await alice.refused("edit", conversation=group, seq=1, text="x") == "bad_request"
        assert await bob.refused("react", conversation=group, seq=99, emoji="x") == "not_found"
        assert await bob.refused("react", conversation=group, seq=0, emoji="x") == "not_found"
        assert await bob.refused("edit", conversation=group, seq=2**53, text="x") == "bad_request"


async def test_an_edit_is_checked_like_a_message():
    async with House() as house:
        _alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="a")
        assert await bob.refused("edit", conversation=group, seq=2) == "bad_request"
        assert await bob.refused("edit", conversation=group, seq=2, text=" ") == "bad_request"
        assert await bob.refused("edit", conversation=group, seq=2, text="x" * 16385) == "too_large"


async def test_who_is_muted_or_out_edits_nothing():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        for person in (bob, carol):
            await person.ask("send", to=group, text="a")
        await alice.ask("mute", conversation=group, user="@bob")
        await alice.ask("kick", conversation=group, user="@carol")
        assert await bob.refused("edit", conversation=group, seq=2, text="b") == "muted"
        for op, fields in (("edit", {"text": "b"}), ("recall", {}), ("react", {"emoji": "x"})):
            assert await carol.refused(op, conversation=group, seq=3, **fields) == "forbidden"


async def test_reacting_twice_changes_nothing():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="a")
        first = await alice.ask("react", conversation=group, seq=2, emoji="👍")
        assert first["seq"] == 3
        await alice.ask("react", conversation=group, seq=2, emoji="👍")
        await alice.ask("react", conversation=group, seq=2, emoji="👎", on=False)
        await turns()
        assert [event["emoji"] for event in bob.events("reaction")] == ["👍"]
        await alice.ask("react", conversation=group, seq=2, emoji="👍", on=False)
        event = await bob.event("reaction", on=False)
        assert (event["ref"], event["sender"]["nick"]) == (2, "alice")


@pytest.mark.parametrize("emoji", ["", "x" * 33])
async def test_an_emoji_is_short_and_not_nothing(emoji):
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="a")
        assert await alice.refused("react", conversation="lobby", seq=1, emoji=emoji) == "bad_request"


async def test_owner_and_admins_pin_and_in_a_direct_conversation_both():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await bob.ask("send", to=group, text="a")
        assert await bob.refused("pin", conversation=group, seq=2) == "forbidden"
        assert (await alice.ask("pin", conversation=group, seq=2))["seq"] == 3
        assert (await bob.event("pin"))["ref"] == 2
        direct = (await alice.ask("send", to="@bob", text="a"))["conversation"]
        await bob.ask("pin", conversation=direct, seq=1)
        assert (await alice.event("pin"))["conversation"] == direct
