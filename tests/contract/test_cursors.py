"""The promises of Cursors, by number (ports/cursors.py)."""

import asyncio

import pytest

from teahouse.model.entries import Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import EVERYBODY
from teahouse.model.marks import Advance, Mark, Unread
from tests.contract.backends import Store
from tests.contract.making import draft


async def unread(store: Store, user: str, since: int = 0) -> Unread:
    return (await store.cursors.unread(user, {"c": since}))["c"]


async def test_c1_watermarks_only_rise(store: Store) -> None:
    """C1: the largest ever put, each watermark by itself."""
    for delivered, read, cleared in ((5, 2, 0), (3, 4, 1), (4, 1, 0)):
        await store.cursors.advance([Advance("c", "u", delivered, read, cleared)])
    assert await store.cursors.marks("u", ["c"]) == {"c": Mark(5, 4, 1)}


async def test_c1_in_any_order(store: Store) -> None:
    """C1: calls at once, and several items for one mark in one call."""
    advances = [Advance("c", "u", read=n * 7 % 100) for n in range(100)]
    await asyncio.gather(*(store.cursors.advance([a, Advance("c", "u", delivered=a.read)]) for a in advances))
    assert await store.cursors.marks("u", ["c"]) == {"c": Mark(delivered=99, read=99)}


async def test_c1_settings_stay_until_chosen(store: Store) -> None:
    """UNSET leaves a setting as it is; the last choice holds."""
    await store.cursors.advance([Advance("c", "u", pinned=True, muted_until=-1)])
    await store.cursors.advance([Advance("c", "u", read=3, archived=True)])
    assert await store.cursors.marks("u", ["c"]) == {
        "c": Mark(read=3, pinned=True, archived=True, muted_until=-1)
    }
    await store.cursors.advance([Advance("c", "u", pinned=False, muted_until=0)])
    assert await store.cursors.marks("u", ["c"]) == {"c": Mark(read=3, archived=True)}


async def test_c2_marks_survive_a_restart(store: Store) -> None:
    """C2: durable when `advance` returns."""
    if store.reopen is None:
        pytest.skip("this backend keeps nothing")
    await store.cursors.advance([Advance("c", "u", read=3), Advance("d", "u", pinned=True)])
    await store.reopen()
    assert await store.cursors.marks("u", ["c", "d"]) == {"c": Mark(read=3), "d": Mark(pinned=True)}


async def test_c2_all_items_or_none(store: Store) -> None:
    """C2: a store that cannot write moves nothing, and says so."""
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.cursors.advance([Advance("c", "u", read=3), Advance("d", "u", read=3)])
    await store.writable(True)
    assert await store.cursors.marks("u", ["c", "d"]) == {}


async def test_marks_of_a_user_and_of_a_conversation(store: Store) -> None:
    await store.cursors.advance(
        [Advance("c", "u", read=1), Advance("c", "v", read=2), Advance("d", "u", read=3)]
    )
    assert await store.cursors.marks("u", ["c", "nowhere"]) == {"c": Mark(read=1)}
    assert await store.cursors.marks("u", []) == {}
    assert await store.cursors.everyone("c") == {"u": Mark(read=1), "v": Mark(read=2)}
    assert await store.cursors.everyone("nowhere") == {}


async def test_c3_messages_count_and_nothing_else(store: Store) -> None:
    """C3: entries of kind message that are not redacted."""
    kinds = [draft(kind=kind, ref=1) for kind in Kind if kind is not Kind.RECALL]
    await store.log.append_many([draft(), draft(), *kinds, draft(kind=Kind.RECALL, ref=2)])
    assert await unread(store, "u") == Unread(0, 2, 0)


@pytest.mark.parametrize(
    ("mark", "since", "floor"),
    [
        (Advance("c", "u", read=4), 0, 4),
        (Advance("c", "u", cleared=5), 2, 5),
        (Advance("c", "u", read=1, cleared=2), 6, 6),
        (Advance("c", "u", delivered=9), 0, 0),
        (Advance("c", "u", read=10), 3, 10),
        (Advance("c", "u", read=99), 0, 99),
    ],
)
async def test_c3_counting_starts_at_the_highest_mark(
    store: Store, mark: Advance, since: int, floor: int
) -> None:
    """C3: max(mark.read, mark.cleared, since) < seq."""
    await store.log.append_many([draft() for _ in range(10)])
    await store.cursors.advance([mark])
    assert await unread(store, "u", since) == Unread(floor, max(0, 10 - floor), 0)


async def test_c3_own_messages_count_as_read(store: Store) -> None:
    """C3: everything up to one's last own message; other own entries say nothing."""
    drafts = [draft(), draft(sender="u"), draft(), draft(sender="u", kind=Kind.PIN, ref=1), draft()]
    await store.log.append_many(drafts)
    assert await unread(store, "u") == Unread(2, 2, 0)
    await store.log.append_many([draft(sender="u"), draft(sender="u", kind=Kind.RECALL, ref=6)])
    assert await unread(store, "u") == Unread(6, 0, 0)


async def test_c3_mentions(store: Store) -> None:
    """C3: of the unread messages, those that mention one or everybody, each once."""
    drafts = [
        draft(mentions=("u",)),
        draft(mentions=(EVERYBODY, "u")),
        draft(mentions=("v",)),
        draft(mentions=(EVERYBODY,)),
        draft(kind=Kind.EDIT, ref=3, mentions=("u",)),
    ]
    await store.log.append_many(drafts)
    assert await unread(store, "u") == Unread(0, 4, 3)
    assert await unread(store, "u", since=2) == Unread(2, 2, 1)
    assert await unread(store, "nobody") == Unread(0, 4, 2)


async def test_c3_many_conversations_at_once(store: Store) -> None:
    """C3: each by itself, unknown ones, too."""
    await store.log.append_many([draft("a"), draft("a"), draft("b", mentions=("u",))])
    assert await store.cursors.unread("u", {"a": 1, "b": 0, "nowhere": 4}) == {
        "a": Unread(1, 1, 0),
        "b": Unread(0, 1, 1),
        "nowhere": Unread(4, 0, 0),
    }
    assert await store.cursors.unread("u", {}) == {}


async def test_c3_what_one_said_long_ago_counts(store: Store) -> None:
    """C3: whatever is looked at first."""
    await store.log.append_many([draft(), draft(sender="u")])
    for _ in range(2):
        await store.log.append_many([draft() for _ in range(350)])
    assert await unread(store, "u") == Unread(2, 700, 0)


async def test_c3_counting_stops_at_10_000(store: Store) -> None:
    """C3: a number that nobody reads is not worth counting."""
    await store.log.append_many([draft(sender="u")])
    for size in (*[500] * 20, 1):  # as calls are: nobody's transactions have to hold ten thousand
        await store.log.append_many([draft() for _ in range(size)])
    assert (await unread(store, "u", since=1)).unread == 10_000
    assert (await unread(store, "u", since=2)).unread == 10_000
    assert (await unread(store, "u", since=3)).unread == 9_999
