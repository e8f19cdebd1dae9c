"""Sync and the conversation list: counts, titles, order, pages."""

from teahouse.backends.memory.clock import ManualClock
from tests.support.house import House


async def row_of(person, conversation):
    rows = (await person.ask("conversations"))["conversations"]
    return next(row for row in rows if row["conversation"] == conversation)


async def test_a_new_guest_has_the_lobby_and_nothing_unread_there():
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="long ago")
        bob = await house.guest("bob")
        (row,) = (await bob.ask("conversations"))["conversations"]
        assert (row["conversation"], row["kind"], row["title"], row["role"]) == (
            "lobby",
            "room",
            "Lobby",
            "member",
        )
        assert (row["unread"], row["last_seq"], row["read_seq"]) == (0, 1, 1)
        assert row["last_message"]["body"]["text"] == "long ago"
        await alice.ask("send", to="lobby", text="now")
        assert (await row_of(bob, "lobby"))["unread"] == 1


async def test_unread_counts_messages_of_others_after_the_mark():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        for text in ("one", "two @bob", "three"):
            await alice.ask("send", to=group, text=text)
        await alice.ask("pin", conversation=group, seq=2)
        await alice.ask("edit", conversation=group, seq=2, text="1")
        assert [(await row_of(bob, group))[name] for name in ("unread", "mentions", "last_seq")] == [3, 1, 6]
        await bob.ask("read", conversation=group, seq=2)
        assert [(await row_of(bob, group))[name] for name in ("unread", "mentions", "read_seq")] == [2, 1, 2]
        await alice.ask("recall", conversation=group, seq=3)
        assert [(await row_of(bob, group))[name] for name in ("unread", "mentions")] == [1, 0]
        await bob.ask("send", to=group, text="read all that")
        assert [(await row_of(bob, group))[name] for name in ("unread", "read_seq")] == [0, 8]
        assert (await row_of(alice, group))["unread"] == 1


async def test_who_comes_in_later_has_nothing_unread_from_before():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", reach="all"))["conversation"]
        await alice.ask("send", to=group, text="before")
        await alice.ask("invite", conversation=group, user="@bob")
        assert (await row_of(bob, group))["unread"] == 0
        await alice.ask("send", to=group, text="after")
        assert (await row_of(bob, group))["unread"] == 1


async def test_a_direct_conversation_is_called_as_the_other_person():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        mine, theirs = await row_of(alice, direct), await row_of(bob, direct)
        assert (mine["title"], mine["peer"]["id"]) == ("bob", bob.me["id"])
        assert (theirs["title"], theirs["peer"]["id"]) == ("alice", alice.me["id"])
        assert (await row_of(alice, "lobby"))["peer"] is None


async def test_pinned_ones_stand_first_and_then_the_newest():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        rooms = {}
        for title in ("old", "older", "newest", "silent"):
            rooms[title] = (await alice.ask("create", kind="room", title=title))["conversation"]
        for title in ("older", "old", "newest"):
            clock.advance(1)
            await alice.ask("send", to=rooms[title], text="x")
        await alice.ask("pin", conversation=rooms["older"])
        rows = (await alice.ask("conversations"))["conversations"]
        assert [row["title"] for row in rows][:3] == ["older", "newest", "old"]
        assert [row["pinned"] for row in rows][:2] == [True, False]


async def test_the_last_message_is_as_it_is_now():
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="tee")
        await alice.ask("edit", conversation="lobby", seq=1, text="tea")
        assert (await row_of(alice, "lobby"))["last_message"]["body"]["text"] == "tea"
        await alice.ask("recall", conversation="lobby", seq=1)
        assert (await row_of(alice, "lobby"))["last_message"]["recalled"] is True


async def test_sync_brings_what_was_missed_page_by_page():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        for n in range(2, 10):
            await alice.ask("send", to=group, text=str(n), cid=f"c{n}")
        answer = await bob.ask("sync", cursors={group: 3}, limit=4)
        lobby, mine = answer["conversations"]
        assert (lobby["conversation"], lobby["entries"], lobby["more"]) == ("lobby", [], False)
        assert [entry["seq"] for entry in mine["entries"]] == [4, 5, 6, 7]
        assert (mine["more"], mine["last_seq"], mine["unread"]) == (True, 9, 8)
        assert all("cid" not in entry for entry in mine["entries"])
        rest = (await bob.ask("sync", cursors={group: 7}, limit=4))["conversations"][1]
        assert [entry["seq"] for entry in rest["entries"]] == [8, 9]
        assert rest["more"] is False
        own = (await alice.ask("sync", cursors={group: 8}))["conversations"][1]
        assert own["entries"][0]["cid"] == "c9"


async def test_a_fresh_device_gets_counts_and_no_entries():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="@bob", text="hi")
        rows = (await bob.ask("sync"))["conversations"]
        assert [(row["kind"], row["entries"], row["unread"]) for row in rows] == [
            ("room", [], 0),
            ("direct", [], 1),
        ]


async def test_sync_gives_nothing_from_before_one_came_in_nor_of_what_one_is_not_in():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group"))["conversation"]
        await alice.ask("send", to=group, text="secret")
        answer = await bob.ask("sync", cursors={group: 0, "c-none": 0})
        assert [row["conversation"] for row in answer["conversations"]] == ["lobby"]
        await alice.ask("invite", conversation=group, user="@bob")
        row = (await bob.ask("sync", cursors={group: 0}))["conversations"][1]
        assert [entry["seq"] for entry in row["entries"]] == [3]


async def test_the_cursors_of_a_sync_count_as_delivered():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await bob.ask("sync", cursors={direct: 999})
        receipt = await alice.event("receipt")
        assert (receipt["user"], receipt["delivered"]) == (bob.me["id"], 1)
        assert "read" not in receipt
