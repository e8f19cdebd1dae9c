"""Rosters: loaded once, moved by committed changes, never out of date."""

import asyncio
import random

import pytest

from teahouse.backends.memory.directory import MemoryDirectory
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine.rosters import Roster, Rosters, joined
from teahouse.model.changes import SEQ_OF_ENTRY, PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, Member, Reach, Role
from teahouse.model.errors import Problem
from teahouse.model.people import User

ALICE, BOB, CAROL = User("u1", "alice"), User("u2", "bob"), User("u3", "carol")


def group(conversation="c1", **settings):
    return Conversation(conversation, ConversationKind.GROUP, **settings)


class CountingDirectory(MemoryDirectory):
    def __init__(self, *conversations: Conversation) -> None:
        super().__init__(MemoryStore())
        self.loads = 0
        self.gate = asyncio.Event()
        self.gate.set()
        for each in conversations:
            self._store.conversations[each.id] = each

    async def members(self, conversation, after="", limit=1_000_000):
        self.loads += 1
        members = await super().members(conversation, after, limit)
        await self.gate.wait()
        return members


def rosters_of(directory, most=10):
    return Rosters(directory, MemoryRelations(directory._store), most)


async def test_many_who_ask_at_once_load_it_once():
    directory = CountingDirectory(group())
    rosters = rosters_of(directory)
    assert rosters.get("c1") is None
    found = await asyncio.gather(*(rosters.load("c1") for _ in range(20)))
    assert directory.loads == 1
    assert all(roster is rosters.get("c1") for roster in found)


async def test_what_is_not_there_is_not_found_and_the_lobby_is_always_there():
    rosters = rosters_of(CountingDirectory())
    assert await rosters.find("c1") is None
    with pytest.raises(Problem):
        await rosters.load("c1")
    assert (await rosters.load("lobby")).member(ALICE) == Member("lobby", "u1", "alice")


async def test_a_change_that_comes_in_while_it_is_loaded_is_not_lost():
    directory = CountingDirectory(group())
    rosters = rosters_of(directory)
    directory.gate.clear()
    loading = asyncio.create_task(rosters.load("c1"))
    await asyncio.sleep(0)
    change = PutMember(Member("c1", "u1", "alice", joined=3))
    await directory.apply([change])
    rosters.apply([change], 3)
    directory.gate.set()
    assert (await loading).member(ALICE) is not None


async def test_what_a_roster_was_read_with_is_not_undone_by_what_is_older():
    """Hints come late: of a change that the directory had already when it was read, and of one before that."""
    directory = CountingDirectory(group(title="new"))
    directory._store.members["c1"]["u2"] = Member("c1", "u2", "bob", joined=1, left=9)
    rosters = rosters_of(directory)

    async def end(_conversation):
        return 9

    rosters.end = end
    directory.gate.clear()
    loading = asyncio.create_task(rosters.load("c1"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    older = PutMember(Member("c1", "u2", "bob", joined=1, muted_until=-1))
    rosters.apply([older], 8)
    directory.gate.set()
    roster = await loading
    assert roster.member(BOB) is None
    rosters.apply([older, PutConversation(group(title="old"))], 8)
    assert roster.member(BOB) is None
    assert roster.conversation.title == "new"
    rosters.apply([PutMember(Member("c1", "u2", "bob", joined=10))], 10)
    assert roster.member(BOB) is not None


async def test_what_came_without_an_entry_is_not_undone_by_what_is_older_either():
    directory = CountingDirectory(group())
    rosters = rosters_of(directory)
    roster = await rosters.load("c1")
    rosters.apply([PutMember(Member("c1", "u2", "bob", joined=3, left=7))], 7)
    rosters.apply([PutMember(Member("c1", "u2", "bob", joined=3))], 0)
    assert roster.member(BOB) is None
    rosters.apply([PutMember(Member("c1", "u2", "bob", joined=8))], 0)
    assert roster.member(BOB) is not None


async def test_the_least_used_are_let_go():
    rosters = rosters_of(CountingDirectory(*(group(f"c{n}") for n in range(5))), 3)
    for conversation in ("c0", "c1", "c2", "c0", "c3"):
        await rosters.load(conversation)
    assert rosters.get("c0") is not None
    assert rosters.get("c1") is None


async def test_what_another_node_changed_is_read_anew():
    directory = CountingDirectory(group())
    rosters = rosters_of(directory)
    await rosters.load("c1")
    await directory.apply([PutMember(Member("c1", "u1", "alice", joined=3))])
    rosters.forget("c1")
    assert (await rosters.load("c1")).member(ALICE) is not None


async def test_changes_get_the_seq_of_their_entry_and_settings_are_replaced():
    rosters = rosters_of(CountingDirectory(group()), 10)
    roster = await rosters.load("c1")
    put = rosters.apply(
        [PutMember(Member("c1", "u1", "alice", joined=SEQ_OF_ENTRY)), PutConversation(group(title="new"))], 7
    )
    assert [(member.user, member.joined) for member in put] == [("u1", 7)]
    assert joined(roster, ALICE) == 7
    assert roster.conversation.title == "new"


def test_who_left_may_read_up_to_then_and_who_comes_back_from_then_on():
    roster = Roster(
        group(), [Member("c1", "u1", "alice", joined=3), Member("c1", "u2", "bob", joined=2, left=8)]
    )
    assert roster.readable(ALICE) == (2, 0)
    assert roster.readable(BOB) == (1, 8)
    assert roster.readable(CAROL) is None
    roster.put(Member("c1", "u2", "bob", joined=20))
    assert roster.readable(BOB) == (19, 0)
    assert roster.former == {}


def test_where_all_may_be_read_it_is_read_from_the_start():
    roster = Roster(group(reach=Reach.ALL), [Member("c1", "u1", "alice", joined=30, reads=1)])
    assert roster.readable(ALICE) == (0, 0)


def test_who_is_being_put_out_sends_no_more_and_reads_still():
    roster = Roster(group(), [Member("c1", "u1", "alice", joined=3)])
    roster.leaving.add("u1")
    assert roster.member(ALICE) is None
    assert roster.readable(ALICE) == (2, 0)


def test_room_counts_those_who_are_on_their_way_in():
    roster = Roster(group(limit=3), [Member("c1", "u1", "alice", Role.OWNER, joined=1)])
    assert roster.room() == 2
    roster.entering |= {"u2"}
    assert roster.room() == 1
    roster.put(Member("c1", "u2", "bob", joined=2))
    assert roster.room() == 1
    assert Roster(group(limit=0)).room() is None


def test_members_are_found_by_their_nick():
    roster = Roster(group(), [Member("c1", "u1", "Alice", joined=1)])
    assert roster.named("alice") == "u1"
    roster.put(Member("c1", "u1", "Alice", joined=1, left=5))
    assert roster.named("alice") is None


class Paging(CountingDirectory):
    """Thousands of members; `between` is called after each page was read and before it is seen."""

    def __init__(self, members: int) -> None:
        super().__init__(group("big", limit=0))
        for n in range(members):
            self._store.members["big"][f"u{n:05}"] = Member("big", f"u{n:05}", f"n{n}", joined=1)
        self.pages = 0
        self.between = lambda page: None

    async def members(self, conversation, after="", limit=1_000_000):
        page = await super().members(conversation, after, limit)
        self.pages += 1
        self.between(self.pages)
        return page


async def test_a_large_roster_is_loaded_a_page_at_a_time():
    directory = Paging(2_500)
    roster = await rosters_of(directory).load("big")
    assert directory.pages == 3
    assert len(roster.members) == 2_500
    assert roster.named("n2499") == "u02499"
    assert roster.page("", 2) == ["u00000", "u00001"]
    assert roster.page("u02497", 9) == ["u02498", "u02499"]


async def test_what_changes_while_a_large_roster_is_loaded_is_not_lost():
    """Somebody of the first page goes while the second is read, and one of the page that is on its way."""
    directory = Paging(2_500)
    rosters = rosters_of(directory)

    def between(page):
        if page == 2:
            for user in ("u00000", "u01500"):
                rosters.apply([PutMember(Member("big", user, "n", joined=1, left=SEQ_OF_ENTRY))], 9)
            rosters.apply([PutMember(Member("big", "a-new", "new", joined=SEQ_OF_ENTRY))], 10)

    directory.between = between
    roster = await rosters.load("big")
    assert directory.pages == 3
    assert roster.former.keys() == {"u00000", "u01500"}
    assert roster.members["a-new"].joined == 10
    assert roster.page("", 2) == ["a-new", "u00001"]


def test_the_order_and_the_nicks_follow_every_change():
    """Against what is made anew, for a small roster and one whose index is mended."""
    rng = random.Random(7)
    for members in (5, 1_200):
        roster = Roster(group(), [Member("c1", f"u{n:05}", f"n{n}", joined=1) for n in range(members)])
        roster.page("", 1)
        roster.named("n1")
        for seq in range(2, 300):
            n = rng.randrange(members)
            left = rng.choice((0, seq))
            role = rng.choice(list(Role))
            roster.put(Member("c1", f"u{n:05}", f"n{n}", role, joined=1, left=left))
            assert roster.page("", members) == sorted(roster.members)
            assert (roster.named(f"n{n}") is None) == bool(left)
            assert roster.managers == {m.user for m in roster.members.values() if m.role is not Role.MEMBER}
            assert not roster.members.keys() & roster.former.keys()


async def test_so_many_members_are_kept_in_memory_and_no_more():
    directory = CountingDirectory(*(group(f"c{n}") for n in range(4)))
    for n in range(4):
        for m in range(10):
            directory._store.members[f"c{n}"][f"u{m}"] = Member(f"c{n}", f"u{m}", "n", joined=1)
    rosters = Rosters(directory, MemoryRelations(directory._store), 100, most_members=25)
    for n in range(4):
        await rosters.load(f"c{n}")
    assert [rosters.get(f"c{n}") is not None for n in range(4)] == [False, False, True, True]
    rosters.forget("c3")
    await rosters.load("c1")
    assert rosters.get("c2") is not None
