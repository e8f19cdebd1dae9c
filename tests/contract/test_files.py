"""The promises of Files (ports/files.py), over every store."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.model.accounts import Account, AccountChange
from teahouse.model.changes import PutConversation, PutMember, PutPosting
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.files import Allowance, File, FileState, Posting
from tests.contract.backends import Store
from tests.contract.making import draft

ROOMY = Allowance(10**12, 1000)


def upload(name: str = "f1", **fields: Any) -> File:
    return File(
        **{"id": name, "owner": "u-alice", "name": "a", "size": 10, "created": 5, "expires": 100, **fields}
    )


async def ready(store: Store, name: str, **fields: Any) -> File:
    file = upload(name, **fields)
    await store.files.begin(file, ROOMY)
    assert await store.files.finish(file)
    return file


async def carry(store: Store, file: str, conversation: str = "c", **fields: Any) -> int:
    changes = (PutPosting(file, conversation),)
    (appended,) = await store.log.append_many([draft(conversation, changes=changes, **fields)])
    return appended.seq


async def member(store: Store, conversation: str, user: str, **fields: Any) -> None:
    await store.directory.apply(
        [
            PutConversation(Conversation(conversation, ConversationKind.GROUP)),
            PutMember(Member(conversation, user, user, **fields)),
        ]
    )


async def test_f1_f2_from_upload_to_file(store: Store) -> None:
    begun = upload()
    await store.files.begin(begun, ROOMY)
    assert await store.files.file("f1") == begun
    done = replace(begun, size=9, mime="image/png", sha256="ab", width=3, height=4)
    assert await store.files.finish(done)
    wanted = replace(done, state=FileState.READY, expires=0)
    assert await store.files.file("f1") == wanted
    assert not await store.files.finish(done)
    assert not await store.files.finish(upload("f2"))
    assert await store.files.file("f2") is None
    if store.reopen is not None:
        await store.reopen()
        assert await store.files.file("f1") == wanted


async def test_f1_of_those_that_overlap_only_some_are_let_in(store: Store) -> None:
    begun = [store.files.begin(upload(f"f{n}"), Allowance(1000, 3)) for n in range(10)]
    begun += [
        store.files.begin(upload(f"g{n}", owner="u-bob", size=400), Allowance(1000, 9)) for n in range(9)
    ]
    outcomes = await asyncio.gather(*begun, return_exceptions=True)
    refused = [o for o in outcomes if isinstance(o, Problem) and o.code is Code.CONFLICT]
    assert (outcomes[:10].count(None), outcomes[10:].count(None), len(refused)) == (3, 2, 14)


async def test_f1_what_is_gone_does_not_count(store: Store) -> None:
    tight = Allowance(10, 1)
    await store.files.begin(upload("f1"), tight)
    for _ in range(2):
        with pytest.raises(Problem):
            await store.files.begin(upload("f2"), tight)
    assert await store.files.drop("f1")
    await store.files.begin(upload("f2"), tight)
    await store.files.finish(replace(upload("f2"), size=4))
    with pytest.raises(Problem):
        await store.files.begin(upload("f3", size=7), tight)
    await store.files.begin(upload("f3", size=6), tight)


async def test_f3_a_posting_is_noted_with_its_entry(store: Store) -> None:
    await ready(store, "f1")
    await member(store, "c", "u-bob")
    await member(store, "d", "u-bob", left=1)
    await member(store, "e", "u-eve")
    await store.log.append_many([draft("c")])
    for conversation in ("c", "c", "d", "e", "lobby"):
        await carry(store, "f1", conversation)
    lobby = Posting("lobby", 1)
    assert await store.files.postings("f1", "u-bob") == [
        Posting("c", 2),
        Posting("c", 3),
        Posting("d", 1),
        lobby,
    ]
    assert await store.files.postings("f1", "u-nobody") == [lobby]
    assert await store.files.postings("f2", "u-bob") == []


async def test_f3_a_repeated_entry_posts_nothing(store: Store) -> None:
    await ready(store, "f1")
    await carry(store, "f1", "lobby", cid="k")
    await carry(store, "f1", "lobby", cid="k")
    assert await store.files.postings("f1", "u") == [Posting("lobby", 1)]


async def test_f3_a_recall_takes_the_file_along(store: Store) -> None:
    for name in ("f1", "f2", "f3"):
        await ready(store, name)
    seq = await carry(store, "f1", "lobby")
    await carry(store, "f2", "lobby", kind=Kind.EDIT, ref=seq)
    await carry(store, "f3", "lobby")
    await store.log.append_many([draft("lobby", kind=Kind.RECALL, ref=seq)])
    assert [await store.files.file(name) is not None for name in ("f1", "f2", "f3")] == [False, False, True]
    assert list(await store.files.doomed(0, 9)) == ["f1", "f2"]
    assert await store.files.postings("f1", "u") == []


async def test_f3_a_file_that_another_entry_carries_stays(store: Store) -> None:
    await ready(store, "f1")
    first, second = await carry(store, "f1", "lobby"), await carry(store, "f1", "c")
    await store.log.append_many([draft("lobby", kind=Kind.RECALL, ref=first)])
    assert await store.files.file("f1") is not None
    await store.log.redact("c", [second])
    assert await store.files.file("f1") is None


async def test_f3_an_avatar_stays(store: Store) -> None:
    """Of its owner, or of a conversation; that of somebody else with the same file does not count."""
    for name in ("f1", "f2", "f3"):
        await ready(store, name)
    await store.accounts.create(Account(id="u-alice", name="alice", nick="alice", avatar="f1"), None)
    await store.accounts.create(Account(id="u-eve", name="eve", nick="eve", avatar="f3"), None)
    await store.directory.apply([PutConversation(Conversation("d", ConversationKind.GROUP, avatar="f2"))])
    seqs = [await carry(store, name) for name in ("f1", "f2", "f3")]
    await store.log.redact("c", seqs)
    assert [await store.files.file(name) is not None for name in ("f1", "f2", "f3")] == [True, True, False]
    assert await store.files.drop("f1")  # its owner may take it away all the same
    await store.accounts.change("u-alice", AccountChange(avatar=""))


async def test_f3_several_that_are_redacted_at_once(store: Store) -> None:
    await ready(store, "f1")
    seqs = [await carry(store, "f1", "lobby") for _ in range(3)]
    await store.log.redact("lobby", seqs[:2])
    assert await store.files.postings("f1", "u") == [Posting("lobby", 3)]
    await store.log.redact("lobby", seqs)
    assert await store.files.file("f1") is None


async def test_f3_message_and_recall_in_one_call(store: Store) -> None:
    await ready(store, "f1")
    posted = draft("lobby", changes=(PutPosting("f1", "lobby"),))
    await store.log.append_many([posted, draft("lobby", kind=Kind.RECALL, ref=1)])
    assert await store.files.file("f1") is None
    assert await store.files.postings("f1", "u") == []


async def test_f4_what_is_carried_is_not_dropped(store: Store) -> None:
    await ready(store, "f1")
    await ready(store, "f2")
    await carry(store, "f1", "lobby")
    assert not await store.files.drop("f1")
    assert await store.files.drop("f2")
    assert not await store.files.drop("f3")
    assert [await store.files.file(name) is not None for name in ("f1", "f2")] == [True, False]


async def test_e1_e2_what_is_doomed_and_forgotten(store: Store) -> None:
    await ready(store, "f1")
    await ready(store, "f2")
    await store.files.begin(upload("f3", expires=50), ROOMY)
    await store.files.begin(upload("f4", expires=51), ROOMY)
    await store.files.drop("f2")
    assert list(await store.files.doomed(50, 9)) == ["f2", "f3"]
    assert list(await store.files.doomed(50, 1)) == ["f2"]
    await store.files.forget(["f1", "f2", "f3", "f9"])
    assert list(await store.files.doomed(50, 9)) == ["f3"]
    assert await store.files.file("f1") is not None
    await store.files.forget([])


async def test_e3_released_for_entries_elsewhere(store: Store) -> None:
    """E3: GONE, but what an entry here carries, and avatars."""
    for name in ("f1", "f2", "f3", "f4"):
        await ready(store, name)
    await carry(store, "f2", "lobby")
    await store.accounts.create(Account(id="u-alice", name="alice", nick="alice", avatar="f3"), None)
    await store.directory.apply([PutConversation(Conversation("d", ConversationKind.GROUP, avatar="f4"))])
    await store.files.release(["f1", "f2", "f3", "f4", "f9"])
    await store.files.release([])
    found = [await store.files.file(name) is not None for name in ("f1", "f2", "f3", "f4")]
    assert found == [False, True, True, True]


async def test_f5_what_one_has(store: Store) -> None:
    made = [await ready(store, f"f{n}") for n in range(4)]
    await ready(store, "g1", owner="u-bob")
    await store.files.begin(upload("f8"), ROOMY)
    await store.files.drop("f2")
    wanted = [replace(file, state=FileState.READY, expires=0) for file in (made[3], made[1], made[0])]
    assert await store.files.owned("u-alice", "", 9) == wanted
    assert await store.files.owned("u-alice", "", 2) == wanted[:2]
    assert await store.files.owned("u-alice", "f1", 9) == wanted[2:]
    assert await store.files.owned("u-nobody", "", 9) == []


async def test_a_store_that_cannot_write(store: Store) -> None:
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.files.begin(upload(), ROOMY)
    await store.writable(True)
    await store.files.begin(upload(), ROOMY)
