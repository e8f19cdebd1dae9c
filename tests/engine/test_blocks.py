"""Blocks and contacts: who wants nothing from whom."""

import asyncio

import pytest

from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.store import MemoryStore
from teahouse.model import commands
from teahouse.model.caller import Caller
from teahouse.model.people import User
from tests.support.house import House, limitless, turns


async def three(house):
    return [await house.guest(nick) for nick in ("alice", "bob", "carol")]


async def test_the_blocked_cannot_write_and_nothing_is_stored():
    async with House() as house:
        alice, bob, carol = await three(house)
        direct = (await bob.ask("send", to="@alice", text="hi"))["conversation"]
        await alice.ask("block", user="@bob")
        assert await bob.refused("send", to="@alice", text="x") == "blocked"
        assert await bob.refused("send", to=direct, text="x", ephemeral=True) == "blocked"
        assert await bob.refused("edit", conversation=direct, seq=1, text="x") == "blocked"
        assert await bob.refused("react", conversation=direct, seq=1, emoji="x") == "blocked"
        assert await bob.refused("pin", conversation=direct, seq=1) == "blocked"
        assert await alice.refused("send", to="@bob", text="x") == "forbidden"
        assert len(house.store.entries[direct]) == 1
        await carol.ask("send", to="@alice", text="hello")
        await alice.ask("unblock", user="@bob")
        await bob.ask("send", to="@alice", text="x")
        assert alice.texts(direct) == ["hi", "x"]


async def test_a_blocked_stranger_makes_no_conversation():
    async with House() as house:
        alice, bob, _carol = await three(house)
        await alice.ask("block", user="@bob")
        assert await bob.refused("send", to="@alice", text="x") == "blocked"
        assert await alice.refused("send", to="@bob", text="x") == "forbidden"
        assert house.store.conversations == {}
        listed = (await alice.ask("conversations"))["conversations"]
        assert [row["conversation"] for row in listed] == ["lobby"]


async def test_blocks_outlast_the_server():
    async with House() as house:
        alice, bob, _carol = await three(house)
        direct = (await bob.ask("send", to="@alice", text="hi"))["conversation"]
        await alice.ask("block", user="@bob")
    async with House(store=house.store) as later:
        bob = await later.back(bob)
        assert await bob.refused("send", to=direct, text="x") == "blocked"
        alice = await later.back(alice)
        assert [b["user"]["nick"] for b in (await alice.ask("blocks"))["blocks"]] == ["bob"]


async def test_neither_typing_nor_receipts_reach_the_blocker():
    async with House() as house:
        alice, bob, _carol = await three(house)
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await alice.ask("block", user="@bob")
        bob.say("typing", conversation=direct)
        await bob.ask("read", conversation=direct, seq=1)
        await turns()
        assert alice.events("typing") == alice.events("receipt") == []


async def test_who_blocked_somebody_is_not_brought_into_groups_by_them():
    async with House() as house:
        alice, bob, carol = await three(house)
        await alice.ask("block", user="@bob")
        assert await bob.refused("create", kind="group", members=["@carol", "@alice"]) == "blocked"
        group = (await bob.ask("create", kind="group", members=["@carol"]))["conversation"]
        assert await bob.refused("invite", conversation=group, user="@alice") == "blocked"
        await carol.ask("invite", conversation=group, user="@alice")
        await bob.ask("send", to=group, text="in a group the client hides")
        assert alice.texts(group) == ["in a group the client hides"]


async def test_the_blocked_do_not_see_who_is_here(monkeypatch):
    monkeypatch.setattr("teahouse.engine.attendance.PAUSE_S", 0.01)
    async with House() as house:
        alice, bob, carol = await three(house)
        group = (await carol.ask("create", kind="group", members=["@alice", "@bob"]))["conversation"]
        await alice.ask("block", user="@bob")
        bob.link.lines.clear()
        await alice.ask("presence", status="dnd")
        await carol.event("presence", user=alice.me["id"], status="dnd")
        await turns()
        assert [event for event in bob.events("presence") if event["user"] == alice.me["id"]] == []
        for conversation in ("lobby", group):
            listed = (await bob.ask("online", conversation=conversation))["users"]
            assert sorted(user["nick"] for user in listed) == ["bob", "carol"]
        members = (await bob.ask("members", conversation=group))["members"]
        assert {m["nick"]: m["status"] for m in members}["alice"] == "offline"
        members = (await carol.ask("members", conversation=group))["members"]
        assert {m["nick"]: m["status"] for m in members}["alice"] == "dnd"


async def test_nor_that_the_blocker_came_or_went(monkeypatch):
    monkeypatch.setattr("teahouse.engine.attendance.PAUSE_S", 0.01)
    async with House() as house:
        alice, bob, carol = await three(house)
        await alice.ask("block", user="@bob")
        alice.link.drop()
        await turns()
        bob.link.lines.clear()
        again = await house.back(alice)
        await again.ask("presence", status="away")
        await carol.event("presence", user=alice.me["id"], status="away")
        assert [event for event in bob.events("presence") if event["user"] == alice.me["id"]] == []


async def test_blocks_of_who_is_not_here_are_not_kept_in_memory():
    async with House() as house:
        alice, bob, _carol = await three(house)
        caller = Caller(User(alice.me["id"], "alice"))
        direct = (await bob.ask("send", to="@alice", text="hi"))["conversation"]
        alice.link.drop()
        await turns()
        await house.engine.call(caller, commands.Block(id=0, user=bob.me["id"]))
        assert house.engine._verbs.blocks._of == {}
        assert await bob.refused("send", to=direct, text="x") == "blocked"
        again = await house.back(alice)
        assert house.engine._verbs.blocks.of(alice.me["id"]) == {bob.me["id"]}
        await again.ask("unblock", user="@bob")
        assert house.engine._verbs.blocks._of == {}


async def test_a_block_that_the_store_was_slow_with_holds():
    """The store does it, but answers too late: the roster is read anew."""

    class Slow(MemoryRelations):
        async def block(self, user, other, at, most):
            await super().block(user, other, at, most)
            await asyncio.sleep(1)
            return True

    store = MemoryStore()
    async with House(store=store, relations=Slow(store), options=limitless(store_timeout_s=0.05)) as house:
        alice, bob, _carol = await three(house)
        direct = (await bob.ask("send", to="@alice", text="hi"))["conversation"]
        assert await alice.refused("block", user="@bob") == "unavailable"
        assert await bob.refused("send", to=direct, text="x") == "blocked"


async def test_lists_and_what_makes_no_sense(monkeypatch):
    monkeypatch.setattr("teahouse.engine.blocks.MOST_BLOCKS", 1)
    monkeypatch.setattr("teahouse.engine.contacts.MOST_CONTACTS", 1)
    async with House() as house:
        alice, bob, carol = await three(house)
        assert await alice.refused("block", user="@alice") == "bad_request"
        assert await alice.refused("block", user="@nobody") == "not_found"
        await alice.ask("block", user="@bob")
        assert await alice.refused("block", user="@carol") == "conflict"
        await alice.ask("unblock", user="@carol")
        await alice.ask("contact", user="@bob", alias=" Bobby ")
        assert await alice.refused("contact", user="@carol") == "conflict"
        assert await alice.refused("contact", user="@alice") == "bad_request"
        (row,) = (await alice.ask("contacts"))["contacts"]
        assert (row["user"], row["alias"]) == ({"id": bob.me["id"], "nick": "bob"}, "Bobby")
        await alice.ask("contact", user="@bob", on=False)
        assert (await alice.ask("contacts"))["contacts"] == []
        assert (await carol.ask("blocks"))["blocks"] == []


@pytest.mark.parametrize("op", ["blocks", "contacts"])
async def test_lists_come_in_pages(op):
    async with House() as house:
        alice, bob, carol = await three(house)
        for person in (bob, carol):
            await alice.ask(op[:-1], user=person.me["id"])
        first = await alice.ask(op, limit=1)
        second = await alice.ask(op, limit=1, after=first[op][0]["user"]["id"])
        assert (first["more"], second["more"]) == (True, False)
        assert [first[op][0]["user"]["nick"], second[op][0]["user"]["nick"]] == ["bob", "carol"]


async def test_friends_see_each_other_also_without_a_conversation():
    """Both must have the other as a contact: nobody is watched by adding them alone."""
    async with House(options=limitless(presence_audience=0, offline_after_s=0)) as house:
        alice, bob, carol = await three(house)
        await alice.ask("contact", user="@bob")
        await carol.ask("contact", user="@bob")
        await bob.ask("contact", user="@alice")
        await bob.ask("presence", status="away")
        told = await alice.event("presence", user=bob.me["id"], status="away")
        assert told["nick"] == "bob"
        assert carol.events("presence") == []
        bob.link.drop()
        await alice.event("presence", user=bob.me["id"], status="offline")
        bob = await house.back(bob)
        await alice.event("presence", user=bob.me["id"], status="online")
        await alice.ask("contact", user="@bob", on=False)
        seen = len(alice.events("presence"))
        await asyncio.sleep(1.1)  # presence is told once a second
        await bob.ask("presence", status="dnd")
        await turns()
        assert len(alice.events("presence")) == seen
