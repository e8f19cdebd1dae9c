"""Membership: who comes in, who goes, who may do what."""

import asyncio

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.store import MemoryStore
from tests.support.house import House, limitless, seqs, turns
from tests.support.stage import StageLog


async def people(house, kind="group", **fields):
    alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
    made = await alice.ask("create", kind=kind, members=["@bob"], **fields)
    return alice, bob, carol, made["conversation"]


async def roles(person, conversation):
    members = (await person.ask("members", conversation=conversation))["members"]
    return {member["nick"]: member["role"] for member in members}


async def test_a_new_group_is_one_entry_that_all_its_members_hear():
    async with House() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        made = await alice.ask(
            "create", kind="group", title=" Tea ", members=["@bob", carol.me["id"], "@alice"]
        )
        assert (made["seq"], made["kind"], made["title"]) == (1, "group", "Tea")
        event = await bob.event("conversation")
        assert event["conversation"] == made["conversation"]
        assert [member["nick"] for member in event["members"]] == ["alice", "bob", "carol"]
        assert await roles(carol, made["conversation"]) == {
            "alice": "owner",
            "bob": "member",
            "carol": "member",
        }
        assert alice.events("conversation") == []


async def test_a_group_with_somebody_unknown_is_not_made():
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("create", kind="group", members=["@nobody"]) == "not_found"
        assert await alice.refused("create", kind="direct") == "bad_request"
        assert house.store.conversations == {}


async def test_anybody_joins_a_room_and_nobody_a_group():
    async with House() as house:
        alice, _bob, carol, group = await people(house)
        room = (await alice.ask("create", kind="room", title="r"))["conversation"]
        assert (await carol.ask("join", conversation=room))["seq"] == 2
        assert (await carol.ask("join", conversation=room))["seq"] == 2
        event = await alice.event("member")
        assert (event["change"], event["user"]["nick"]) == ("joined", "carol")
        assert await carol.refused("join", conversation=group) == "not_found"
        assert (await carol.ask("join", conversation="lobby"))["seq"] == 0
        assert await carol.refused("join", conversation="c-nowhere") == "not_found"


async def test_who_joins_hears_from_their_own_entry_on():
    async with House() as house:
        alice, _bob, carol, room = await people(house, kind="room")
        await alice.ask("send", to=room, text="before")
        await carol.ask("join", conversation=room)
        await alice.ask("send", to=room, text="after")
        assert seqs(carol, room) == [3, 4]  # 3 is the answer to the join
        assert carol.texts(room) == ["after"]


async def test_all_devices_of_who_joins_hear():
    async with House() as house:
        alice, _bob, carol, room = await people(house, kind="room")
        desk = await house.back(carol, device="desk")
        await carol.ask("join", conversation=room)
        await alice.ask("send", to=room, text="welcome")
        assert seqs(desk, room) == [2, 3]


async def test_members_of_a_group_invite_and_in_a_room_only_those_who_run_it():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        dave = await house.guest("dave")
        answer = await bob.ask("invite", conversation=group, users=["@carol", "@dave", "@alice"])
        assert answer["seq"] == 3
        assert [event["user"]["nick"] for event in alice.events("member")] == ["carol", "dave"]
        assert seqs(carol, group) == [2, 3]
        assert seqs(dave, group) == [3]
        assert (await bob.ask("invite", conversation=group, user="@carol"))["seq"] == 1
        assert await bob.refused("invite", conversation=group) == "bad_request"
        room = (await alice.ask("create", kind="room", members=["@bob"]))["conversation"]
        assert await bob.refused("invite", conversation=room, user="@carol") == "forbidden"


async def test_a_full_group_takes_nobody_also_when_all_come_at_once():
    async with House(options=limitless(group_limit=3)) as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        group = (await alice.ask("create", kind="group", join="open"))["conversation"]
        others = [bob, carol, await house.guest("dave"), await house.guest("erin")]
        for person in others:
            person.say("join", id="join", conversation=group)
        await turns()
        answers = [next(line for line in person.link.lines if line.get("re") == "join") for person in others]
        assert ["error" in answer for answer in answers] == [False, False, True, True]
        assert answers[2]["error"]["code"] == "conflict"
        assert await alice.refused("invite", conversation=group, user="@dave") == "conflict"
        await bob.ask("leave", conversation=group)
        await alice.ask("invite", conversation=group, user="@dave")


async def test_too_many_first_members_are_refused_in_a_group_and_not_in_a_room():
    async with House(options=limitless(group_limit=2)) as house:
        alice, _bob, _carol, _group = await people(house)
        members = ["@bob", "@carol"]
        assert await alice.refused("create", kind="group", members=members) == "bad_request"
        await alice.ask("create", kind="room", members=members)


async def test_leaving_is_the_last_thing_one_hears():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        assert (await bob.ask("leave", conversation=group))["seq"] == 2
        assert (await alice.event("member"))["change"] == "left"
        await alice.ask("send", to=group, text="gone?")
        await bob.ask("ping")
        assert bob.texts(group) == []
        assert await bob.refused("send", to=group, text="x") == "forbidden"
        assert await bob.refused("leave", conversation=group) == "forbidden"
        assert [row["conversation"] for row in (await bob.ask("conversations"))["conversations"]] == ["lobby"]


async def test_nobody_leaves_the_lobby_or_a_direct_conversation():
    async with House() as house:
        alice, _bob, _carol, _group = await people(house)
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        for conversation in ("lobby", direct):
            assert await alice.refused("leave", conversation=conversation) == "forbidden"
            assert await alice.refused("invite", conversation=conversation, user="@carol") == "forbidden"
            assert await alice.refused("kick", conversation=conversation, user="@bob") == "forbidden"
            assert await alice.refused("mute", conversation=conversation, user="@bob") == "forbidden"
            assert (
                await alice.refused("role", conversation=conversation, user="@bob", role="admin")
                == "forbidden"
            )


async def test_the_owner_hands_over_before_leaving():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        assert await alice.refused("leave", conversation=group) == "forbidden"
        await alice.ask("role", conversation=group, user="@bob", role="owner")
        event = await bob.event("member", change="role")
        assert (event["user"]["nick"], event["role"]) == ("bob", "owner")
        assert await roles(alice, group) == {"alice": "admin", "bob": "owner"}
        await alice.ask("leave", conversation=group)
        await bob.ask("leave", conversation=group)
        assert await bob.refused("members", conversation=group) == "forbidden"


async def test_only_the_owner_gives_roles_and_not_to_strangers_nor_themselves():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        assert await bob.refused("role", conversation=group, user="@bob", role="owner") == "forbidden"
        await alice.ask("role", conversation=group, user="@bob", role="admin")
        assert await bob.refused("role", conversation=group, user="@alice", role="member") == "forbidden"
        assert await alice.refused("role", conversation=group, user="@carol", role="admin") == "not_found"
        assert await alice.refused("role", conversation=group, user="@alice", role="member") == "forbidden"
        assert await alice.refused("role", conversation=group, user="@bob", role="king") == "bad_request"


async def test_the_kicked_hear_that_and_nothing_more():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        assert await bob.refused("kick", conversation=group, user="@alice") == "forbidden"
        alice.say("kick", conversation=group, user="@bob")
        alice.say("send", id="s", to=group, text="finally")
        await turns(30)
        event = await bob.event("member")
        assert (event["change"], event["user"]["nick"], event["sender"]["nick"]) == ("kicked", "bob", "alice")
        assert bob.texts(group) == []
        assert await bob.refused("send", to=group, text="hey") == "forbidden"
        assert await alice.refused("kick", conversation=group, user="@bob") == "not_found"
        assert await alice.refused("kick", conversation=group, user="@alice") == "bad_request"
        assert await carol.refused("kick", conversation=group, user="@bob") == "not_found"


async def test_what_the_kicked_say_in_that_very_moment_comes_before_or_is_refused():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob, _carol, group = await people(house)
        gate = asyncio.Event()
        log.storing = gate.wait
        bob.say("send", id="before", to=group, text="1")
        alice.say("kick", id="kick", conversation=group, user="@bob")
        await turns()
        bob.say("send", id="after", to=group, text="2")
        gate.set()
        await turns(30)
        answers = {line["re"]: line for line in bob.link.lines if "re" in line}
        assert [entry.kind for entry in store.entries[group]] == ["conversation", "message", "member"]
        assert answers["before"]["ok"]["seq"] == 2
        assert answers["after"]["error"]["code"] == "forbidden"


async def test_admins_have_power_over_members_and_the_owner_over_all():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await alice.ask("invite", conversation=group, user="@carol")
        dave = await house.guest("dave")
        await alice.ask("invite", conversation=group, user="@dave")
        for admin in ("@bob", "@carol"):
            await alice.ask("role", conversation=group, user=admin, role="admin")
        assert await bob.refused("kick", conversation=group, user="@carol") == "forbidden"
        assert await bob.refused("mute", conversation=group, user="@alice") == "forbidden"
        await bob.ask("kick", conversation=group, user="@dave")
        assert dave.link.session.feeds[0].id == "lobby" and len(dave.link.session.feeds) == 1
        await alice.ask("kick", conversation=group, user="@carol")
        assert await roles(bob, group) == {"alice": "owner", "bob": "admin"}


async def test_the_muted_read_and_do_not_write_until_the_time_is_over():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice, bob, _carol, group = await people(house)
        await alice.ask("mute", conversation=group, user="@bob", until=clock.now() + 60_000)
        event = await bob.event("member", change="muted")
        assert event["until"] == clock.now() + 60_000
        assert await bob.refused("send", to=group, text="x") == "muted"
        assert await bob.refused("send", to=group, text="x", ephemeral=True) == "muted"
        await alice.ask("send", to=group, text="quiet")
        assert bob.texts(group) == ["quiet"]
        clock.advance(60)
        await bob.ask("send", to=group, text="back")


async def test_a_mute_for_good_ends_when_it_is_lifted_and_not_by_leaving():
    async with House() as house:
        alice, bob, _carol, room = await people(house, kind="room")
        await alice.ask("mute", conversation=room, user="@bob")
        await bob.ask("leave", conversation=room)
        await bob.ask("join", conversation=room)
        assert await bob.refused("send", to=room, text="x") == "muted"
        await alice.ask("mute", conversation=room, user="@bob", on=False)
        assert (await bob.event("member", change="unmuted"))["user"]["nick"] == "bob"
        await bob.ask("send", to=room, text="x")


async def test_who_comes_back_is_a_plain_member_again():
    async with House() as house:
        alice, bob, _carol, room = await people(house, kind="room")
        await alice.ask("role", conversation=room, user="@bob", role="admin")
        await bob.ask("leave", conversation=room)
        await bob.ask("join", conversation=room)
        assert await roles(alice, room) == {"alice": "owner", "bob": "member"}


async def test_membership_is_what_it_was_after_a_restart():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await alice.ask("mute", conversation=group, user="@bob")
    async with House(house.store) as again:
        bob = await again.back(bob)
        assert await bob.refused("send", to=group, text="x") == "muted"
        alice = await again.back(alice)
        await alice.ask("kick", conversation=group, user=bob.me["id"])
        assert await bob.refused("send", to=group, text="x") == "forbidden"


async def test_changes_that_cannot_be_stored_did_not_happen():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        house.store.failure = "disk full"
        assert await alice.refused("create", kind="room") == "unavailable"
        assert await alice.refused("kick", conversation=group, user="@bob") == "unavailable"
        assert await alice.refused("invite", conversation=group, user="@carol") == "unavailable"
        house.store.failure = None
        await bob.ask("send", to=group, text="still here")
        assert await roles(alice, group) == {"alice": "owner", "bob": "member"}
        await alice.ask("invite", conversation=group, user="@carol")


@pytest.mark.parametrize("op", ["kick", "mute", "role"])
async def test_nobody_can_be_found_who_is_not_there(op):
    async with House() as house:
        alice, _bob, _carol, group = await people(house)
        fields = {"role": "admin"} if op == "role" else {}
        assert await alice.refused(op, conversation=group, user="@nobody", **fields) == "not_found"
        assert await alice.refused(op, conversation="c-none", user="@bob", **fields) == "not_found"
