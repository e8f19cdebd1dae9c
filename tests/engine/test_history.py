"""History: pages, what one may see of it, and later entries folded into earlier ones."""

import pytest

from teahouse.engine.history import fold
from teahouse.model.entries import Entry, Kind
from tests.support.house import House
from tests.support.stage import StageClock


def seqs(page):
    return [entry["seq"] for entry in page["entries"]]


async def lobby_of(house, size):
    alice = await house.guest("alice")
    for n in range(1, size + 1):
        await alice.ask("send", to="lobby", text=str(n), cid=f"c{n}")
    return alice


@pytest.mark.parametrize(
    ("fields", "expected", "more"),
    [
        ({"limit": 4}, [7, 8, 9, 10], True),
        ({"limit": 10}, list(range(1, 11)), False),
        ({"before": 7, "limit": 4}, [3, 4, 5, 6], True),
        ({"before": 4, "limit": 4}, [1, 2, 3], False),
        ({"before": 1}, [], False),
        ({"before": 0}, [], False),
        ({"after": 3, "limit": 4}, [4, 5, 6, 7], True),
        ({"after": 6, "limit": 4}, [7, 8, 9, 10], False),
        ({"after": 10}, [], False),
        ({"after": 10**9}, [], False),
        ({"after": 2, "before": 9, "limit": 3}, [6, 7, 8], True),
        ({"after": 2, "before": 6}, [3, 4, 5], False),
    ],
)
async def test_pages_go_both_ways(fields, expected, more):
    async with House() as house:
        alice = await lobby_of(house, 10)
        page = await alice.ask("history", conversation="lobby", **fields)
        assert (seqs(page), page["more"]) == (expected, more)


@pytest.mark.parametrize("fields", [{"limit": 0}, {"limit": 201}, {"before": -1}, {"after": "x"}])
async def test_impossible_pages_are_refused(fields):
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("history", conversation="lobby", **fields) == "bad_request"


async def test_walking_in_either_direction_meets_every_entry_once():
    async with House() as house:
        alice = await lobby_of(house, 23)
        back: list[int] = []
        before = 24
        while True:
            page = await alice.ask("history", conversation="lobby", limit=5, before=before)
            back = seqs(page) + back
            if not page["more"]:
                break
            before = back[0]
        assert back == list(range(1, 24))
        forth, after, more = [], 0, True
        while more:
            page = await alice.ask("history", conversation="lobby", limit=5, after=after)
            forth += seqs(page)
            after, more = forth[-1], page["more"]
        assert forth == back


async def test_only_own_entries_show_their_cid():
    async with House() as house:
        alice, bob = await lobby_of(house, 2), await house.guest("bob")
        own = (await alice.ask("history", conversation="lobby"))["entries"]
        other = (await bob.ask("history", conversation="lobby"))["entries"]
        assert [entry.get("cid") for entry in own] == ["c1", "c2"]
        assert [entry.get("cid") for entry in other] == [None, None]


async def test_who_comes_in_sees_from_then_on_or_all():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for reach, expected in (("joined", [3, 4]), ("all", [1, 2, 3, 4])):
            group = (await alice.ask("create", kind="group", reach=reach))["conversation"]
            await alice.ask("send", to=group, text="before")
            await alice.ask("invite", conversation=group, user="@bob")
            await alice.ask("send", to=group, text="after")
            assert seqs(await bob.ask("history", conversation=group)) == expected


async def test_who_was_put_out_sees_up_to_then_and_nothing_of_what_became_of_it():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        await alice.ask("send", to=group, text="when you were here")
        await alice.ask("kick", conversation=group, user="@bob")
        await alice.ask("send", to=group, text="between us")
        await alice.ask("edit", conversation=group, seq=2, text="also between us")
        await alice.ask("react", conversation=group, seq=2, emoji="🤫")
        await alice.ask("pin", conversation=group, seq=2)
        page = await bob.ask("history", conversation=group)
        assert seqs(page) == [1, 2, 3]
        message = page["entries"][1]
        assert message["body"]["text"] == "when you were here"
        assert "edited" not in message and "reactions" not in message and "pinned" not in message
        assert seqs(await bob.ask("history", conversation=group, after=3)) == []


async def test_what_was_recalled_is_gone_for_who_was_put_out_too():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        await alice.ask("send", to=group, text="oh no")
        await alice.ask("kick", conversation=group, user="@bob")
        await alice.ask("recall", conversation=group, seq=2)
        tombstone = (await bob.ask("history", conversation=group))["entries"][1]
        assert tombstone["recalled"] is True and "body" not in tombstone


async def test_who_comes_back_does_not_see_the_time_between():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        await alice.ask("kick", conversation=group, user="@bob")
        await alice.ask("send", to=group, text="between us")
        await alice.ask("invite", conversation=group, user="@bob")
        assert seqs(await bob.ask("history", conversation=group)) == [4]


async def test_what_one_cleared_is_gone_for_oneself_only():
    from teahouse.backends.memory.cursors import MemoryCursors
    from teahouse.model.marks import Advance

    async with House() as house:
        alice, bob = await lobby_of(house, 5), await house.guest("bob")
        await MemoryCursors(house.store).advance([Advance("lobby", bob.me["id"], cleared=3)])
        assert seqs(await bob.ask("history", conversation="lobby")) == [4, 5]
        assert seqs(await alice.ask("history", conversation="lobby")) == [1, 2, 3, 4, 5]
        assert await bob.refused("react", conversation="lobby", seq=3, emoji="👍") == "not_found"
        bob = await house.back(bob, cursors={"lobby": 0})
        await bob.event("message", seq=5)
        assert [event["seq"] for event in bob.events("message")] == [4, 5]


async def test_a_message_shows_its_newest_text_its_reactions_and_its_pin():
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        await alice.ask("send", to=group, text="tee", priority="high")
        clock.advance(60)
        await alice.ask("edit", conversation=group, seq=2, text="te")
        edited = await alice.ask("edit", conversation=group, seq=2, text="tea for @bob")
        for person, emoji in ((alice, "🍵"), (bob, "🍵"), (bob, "👍")):
            await person.ask("react", conversation=group, seq=2, emoji=emoji)
        await bob.ask("react", conversation=group, seq=2, emoji="👍", on=False)
        await alice.ask("pin", conversation=group, seq=2)
        message = (await bob.ask("history", conversation=group))["entries"][1]
        assert message["body"] == {"type": "text", "text": "tea for @bob"}
        assert message["mentions"] == [bob.me["id"]]
        assert message["priority"] == "high"
        assert message["edited"] == {"seq": edited["seq"], "at": message["at"] + 60_000}
        ids = [alice.me["id"], bob.me["id"]]
        assert message["reactions"] == [{"emoji": "🍵", "count": 2, "users": ids}]
        assert message["pinned"] is True
        await alice.ask("pin", conversation=group, seq=2, on=False)
        assert "pinned" not in (await bob.ask("history", conversation=group))["entries"][1]


async def test_an_edit_that_mentions_nobody_takes_the_mention_away():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="@bob!")
        await alice.ask("edit", conversation="lobby", seq=1, text="never mind")
        assert "mentions" not in (await bob.ask("history", conversation="lobby"))["entries"][0]


async def test_of_a_recalled_message_a_tombstone_stays_and_of_its_edits_too():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="oh no")
        await alice.ask("edit", conversation="lobby", seq=1, text="oh no!")
        await bob.ask("react", conversation="lobby", seq=1, emoji="😱")
        await alice.ask("recall", conversation="lobby", seq=1)
        entries = (await bob.ask("history", conversation="lobby"))["entries"]
        assert [entry["ev"] for entry in entries] == ["message", "edit", "reaction", "recall"]
        assert entries[0]["recalled"] is True
        assert "body" not in entries[0] and "reactions" not in entries[0] and "edited" not in entries[0]
        assert "body" not in entries[1]
        assert b"oh no" not in b"".join(entry.content for entry in house.store.entries["lobby"])


def entry(seq, kind, content=b"{}", ref=None, sender="u1"):
    return Entry("c", seq, kind, sender, sender, 1000 + seq, content, ref=ref)


def test_what_refers_to_nothing_on_the_page_changes_nothing():
    message = entry(2, Kind.MESSAGE, b'{"body":{"type":"text","text":"a"}}')
    stray = [
        entry(5, Kind.EDIT, b'{"body":{"type":"text","text":"b"}}', ref=1),
        entry(6, Kind.REACTION, b'{"emoji":"x","on":true}', ref=None),
    ]
    (view,) = fold([message], stray, "u1")
    assert view.entry == message and view.reactions == () and view.own
