"""The ways a search goes, narrow and wide: all of them find the same."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from teahouse.backends.sqlite.search import finder
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.entries import Draft, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.query import Phrase
from teahouse.model.searching import Criteria, Window

END = 2**53
TEA = Criteria(phrases=(Phrase(("tea",)),))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "data")
    for n in range(60):
        text = "tea" if n % 3 else "water"
        content = b'{"body":{"type":"text","text":"%s"}}' % text.encode()
        await store.log.append_many([Draft(f"c{n % 10}", Kind.MESSAGE, "u", "n", n, content)])
    await store.finder.caught_up()
    yield store
    await store.close()


async def places(store: SqliteStore, windows: list[Window], limit: int) -> list[tuple[str, int]]:
    return [(e.conversation, e.seq) for e in await store.finder.find(TEA, windows, None, limit)]


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
async def test_all_ways_find_the_same(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    windows = [Window(f"c{n}", n % 2, END) for n in (0, 3, 4, 5, 7, 9)]
    expected = (await places(store, windows, 100))[:limit]
    assert len(expected) == min(limit, 22)
    for few, narrow, through in itertools.product((0, 3, 100), (1, 2, 5, 100), (0, 1, 10, 1000)):
        monkeypatch.setattr(finder, "FEW", few)
        monkeypatch.setattr(finder, "NARROW", narrow)
        monkeypatch.setattr(finder, "GONE_THROUGH", through)
        assert await places(store, windows, limit) == expected, (few, narrow, through)


async def test_a_search_that_takes_too_long_is_ended(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "PATIENCE_S", -1.0)
    monkeypatch.setattr(finder, "LOOKED_AT", 1)
    with pytest.raises(Problem) as refused:
        await places(store, [Window("c1", 0, END)], 100)
    assert refused.value.code is Code.UNAVAILABLE
    monkeypatch.undo()
    assert await places(store, [Window("c1", 0, END)], 100)
