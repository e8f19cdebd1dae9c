"""Upkeep: settings, what joiners may read, and the end of a conversation."""

import asyncio

import pytest

from teahouse.backends.memory.directory import MemoryDirectory
from teahouse.backends.memory.store import MemoryStore
from tests.support.house import House, Refused, limitless, seqs
from tests.support.stage import StageLog


async def people(house, kind="group", **fields):
    alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
    made = await alice.ask("create", kind=kind, members=["@bob"], **fields)
    return alice, bob, carol, made["conversation"]


async def readable(person, conversation):
    page = await person.ask("history", conversation=conversation, limit=200)
    return [entry["seq"] for entry in page["entries"]]


async def test_settings_are_seen_and_changed():
    async with House() as house:
        alice, bob, _carol, group = await people(house, title="Tea")
        before = await bob.ask("conversation", conversation=group)
        assert (before["title"], before["join"], before["reach"], before["limit"]) == (
            "Tea",
            "invite",
            "joined",
            500,
        )
        assert (before["invite"], before["post"], before["revision"]) == ("members", "members", 1)
        assert (before["members"], before["role"]) == (2, "member")
        changed = await alice.ask("update", conversation=group, title=" Green tea ", description="d", limit=3)
        event = await bob.event("conversation", seq=2)
        assert (event["title"], event["description"], event["limit"]) == ("Green tea", "d", 3)
        after = await bob.ask("conversation", conversation=group)
        assert after == {
            **before,
            "title": "Green tea",
            "description": "d",
            "limit": 3,
            "revision": changed["seq"],
        }
        assert await alice.ask("update", conversation=group, title="Green tea") == {"seq": 2}


async def test_who_may_change_settings():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        assert await bob.refused("update", conversation=group, title="x") == "forbidden"
        assert await carol.refused("update", conversation=group, title="x") == "not_found"
        assert await carol.refused("conversation", conversation=group) == "not_found"
        await alice.ask("role", conversation=group, user="@bob", role="admin")
        await bob.ask("update", conversation=group, title="x")
        assert await bob.refused("dissolve", conversation=group) == "forbidden"
        assert await carol.refused("dissolve", conversation=group) == "not_found"
        assert await alice.refused("update", conversation="lobby", title="x") == "forbidden"
        assert await alice.refused("dissolve", conversation="lobby") == "forbidden"
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        for op in ("update", "dissolve"):
            assert await alice.refused(op, conversation=direct) == "forbidden"


@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": "tea."},
        {"limit": 100_001},
        {"reach": "last", "last": 0},
        {"title": "x" * 201},
        {"join": "never"},
        {"title": None},
    ],
)
async def test_wrong_settings_are_refused(wrong):
    async with House() as house:
        alice, _bob, _carol, group = await people(house)
        assert await alice.refused("update", conversation=group, **wrong) == "bad_request"


async def test_what_does_not_fit_the_conversation_is_a_conflict():
    async with House() as house:
        alice, _bob, _carol, group = await people(house)
        await alice.ask("invite", conversation=group, user="@carol")
        for wrong in ({"limit": 2}, {"limit": 1}, {"limit": 0}, {"topic": "tea.#"}):
            assert await alice.refused("update", conversation=group, **wrong) == "conflict"


async def test_last_is_fifty_where_nobody_says_how_many():
    async with House() as house:
        alice, _bob, _carol, group = await people(house)
        await alice.ask("update", conversation=group, reach="last")
        assert (await alice.ask("conversation", conversation=group))["last"] == 50
        await alice.ask("update", conversation=group, reach="all")
        assert (await alice.ask("conversation", conversation=group))["last"] == 0


async def test_changes_do_not_overwrite_one_another():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await alice.ask("role", conversation=group, user="@bob", role="admin")
        alice.say("update", id="a", conversation=group, title="T")
        bob.say("update", id="b", conversation=group, description="D")
        await alice.event("conversation", description="D")
        view = await alice.ask("conversation", conversation=group)
        assert (view["title"], view["description"]) == ("T", "D")


async def test_with_a_revision_only_the_first_change_is_made():
    async with House() as house:
        alice, bob, _carol, group = await people(house)
        await alice.ask("role", conversation=group, user="@bob", role="admin")

        async def change(person, title):
            try:
                await person.ask("update", conversation=group, title=title, revision=1)
            except Refused as refused:
                return refused.code
            return "ok"

        assert sorted(await asyncio.gather(change(alice, "A"), change(bob, "B"))) == ["conflict", "ok"]


async def test_the_topic_of_a_room_follows():
    async with House() as house:
        alice, bob, _carol, room = await people(house, kind="room", topic="tea.*")
        await alice.ask("update", conversation=room, topic="coffee")
        assert await bob.refused("send", to="topic:tea.green", text="x") == "not_found"
        assert (await bob.ask("send", to="topic:coffee", text="x"))["conversation"] == room
        await alice.ask("update", conversation=room, topic="")
        assert await bob.refused("send", to="topic:coffee", text="x") == "not_found"


async def test_who_may_write_and_invite():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        await alice.ask("update", conversation=group, post="admins", invite="admins")
        assert await bob.refused("send", to=group, text="x") == "forbidden"
        assert await bob.refused("invite", conversation=group, user="@carol") == "forbidden"
        await alice.ask("send", to=group, text="x")
        await alice.ask("update", conversation=group, post="members", invite="members")
        await bob.ask("send", to=group, text="x")
        await bob.ask("invite", conversation=group, user="@carol")
        assert await carol.refused("update", conversation=group, post="admins") == "forbidden"


async def test_what_joiners_read_is_settled_when_they_join():
    """reach joined, then all, then last 2: each joiner keeps what they could read when they came."""
    async with House() as house:
        alice, bob, carol, room = await people(house, kind="room", reach="joined")
        dave, erin = await house.guest("dave"), await house.guest("erin")
        await alice.ask("send", to=room, text="one")  # 2
        await carol.ask("join", conversation=room)  # 3
        await alice.ask("update", conversation=room, reach="all")  # 4
        await dave.ask("join", conversation=room)  # 5
        await alice.ask("update", conversation=room, reach="last", last=2)  # 6
        await erin.ask("join", conversation=room)  # 7
        await alice.ask("send", to=room, text="two")  # 8
        assert await readable(bob, room) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert await readable(carol, room) == [3, 4, 5, 6, 7, 8]
        assert await readable(dave, room) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert await readable(erin, room) == [5, 6, 7, 8]
        assert await erin.refused("react", conversation=room, seq=2, emoji="x") == "not_found"
        assert await erin.refused("report", conversation=room, seq=2, reason="spam") == "not_found"
        assert await erin.refused("send", to=room, text="x", reply_to=2) == "bad_request"
        await dave.ask("send", to=room, text="x", reply_to=2)


async def test_last_reaches_to_the_beginning_at_most():
    async with House() as house:
        _alice, _bob, carol, room = await people(house, kind="room", reach="last", last=50)
        await carol.ask("join", conversation=room)
        assert await readable(carol, room) == [1, 2]


async def test_nobody_is_in_what_was_dissolved_and_all_may_still_read():
    async with House() as house:
        alice, bob, carol, room = await people(house, kind="room", topic="tea")
        desk = await house.back(bob, device="desk")
        await alice.ask("send", to=room, text="bye")
        assert (await alice.ask("dissolve", conversation=room))["seq"] == 3
        event = await bob.event("conversation", seq=3)
        assert event["dissolved"] is True
        assert seqs(desk, room) == [2, 3]
        assert await readable(bob, room) == [1, 2, 3]
        for person in (alice, bob):
            assert await person.refused("send", to=room, text="x") == "forbidden"
            assert await person.refused("dissolve", conversation=room) == "forbidden"
            listed = (await person.ask("conversations"))["conversations"]
            assert [row["conversation"] for row in listed] == ["lobby"]
        assert await carol.refused("join", conversation=room) == "not_found"
        assert await carol.refused("send", to="topic:tea", text="x") == "not_found"
        assert await carol.refused("history", conversation=room) == "not_found"
        again = await house.back(bob, cursors={room: 1})
        await again.ask("ping")
        assert seqs(again, room) == []


async def test_who_joins_while_it_is_dissolved_is_not_in():
    store_log = None

    async with House() as probe:
        store_log = StageLog(probe.store)
    async with House(store=probe.store, log=store_log) as house:
        alice, bob, carol, room = await people(house, kind="room")
        gate = asyncio.Event()
        store_log.storing = gate.wait
        alice.say("dissolve", id="end", conversation=room)
        await asyncio.sleep(0)
        carol.say("join", id="join", conversation=room)
        await asyncio.sleep(0.01)
        gate.set()
        await bob.event("conversation", dissolved=True)
        await carol.ask("ping")
        assert await carol.refused("send", to=room, text="x") in ("forbidden", "not_found")
        listed = (await carol.ask("conversations"))["conversations"]
        assert [row["conversation"] for row in listed] == ["lobby"]


async def test_two_owners_cannot_be_made_at_once():
    async with House() as house:
        alice, bob, carol, group = await people(house)
        await alice.ask("invite", conversation=group, user="@carol")
        desk = await house.back(alice, device="desk")
        alice.say("role", id="one", conversation=group, user="@bob", role="owner")
        desk.say("role", id="two", conversation=group, user="@carol", role="owner")
        await bob.event("member", change="role")
        await carol.ask("ping")
        members = (await carol.ask("members", conversation=group))["members"]
        assert sorted(member["role"] for member in members) == ["admin", "member", "owner"]


async def test_a_group_of_many_is_quiet_about_who_comes_and_goes():
    async with House(options=limitless(large_group=3)) as house:
        alice, bob, carol, room = await people(house, kind="room", reach="joined")
        dave, erin = await house.guest("dave"), await house.guest("erin")
        await carol.ask("join", conversation=room)  # entry 2: still small
        desk = await house.back(dave, device="desk")
        joined = await dave.ask("join", conversation=room)
        assert joined == {"conversation": room, "seq": 2}
        told = await desk.event("member", change="joined")
        assert told["conversation"] == room and "seq" not in told
        await alice.ask("invite", conversation=room, user="@erin")
        assert (await erin.event("member", change="invited"))["by"]["nick"] == "alice"
        await alice.ask("send", to=room, text="hi")  # 3
        assert seqs(bob, room) == [1, 2, 3]
        assert seqs(dave, room) == [2, 3]
        assert seqs(desk, room) == seqs(erin, room) == [3]
        assert await readable(dave, room) == [3]
        await dave.ask("leave", conversation=room)
        await alice.ask("send", to=room, text="ho")  # 4
        assert seqs(desk, room) == [3]
        assert await readable(dave, room) == [3]
        assert await dave.refused("send", to=room, text="x") == "forbidden"
        assert (await alice.ask("kick", conversation=room, user="@erin"))["seq"] == 5
        assert seqs(erin, room) == [3, 4, 5]
        unread = {
            row["conversation"]: row["unread"] for row in (await bob.ask("conversations"))["conversations"]
        }
        assert unread[room] == 2


async def test_a_quiet_join_that_the_store_was_slow_with_holds():
    """The store lets them in, but answers too late: who they are is read anew."""

    class Slow(MemoryDirectory):
        slow = False

        async def apply(self, changes):
            await super().apply(changes)
            if self.slow:
                await asyncio.sleep(1)

    store = MemoryStore()
    directory = Slow(store)
    options = limitless(large_group=2, store_timeout_s=0.05)
    async with House(store=store, directory=directory, options=options) as house:
        _alice, bob, carol, room = await people(house, kind="room")
        directory.slow = True
        assert await carol.refused("join", conversation=room) == "unavailable"
        directory.slow = False
        await carol.ask("send", to=room, text="in after all")
        directory.slow = True
        assert await bob.refused("leave", conversation=room) == "unavailable"
        assert await bob.refused("send", to=room, text="x") == "forbidden"


async def test_whoever_joins_a_large_room_reads_what_the_reach_says():
    async with House(options=limitless(large_group=2)) as house:
        alice, _bob, carol, room = await people(house, kind="room", reach="last", last=2)
        for text in ("a", "b", "c"):
            await alice.ask("send", to=room, text=text)
        await carol.ask("join", conversation=room)
        await alice.ask("send", to=room, text="d")
        assert await readable(carol, room) == [3, 4, 5]
        await alice.ask("update", conversation=room, reach="all")
        dave = await house.guest("dave")
        await dave.ask("join", conversation=room)
        assert await readable(dave, room) == [1, 2, 3, 4, 5, 6]
