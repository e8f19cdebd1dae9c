"""The promises of Stays, by number (ports/stays.py)."""

import pytest

from teahouse.model.errors import StoreUnavailable
from teahouse.model.stays import Stay
from tests.contract.backends import Store

ALICE = Stay("u-alice", "phone", 1_000, b'{"filters":[]}\x00\xff')
BOB = Stay("u-bob", "phone", 2_000, b"")


async def test_y1_keeps_the_whole_one_a_client(store: Store) -> None:
    await store.stays.keep(ALICE)
    await store.stays.keep(BOB)
    assert await store.stays.of("u-alice", "phone") == ALICE
    assert await store.stays.of("u-bob", "phone") == BOB
    assert await store.stays.of("u-alice", "desk") is None
    later = Stay("u-alice", "phone", 5_000, b"other")
    await store.stays.keep(later)
    assert await store.stays.of("u-alice", "phone") == later


async def test_y1_is_durable_or_says_so(store: Store) -> None:
    await store.stays.keep(ALICE)
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.stays.keep(Stay("u-alice", "phone", 9_000, b"new"))
    with pytest.raises(StoreUnavailable):
        await store.stays.drop("u-alice", "phone")
    await store.writable(True)
    if store.reopen is not None:
        await store.reopen()
    assert await store.stays.of("u-alice", "phone") == ALICE


async def test_y3_drops_and_may_do_so_again(store: Store) -> None:
    await store.stays.keep(ALICE)
    await store.stays.keep(BOB)
    for _ in range(2):
        await store.stays.drop("u-alice", "phone")
        assert await store.stays.of("u-alice", "phone") is None
    assert await store.stays.of("u-bob", "phone") == BOB


async def test_y4_forgets_what_expired_before(store: Store) -> None:
    await store.stays.keep(ALICE)
    await store.stays.keep(BOB)
    assert await store.stays.expire(1_000) == 0
    assert await store.stays.expire(1_001) == 1
    assert await store.stays.of("u-alice", "phone") is None
    assert await store.stays.of("u-bob", "phone") == BOB
