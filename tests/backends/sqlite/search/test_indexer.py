"""The indexer: catches up after any end, makes the index anew, and leaves nothing of what was erased."""

import asyncio
from pathlib import Path

import apsw
import pytest

from teahouse.backends.sqlite.search import document, indexer
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.store import FILE, SqliteStore
from teahouse.model.entries import Draft, Kind
from teahouse.model.query import Phrase
from teahouse.model.searching import Criteria, Window

EVERYWHERE = [Window("c", 0, 2**53)]


def message(text: str, kind: Kind = Kind.MESSAGE, ref: int | None = None) -> Draft:
    return Draft("c", kind, "u", "n", 1, b'{"body":{"type":"text","text":"%s"}}' % text.encode(), ref=ref)


async def seqs(store: SqliteStore, *words: str) -> list[int]:
    criteria = Criteria(phrases=(Phrase(words),) if words else ())
    return [entry.seq for entry in await store.finder.find(criteria, EVERYWHERE, None, 1000)]


async def found(store: SqliteStore, *words: str) -> list[int]:
    """Once there is anything."""
    async with asyncio.timeout(10):
        while not (hits := await seqs(store, *words)):  # noqa: ASYNC110 - that is what a client would do
            await asyncio.sleep(0.01)
    return hits


async def test_what_was_not_indexed_before_the_end_is_indexed_after_the_start(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.log.append_many([message("early")])
    await store.finder.caught_up()
    await store.log.append_many([message("late tea"), message("later", Kind.EDIT, 1)])
    await store.close()  # before the indexer has taken its first breath
    again = SqliteStore(tmp_path)
    assert await seqs(again, "late") == [], "the entries are ahead of the index"
    again.indexer.wake()
    assert await found(again, "late") == [2]
    assert await seqs(again, "later") == [1]
    assert await seqs(again, "early") == []
    await again.close()


async def test_a_step_that_was_not_committed_is_done_again(tmp_path: Path) -> None:
    """Documents and position are one transaction."""
    store = SqliteStore(tmp_path)
    await store.log.append_many([message("tea")])
    await store._writer.submit(lambda d, r, c: ([Statement("PRAGMA query_only = on")], r), None)
    with pytest.raises(Exception, match="ReadOnly"):
        await store.finder.caught_up()
    await store._writer.submit(lambda d, r, c: ([Statement("PRAGMA query_only = off")], r), None)
    await store.finder.caught_up()
    assert await seqs(store, "tea") == [1]
    await store.close()


async def test_the_indexer_goes_on_when_the_disk_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "RETRY_S", 0.05)
    store = SqliteStore(tmp_path)
    await store.log.append_many([message("tea")])
    await store._writer.submit(lambda d, r, c: ([Statement("PRAGMA query_only = on")], r), None)
    await asyncio.sleep(0.2)
    await store._writer.submit(lambda d, r, c: ([Statement("PRAGMA query_only = off")], r), None)
    assert await found(store, "tea") == [1]
    await store.close()


async def test_an_index_of_another_version_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(tmp_path)
    await store.log.append_many([message(f"tea {n}") for n in range(300)])
    await store.finder.caught_up()
    await store.close()
    monkeypatch.setattr(indexer, "VERSION", document.VERSION + 1)
    again = SqliteStore(tmp_path)
    await again.finder.caught_up()
    assert len(await seqs(again, "tea")) == 300
    await again.log.append_many([message("", Kind.RECALL, 7)])
    assert len(await seqs(again, "tea")) == 299
    await again.close()


async def test_what_is_read_for_the_index_and_then_recalled_is_not_written(tmp_path: Path) -> None:
    """The recall comes between reading an entry and writing it into the index."""
    store = SqliteStore(tmp_path)
    await store.log.append_many([message("tea"), message("water"), message("wine", Kind.EDIT, 2)])
    news = await store._searchers.run(lambda database: indexer._read(0, database))
    assert news is not None
    await store.log.append_many([message("", Kind.RECALL, 1), message("", Kind.RECALL, 2)])
    await store._writer.submit(indexer.plan, news)
    assert await seqs(store) == []
    await store.close()


@pytest.mark.parametrize("erase", ["recall", "redact", "edit"])
async def test_nothing_of_it_is_left_in_the_file(tmp_path: Path, erase: str) -> None:
    """Neither in the text that the index keeps nor among its words."""
    store = SqliteStore(tmp_path)
    for n in range(40):  # several segments, some of them merged
        texts = [f"common{n % 7} words{n} tea" for _ in range(20)]
        await store.log.append_many([message(text) for text in texts])
        await store.finder.caught_up()
    await store.log.append_many([message("before xyzzysecret after"), message("xyzzylonely")])
    await store.finder.caught_up()
    assert await seqs(store, "xyzzysecret") == [801]
    await store.log.append_many([message("common1 more tea")])
    await store.finder.caught_up()
    if erase == "recall":
        await store.log.append_many([message("", Kind.RECALL, 801), message("", Kind.RECALL, 802)])
    elif erase == "redact":
        await store.log.redact("c", [801, 802])
    else:
        await store.log.append_many([message("new", Kind.EDIT, 801), message("newer", Kind.EDIT, 802)])
    await store.finder.caught_up()
    await store.close()  # folds the write-ahead log into the file
    data = (tmp_path / FILE).read_bytes()
    if erase == "edit":  # the log keeps what was said before; the index does not
        database = apsw.Connection(str(tmp_path / FILE))
        kept = [block for (block,) in database.execute("SELECT block FROM finding_data")]
        kept += [words.encode() for (words,) in database.execute("SELECT c1 FROM finding_content")]
        kept += [
            term if isinstance(term, bytes) else term.encode()
            for (term,) in database.execute("SELECT term FROM finding_idx")
        ]
        database.close()
        data = b"|".join(kept)
    assert b"xyzzy" not in data
    assert b"yzzysecret" not in data, "nor what a word has besides the one before it"
    again = SqliteStore(tmp_path)
    assert len(await seqs(again, "tea")) == 801
    await again.close()


async def test_the_index_is_sound_after_much_erasing(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    for n in range(30):
        await store.log.append_many([message(f"w{m} tea 茶{m % 3}") for m in range(20)])
        await store.finder.caught_up()
        await store.log.redact("c", list(range(n * 20 + 1, n * 20 + 15)))
    assert len(await seqs(store, "tea")) == 30 * 6
    check = Statement("INSERT INTO finding (finding, rank) VALUES ('integrity-check', 1)")
    await store._writer.submit(lambda d, r, c: ([check], r), None)
    await store.close()
