"""What two nodes expect of one database at the same moment, by entries and without (L10, L11, D5)."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.backends.sql.store import SqlStore
from teahouse.model.changes import SEQ_OF_ENTRY, Expect, PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Draft, Kind, Refusal
from teahouse.model.errors import Overtaken
from tests.contract.making import draft

pytestmark = pytest.mark.service

Pair = tuple[SqlStore, SqlStore]
GROUP = Conversation("c", ConversationKind.GROUP, "0", revision=1)
BOB = Member("c", "u-bob", "bob", joined=1)


async def begin(pair: Pair) -> None:
    changes = (PutConversation(GROUP), PutMember(BOB))
    await pair[0].log.append_many([draft("c", "{}", kind=Kind.CONVERSATION, changes=changes)])


async def settings(store: SqlStore) -> Conversation:
    known = await store.directory.conversation("c")
    assert known is not None
    return known


async def raise_title(store: SqlStore, by_entry: bool) -> None:
    """One more than it is, however often another was faster."""
    while True:
        before = await settings(store)
        after = replace(before, title=str(int(before.title) + 1))
        changes = (PutConversation(after), Expect("c", before))
        if by_entry:
            entry = Draft("c", Kind.CONVERSATION, "u", "n", 1, b"{}", changes=changes)
            (done,) = await store.log.append_many([entry])
            if done.refused is None:
                return
            assert done.refused is Refusal.OVERTAKEN
        else:
            try:
                await store.directory.apply(changes)
            except Overtaken:
                continue
            return


async def test_nodes_that_change_the_same_come_one_after_the_other(pair: Pair) -> None:
    """Of eight at once, half of them by entries, none is lost."""
    await begin(pair)
    for _ in range(3):
        await asyncio.gather(*(raise_title(pair[n % 2], n % 4 < 2) for n in range(8)))
    assert (await settings(pair[0])).title == "24"
    assert await pair[1].log.heads(["c"]) == {"c": 13}


async def test_the_last_places_are_given_once(pair: Pair) -> None:
    """By entries and without."""
    await begin(pair)

    async def join(n: int) -> bool:
        store, room = pair[n % 2], Expect("c", GROUP, ((f"u{n}", None),), most=5)
        if n % 4 < 2:
            member = PutMember(Member("c", f"u{n}", f"n{n}", joined=SEQ_OF_ENTRY))
            (done,) = await store.log.append_many(
                [draft("c", "{}", kind=Kind.MEMBER, changes=(member, room))]
            )
            return done.refused is None
        try:
            await store.directory.apply([PutMember(Member("c", f"u{n}", f"n{n}", joined=1)), room])
        except Overtaken:
            return False
        return True

    done = await asyncio.gather(*(join(n) for n in range(20)))
    assert done.count(True) == 5
    assert len(await pair[0].directory.members("c")) == 6


async def test_nothing_of_who_was_removed_follows_the_entry_that_says_so(pair: Pair) -> None:
    """While both nodes write as fast as they can."""
    await begin(pair)
    gone = PutMember(replace(BOB, left=SEQ_OF_ENTRY))
    removing = asyncio.ensure_future(
        pair[0].log.append_many([draft("c", "{}", kind=Kind.MEMBER, changes=(gone,))])
    )
    said: list[int] = []
    refused = 0
    while refused < 40:
        drafts = [draft("c", "hi", sender="u-bob", judged=1) for _ in range(8)]
        calls = await asyncio.gather(*(pair[1].log.append_many([one]) for one in drafts))
        said += [done.seq for (done,) in calls if done.refused is None]
        refused += sum(done.refused is Refusal.OUT for (done,) in calls)
    removed = (await removing)[0].seq
    assert all(seq < removed for seq in said)
    assert await pair[0].log.heads(["c"]) == {"c": len(said) + 2}


async def test_who_was_judged_by_the_last_change_is_not_looked_up(pair: Pair) -> None:
    """What nearly every draft is: the row that is locked anyway says that nothing changed since."""
    await begin(pair)
    await pair[0].directory.apply([PutMember(replace(BOB, left=1))])  # as if nobody could know
    (done,) = await pair[1].log.append_many([draft("c", "hi", sender="u-bob", judged=1)])
    assert done.refused is None
    (done,) = await pair[1].log.append_many([draft("c", "hi", sender="u-bob", judged=0)])
    assert done.refused is Refusal.OUT
