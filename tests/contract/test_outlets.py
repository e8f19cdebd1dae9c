"""The promises of Outlets, by number (ports/outlets.py)."""

import pytest
from msgspec.structs import replace

from teahouse.model.changes import DropOutlet, PutOutlet
from teahouse.model.errors import StoreUnavailable
from teahouse.model.outlets import Lane, Outlet
from tests.contract.backends import Store
from tests.contract.making import draft

TEA = Outlet(
    id="o-2",
    url="https://example.org/tea",
    secret="whs_tea",
    creator="u-alice",
    created=5,
    since=6,
    conversation="tea",
    kinds=("message", "edit"),
    name="Tea",
    former="whs_old",
    former_until=9,
    paused="gone",
    failing=7,
    cause="500",
)
ALL = Outlet(id="o-1", url="https://example.org/all", secret="whs_all", creator="u-root", created=8, since=8)


async def test_w1_outlets_are_found_in_order(store: Store) -> None:
    """W1: at once, and after a restart; what is put again is replaced."""
    await store.directory.apply([PutOutlet(TEA), PutOutlet(ALL)])
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.outlets.page("", 10) == [ALL, TEA]
        assert await store.outlets.page("", 1) == [ALL]
        assert await store.outlets.page("o-1", 10) == [TEA]
    await store.directory.apply([PutOutlet(replace(TEA, paused=""))])
    assert (await store.outlets.page("o-1", 10))[0].paused == ""


async def test_w2_lanes_are_kept(store: Store) -> None:
    """W2: one an outlet and conversation, durable."""
    await store.directory.apply([PutOutlet(TEA), PutOutlet(ALL)])
    assert await store.outlets.lane("o-1", "tea") is None
    lane = Lane("o-1", "tea", 8, 3, 7, 2, 99)
    for kept in (lane, replace(lane, seq=9, tries=0, due=0)):
        await store.outlets.keep(kept)
        assert await store.outlets.lane("o-1", "tea") == kept
    if store.reopen is not None:
        await store.reopen()
    assert await store.outlets.lane("o-1", "tea") == replace(lane, seq=9, tries=0, due=0)
    assert await store.outlets.lane("o-2", "tea") is None


async def test_w2_what_cannot_be_kept_is_said(store: Store) -> None:
    """W2: StoreUnavailable."""
    await store.directory.apply([PutOutlet(ALL)])
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.outlets.keep(Lane("o-1", "tea", 8, 3, 7))
    await store.writable(True)
    assert await store.outlets.lane("o-1", "tea") is None


async def test_w3_lanes_go_with_their_outlet(store: Store) -> None:
    """W3: and do not come back."""
    await store.directory.apply([PutOutlet(TEA), PutOutlet(ALL)])
    for outlet in ("o-1", "o-2"):
        await store.outlets.keep(Lane(outlet, "tea", 8, 3, 7))
    await store.directory.apply([DropOutlet("o-1")])
    await store.outlets.keep(Lane("o-1", "tea", 8, 3, 8))
    assert await store.outlets.page("", 10) == [TEA]
    assert await store.outlets.lane("o-1", "tea") is None
    assert await store.outlets.lane("o-2", "tea") is not None


async def test_w4_lanes_that_are_behind(store: Store) -> None:
    """W4: in order, those after one."""
    await store.directory.apply([PutOutlet(TEA), PutOutlet(ALL)])
    await store.log.append_many([draft("tea"), draft("tea"), draft("milk")])
    behind = [Lane("o-1", "milk", 8, 0, 0), Lane("o-1", "tea", 8, 1, 1), Lane("o-2", "tea", 6, 1, 1)]
    for lane in behind:
        await store.outlets.keep(lane)
    assert await store.outlets.behind(("", ""), 10) == behind
    assert await store.outlets.behind(("o-1", "milk"), 1) == behind[1:2]
    await store.outlets.keep(replace(behind[1], seq=2))
    await store.outlets.keep(Lane("o-2", "nowhere", 6, 1, 1))
    assert await store.outlets.behind(("o-1", "milk"), 10) == behind[2:]
