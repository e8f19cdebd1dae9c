"""The index of search when several nodes write it, and one of them dies."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.search import indexer
from teahouse.backends.sql.store import SqlStore
from teahouse.backends.sql.tables.finding import finding, follower, news
from teahouse.backends.sql.tables.log import entry
from teahouse.model.entries import Draft, Kind
from teahouse.model.query import parse
from teahouse.model.searching import Criteria, Window
from tests.contract.making import draft

pytestmark = pytest.mark.service

Pair = tuple[SqlStore, SqlStore]
END = 2**53


def saying(text: str, **fields: Any) -> Draft:
    content = json.dumps({"body": {"type": "text", "text": text}}, ensure_ascii=False).encode()
    return Draft(**{**_fields(**fields), "content": content})


def _fields(**fields: Any) -> dict[str, Any]:
    made = draft(**fields)
    return {name: getattr(made, name) for name in made.__struct_fields__}


async def find(store: SqlStore, text: str) -> list[int]:
    criteria = Criteria(phrases=tuple(parse(text).phrases))
    found = await store.finder.find(criteria, [Window("c", 0, END)], None, 1000)
    return sorted(entry.seq for entry in found)


async def rows(store: SqlStore, table: Any, *where: Any) -> int:
    wanted = select(func.count()).select_from(table).where(*where)
    return int((await store.database.fetch(wanted))[0][0])


async def test_what_any_node_wrote_is_found_on_any(pair: Pair) -> None:
    """S5: caught_up waits also for what another node has just taken."""
    for n in range(6):
        await asyncio.gather(
            *(store.log.append_many([saying(f"tea {n} {m}") for m in range(30)]) for store in pair)
        )
        await asyncio.gather(*(store.finder.caught_up() for store in pair))
        for store in pair:
            assert len(await find(store, "tea")) == 60 * (n + 1)
    assert await rows(pair[0], news) == 0


async def test_what_is_recalled_while_it_is_indexed_leaves_nothing(pair: Pair) -> None:
    """S6: no words of it stay in the index, whoever was first."""
    here, there = pair
    for n in range(12):
        await here.log.append_many([saying(f"secret {n} {m}") for m in range(4)])
        recalls = [saying("", kind=Kind.RECALL, ref=8 * n + m + 1) for m in range(4)]
        await asyncio.gather(
            here.finder.caught_up(), there.log.append_many(recalls), there.finder.caught_up()
        )
        assert await find(here, "secret") == []
    await here.finder.caught_up()
    redacted = select(entry.c.id).where(entry.c.redacted)
    assert await rows(here, finding, finding.c.entry.in_(redacted)) == 0


async def test_the_newest_edit_is_found_whoever_indexed_it(pair: Pair) -> None:
    here, there = pair
    await here.log.append_many([saying(f"first {n}") for n in range(8)])
    for turn in range(5):
        edits = [saying(f"turn{turn} {n}", kind=Kind.EDIT, ref=n + 1) for n in range(8)]
        await asyncio.gather(there.log.append_many(edits), here.finder.caught_up(), there.finder.caught_up())
    await asyncio.gather(here.finder.caught_up(), there.finder.caught_up())
    assert await find(here, "turn4") == list(range(1, 9))
    assert await find(there, "turn3") == []
    assert await rows(here, finding, finding.c.term == "turn3") == 0
    assert await rows(here, finding, finding.c.term == "turn4") == 8


async def test_what_a_dead_node_left_others_index(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """S5: within moments, without being asked."""
    monkeypatch.setattr(indexer, "LOOK_S", 0.05)
    dead, alive = SqlStore(SqlOptions(url=url)), SqlStore(SqlOptions(url=url))
    await dead.open()
    await alive.open()
    await dead.indexer.stop()
    monkeypatch.setattr(dead.indexer, "wake", lambda: None)
    dead.log._appender._news = lambda: None
    await dead.log.append_many([saying("tea")])
    async with asyncio.timeout(10):
        while await find(alive, "tea") != [1]:  # noqa: ASYNC110 - another node
            await asyncio.sleep(0.02)
    await dead.close()
    await alive.close()


@pytest.mark.parametrize("how", ["version", "asked"])
async def test_an_index_is_made_anew(pair: Pair, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small steps, also of what is written meanwhile."""
    monkeypatch.setattr(indexer, "WINDOW", 3)
    store, _ = pair
    await store.log.append_many([saying(f"tea {n}") for n in range(10)])
    await store.log.append_many([saying("water", kind=Kind.EDIT, ref=2)])
    await store.log.redact("c", [3])
    await store.finder.caught_up()
    if how == "version":
        await store.database.transact(lambda c: c.execute(update(follower).values(version=-1)))
    else:
        await store.database.transact(indexer.renew)
    await store.database.transact(lambda c: c.execute(delete(finding).where(finding.c.entry > 5)))
    store.indexer._current = False
    await asyncio.gather(store.finder.caught_up(), store.log.append_many([saying("tea")]))
    await store.finder.caught_up()
    assert await find(store, "tea") == [1, 4, 5, 6, 7, 8, 9, 10, 12]
    assert await find(store, "water") == [2]
