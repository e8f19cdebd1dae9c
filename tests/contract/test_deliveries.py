"""The promises of Deliveries, by number (ports/deliveries.py)."""

import pytest

from teahouse.model.deliveries import Delivery
from teahouse.model.errors import StoreUnavailable
from tests.contract.backends import Store

PHONE = Delivery("tea", "u-alice", "phone", 5, 100)
LAPTOP = Delivery("tea", "u-alice", "laptop", 3, 110)
BOB = Delivery("tea", "u-bob", "", 4, 120)


async def test_v1_watermarks_rise_and_keep_their_time(store: Store) -> None:
    """V1: in one call and over several."""
    await store.deliveries.record([PHONE, Delivery("tea", "u-alice", "phone", 4, 105), BOB])
    await store.deliveries.record([Delivery("tea", "u-alice", "phone", 5, 200), LAPTOP])
    assert list(await store.deliveries.of("tea", 9)) == [LAPTOP, PHONE, BOB]
    assert list(await store.deliveries.of("tea", 1)) == [LAPTOP]
    assert list(await store.deliveries.of("other", 9)) == []
    higher = Delivery("tea", "u-bob", "", 6, 130)
    await store.deliveries.record([higher])
    assert (await store.deliveries.of("tea", 9))[-1] == higher


async def test_v2_all_or_none(store: Store) -> None:
    """V2."""
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.deliveries.record([PHONE, BOB])
    await store.writable(True)
    assert list(await store.deliveries.of("tea", 9)) == []


async def test_v3_the_old_are_forgotten(store: Store) -> None:
    """V3."""
    await store.deliveries.record([PHONE, LAPTOP, BOB])
    assert await store.deliveries.expire(115) == 2
    assert list(await store.deliveries.of("tea", 9)) == [BOB]
    await store.deliveries.record([PHONE])
    assert list(await store.deliveries.of("tea", 9)) == [PHONE, BOB]
