"""The promises of MessageLog, by number (ports/log.py)."""

import asyncio
from typing import Any

import pytest

from teahouse.model.changes import SEQ_OF_ENTRY, PutConversation, PutMember, PutUser
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Appended, Kind, entry_of
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.ids import EVERYBODY
from teahouse.model.marks import Unread
from teahouse.model.people import User
from tests.contract.backends import Store
from tests.contract.making import draft

ALL = 2**53


async def seqs(store: Store, conversation: str) -> list[int]:
    return [entry.seq for entry in await store.log.read(conversation, 0, ALL, 1_000_000)]


async def take_a_name(store: Store) -> PutUser:
    """An account, and a change that cannot be applied because that account has the name."""
    await store.directory.apply([PutUser(User("u1", "Zoë", guest=False), 1)])
    return PutUser(User("u2", "zoË", guest=False), 2)


async def test_l1_seqs_of_each_conversation_count_from_1(store: Store) -> None:
    """L1: 1, 2, 3 ... for each conversation by itself."""
    drafts = [draft("a"), draft("b"), draft("a"), draft("a"), draft("b")]
    appended = await store.log.append_many(drafts)
    assert [a.seq for a in appended] == [1, 1, 2, 3, 2]
    assert await seqs(store, "a") == [1, 2, 3]
    assert await seqs(store, "b") == [1, 2]


async def test_l1_no_gap_with_many_calls_at_once(store: Store) -> None:
    """L1: overlapping calls share the numbers without a gap or a repetition."""
    calls = [[draft(f"c{(n + i) % 7}", cid=f"{n}-{i}") for i in range(n % 5)] for n in range(300)]
    results = await asyncio.gather(*(store.log.append_many(call) for call in calls))
    for conversation in (f"c{n}" for n in range(7)):
        given = [
            a.seq
            for call, result in zip(calls, results, strict=True)
            for d, a in zip(call, result, strict=True)
            if d.conversation == conversation
        ]
        assert given == list(range(1, len(given) + 1))
        assert await seqs(store, conversation) == given


async def test_l1_no_gap_after_a_failure(store: Store) -> None:
    """L1: what could not be stored leaves no hole."""
    await store.log.append_many([draft(), draft()])
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.log.append_many([draft(), draft("new")])
    await store.writable(True)
    assert [a.seq for a in await store.log.append_many([draft(), draft("new")])] == [3, 1]
    assert await seqs(store, "c") == [1, 2, 3]


async def test_l2_entries_survive_a_restart(store: Store) -> None:
    """L2: what returned is there, whole, when the store is opened again, and counting goes on."""
    if store.reopen is None:
        pytest.skip("this backend keeps nothing")
    drafts = [
        draft(text="天气\\u0000"),
        draft(kind=Kind.REACTION, ref=1, cid="k\0k", nick="🍵", at=2**52),
        draft("other\0", kind=Kind.MEMBER),
    ]
    await store.log.append_many(drafts)
    await store.reopen()
    assert await store.log.read("c", 0, ALL, 10) == [entry_of(drafts[0], 1), entry_of(drafts[1], 2)]
    assert await store.log.read("other\0", 0, ALL, 10) == [entry_of(drafts[2], 1)]
    assert await store.log.append_many([draft(), draft("other\0")]) == [Appended(3, 1000), Appended(2, 1000)]
    read = (await store.log.read("c", 0, ALL, 10))[1]
    assert {type(number) for number in (read.seq, read.at, read.ref)} == {int}, (
        "encoders know no other numbers"
    )


async def test_l3_a_call_is_stored_whole_or_not_at_all(store: Store) -> None:
    """L3: one draft that cannot be stored takes its call with it, and no other call."""
    impossible = await take_a_name(store)
    calls = [[draft()], [draft(), draft("d", changes=(impossible,)), draft()], [draft()]]
    first, failed, last = await asyncio.gather(
        *(store.log.append_many(call) for call in calls), return_exceptions=True
    )
    assert isinstance(failed, Problem)
    assert failed.code is Code.CONFLICT
    assert [first, last] == [[Appended(1, 1000)], [Appended(2, 1000)]]
    assert await store.log.heads(["c", "d"]) == {"c": 2, "d": 0}


async def test_l3_calls_return_in_the_order_they_were_made(store: Store) -> None:
    """L3: nobody is answered before those who asked earlier."""
    returned: list[int] = []

    async def append(n: int) -> None:
        await store.log.append_many([draft(f"c{n % 3}")] * (1 + n % 3))
        returned.append(n)

    await asyncio.gather(*(append(n) for n in range(200)))
    assert returned == list(range(200))


async def test_l3_an_empty_call(store: Store) -> None:
    """L3: nothing to append is nothing appended."""
    assert await store.log.append_many([]) == []


async def test_l3_a_long_call(store: Store) -> None:
    """L3: longer than any batch."""
    appended = await store.log.append_many([draft(cid=str(n)) for n in range(1000)])
    assert [a.seq for a in appended] == list(range(1, 1001))
    assert await seqs(store, "c") == list(range(1, 1001))


async def test_l4_a_repetition_gives_the_first_answer(store: Store) -> None:
    """L4: same key, same content: seq and at of the first, and nothing is stored."""
    await store.log.append_many([draft(), draft(cid="k", at=5)])
    assert await store.log.append_many([draft(cid="k", at=9)]) == [Appended(2, 5, duplicate=True)]
    assert await seqs(store, "c") == [1, 2]


@pytest.mark.parametrize("other", [{"text": "other"}, {"ref": 1}, {"kind": Kind.PIN}])
async def test_l4_a_key_with_something_else_is_a_conflict(store: Store, other: dict[str, Any]) -> None:
    """L4: same key, other kind, ref or content: nothing is stored."""
    await store.log.append_many([draft(cid="k")])
    changed = draft(cid="k", **other)
    assert await store.log.append_many([changed, draft()]) == [
        Appended(1, 1000, conflict=True),
        Appended(2, 1000),
    ]


async def test_l4_keys_belong_to_a_conversation_and_a_sender(store: Store) -> None:
    """L4: the same cid elsewhere, or of somebody else, is another key; without a cid there is none."""
    drafts = [draft(cid="k"), draft("d", cid="k"), draft(cid="k", sender="u-bob"), draft(), draft()]
    appended = await store.log.append_many(drafts)
    assert [a.seq for a in appended] == [1, 1, 2, 3, 4]
    assert not any(a.duplicate or a.conflict for a in appended)


async def test_l4_inside_one_call(store: Store) -> None:
    """L4: a call may repeat itself."""
    drafts = [draft(cid="k"), draft(cid="k"), draft(cid="k", text="other"), draft(cid="l")]
    assert await store.log.append_many(drafts) == [
        Appended(1, 1000),
        Appended(1, 1000, duplicate=True),
        Appended(1, 1000, conflict=True),
        Appended(2, 1000),
    ]


async def test_l4_between_calls_at_once(store: Store) -> None:
    """L4: two hundred attempts at ten messages, some stored before, make ten entries."""
    await store.log.append_many([draft(cid="3"), draft(cid="7")])
    attempts = [store.log.append_many([draft(cid=str(n % 10), at=n)]) for n in range(200)]
    results = [result for (result,) in await asyncio.gather(*attempts)]
    assert sum(not result.duplicate for result in results) == 8
    assert await seqs(store, "c") == list(range(1, 11))
    for n, result in enumerate(results):
        assert (result.seq, result.at) == (results[n % 10].seq, results[n % 10].at)


async def test_l4_a_recalled_message_still_has_its_key(store: Store) -> None:
    """L4: a redacted first one counts as equal, also if the recall is in the same call."""
    await store.log.append_many([draft(cid="k"), draft(cid="l")])
    drafts = [draft(kind=Kind.RECALL, ref=1, text=""), draft(cid="k", text="whatever")]
    assert (await store.log.append_many(drafts))[1] == Appended(1, 1000, duplicate=True)
    assert await store.log.append_many([draft(cid="k", text="other")]) == [Appended(1, 1000, duplicate=True)]
    assert await store.log.append_many([draft(cid="l", text="other")]) == [Appended(2, 1000, conflict=True)]


async def test_l4_a_duplicate_carries_no_changes(store: Store) -> None:
    """L4: what a repetition would change was changed the first time, and perhaps again since."""
    joined = PutMember(Member("c", "u-alice", "alice", joined=SEQ_OF_ENTRY))
    await store.log.append_many([draft(cid="k", changes=(joined,))])
    await store.directory.apply([PutMember(Member("c", "u-alice", "alice", joined=1, left=8))])
    again = [draft(cid="k", changes=(joined,)), draft(cid="k", text="other", changes=(joined,))]
    await store.log.append_many(again)
    assert (await store.directory.members("c"))[0].left == 8


async def test_l4_keys_are_forgotten_when_they_are_old(store: Store) -> None:
    """L4: `expire_keys` forgets those older than a time, and says how many."""
    await store.log.append_many([draft(cid=str(n), at=n) for n in range(600)])
    assert await store.log.expire_keys(500) == 500
    assert await store.log.expire_keys(500) == 0
    results = await store.log.append_many([draft(cid="499", at=7), draft(cid="500", at=7)])
    assert results == [Appended(601, 7), Appended(501, 500, duplicate=True)]
    assert [e.cid for e in await store.log.read("c", 499, 501, 9)] == [None, "500"]


async def test_l5_changes_come_with_the_entry(store: Store) -> None:
    """L5: the directory changes with the entry, and SEQ_OF_ENTRY becomes its seq."""
    conversation = Conversation("c", ConversationKind.GROUP, title="tea")
    member = Member("c", "u-alice", "alice", joined=SEQ_OF_ENTRY)
    gone = Member("c", "u-bob", "bob", joined=1, left=SEQ_OF_ENTRY)
    changes = (PutConversation(conversation), PutMember(member), PutMember(gone))
    await store.log.append_many([draft(), draft(kind=Kind.MEMBER, changes=changes)])
    assert await store.directory.conversation("c") == conversation
    assert await store.directory.members("c") == [
        Member("c", "u-alice", "alice", joined=2),
        Member("c", "u-bob", "bob", joined=1, left=2),
    ]


async def test_l6_a_recall_erases_the_message_and_its_edits(store: Store) -> None:
    """L6: content and mentions are gone; the tombstones, replies and later edits stay."""
    drafts = [
        draft(mentions=("u-bob", EVERYBODY), cid="k"),
        draft("d", mentions=("u-bob",)),
        draft(kind=Kind.EDIT, ref=1, mentions=("u-bob",)),
        draft(ref=1, text="a reply"),
        draft(mentions=("u-bob",)),
    ]
    await store.log.append_many(drafts)
    assert (await store.cursors.unread("u-bob", {"c": 0}))["c"] == Unread(0, 3, 2)
    await store.log.append_many([draft(kind=Kind.RECALL, ref=1), draft(kind=Kind.EDIT, ref=1)])
    entries = await store.log.read("c", 0, ALL, 10)
    assert [e.redacted for e in entries] == [True, True, False, False, False, False]
    assert [e.content for e in entries if e.redacted] == [b"{}", b"{}"]
    assert (entries[0].cid, entries[1].ref) == ("k", 1)
    assert not (await store.log.read("d", 0, ALL, 10))[0].redacted
    assert (await store.cursors.unread("u-bob", {"c": 0, "d": 0})) == {
        "c": Unread(0, 2, 1),
        "d": Unread(0, 1, 1),
    }


async def test_l7_a_store_that_cannot_write_says_so_and_recovers(store: Store) -> None:
    """L7: StoreUnavailable for every call, nothing of them stored, reads go on; later calls work."""
    await store.log.append_many([draft()])
    await store.writable(False)
    failed = await asyncio.gather(
        *(store.log.append_many([draft(cid=str(n))]) for n in range(20)),
        store.log.redact("c", [1]),
        store.log.expire_keys(9999),
        return_exceptions=True,
    )
    assert {type(f) for f in failed[:21]} == {StoreUnavailable}
    assert await seqs(store, "c") == [1]
    await store.writable(True)
    assert await store.log.append_many([draft(cid="1")]) == [Appended(2, 1000)]


async def test_l8_a_read_sees_what_was_appended_before(store: Store) -> None:
    """L8: read your writes, every time."""
    for n in range(1, 100):
        await store.log.append_many([draft()])
        assert (await store.log.heads(["c"])) == {"c": n}
        assert [e.seq for e in await store.log.read("c", 0, ALL, 1, newest=True)] == [n]


async def test_read_pages(store: Store) -> None:
    await store.log.append_many([draft(text=str(n)) for n in range(1, 11)] + [draft("d")])

    async def read(after: int, upto: int, limit: int, newest: bool = False) -> list[int]:
        return [e.seq for e in await store.log.read("c", after, upto, limit, newest)]

    assert await read(0, ALL, 3) == [1, 2, 3]
    assert await read(0, ALL, 3, newest=True) == [8, 9, 10]
    assert await read(4, 7, 10) == [5, 6, 7]
    assert await read(4, 7, 2, newest=True) == [6, 7]
    assert await read(10, ALL, 5) == []
    assert await read(5, 5, 5) == []
    assert await read(0, ALL, 0) == []
    assert await read(0, ALL, 0, newest=True) == []
    assert await store.log.read("nowhere", 0, ALL, 5) == []


async def test_references(store: Store) -> None:
    """All that speaks of a message, but for replies."""
    drafts = [
        draft(),
        draft(),
        draft(ref=1),
        draft(kind=Kind.REACTION, ref=2),
        draft(kind=Kind.EDIT, ref=1),
        draft(kind=Kind.PIN, ref=3),
        draft("d", kind=Kind.PIN, ref=1),
    ]
    await store.log.append_many(drafts)
    assert [e.seq for e in await store.log.references("c", [2, 1])] == [4, 5]
    assert await store.log.references("c", []) == []
    assert await store.log.references("nowhere", [1]) == []


async def test_heads(store: Store) -> None:
    await store.log.append_many([draft("a"), draft("a"), draft("b")])
    assert await store.log.heads(["b", "nowhere", "a"]) == {"a": 2, "b": 1, "nowhere": 0}
    assert await store.log.heads([]) == {}


async def test_redact_leaves_tombstones(store: Store) -> None:
    await store.log.append_many([draft(mentions=("u-bob",)), draft(), draft("d")])
    await store.log.redact("c", [1, 7])
    await store.log.redact("nowhere", [1])
    first, second = await store.log.read("c", 0, ALL, 10)
    assert (first.redacted, first.content, first.sender) == (True, b"{}", "u-alice")
    assert not second.redacted
    assert (await store.cursors.unread("u-bob", {"c": 0}))["c"] == Unread(0, 1, 0)
