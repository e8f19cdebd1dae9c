"""An installation goes into MongoDB and out of it, row by row, and what was put stands as if it had been said there."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bson.objectid import ObjectId
from msgspec.structs import replace

from teahouse.backends.mongodb.archive import MongoArchive
from teahouse.backends.mongodb.archived import ORDER
from teahouse.backends.mongodb.history import Elsewhere, MongoHistory
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.archive import KINDS
from teahouse.model.changes import PutPosting, PutReply
from teahouse.model.entries import Draft, Kind
from teahouse.model.searching import Window
from teahouse.ops.moving import CannotMove, Ledger, Move
from tests.backends.mongodb.histories import Nodes, nodes_on
from tests.contract.test_search import asking, saying
from tests.ops.test_moving import everything, quiet
from tests.support.mongo import shared
from tests.support.rows import installation

pytestmark = pytest.mark.service

LOG = {
    kind.name: kind
    for kind in KINDS
    if kind.name in ("entry", "mention", "reply", "posting", "lane", "outlet")
}


@pytest.fixture
async def nodes() -> AsyncIterator[Nodes]:
    async with nodes_on(shared()) as nodes:
        yield nodes


@pytest.fixture
async def beside(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """What has everything that is not in MongoDB."""
    store = SqliteStore(tmp_path / "beside")
    yield store
    await store.close()


@pytest.fixture
async def archive(nodes: Nodes, beside: SqliteStore) -> MongoArchive:
    history = await nodes.open()
    archive = history.archive(beside.archive)
    await archive.begin()
    return archive


async def test_what_was_put_is_given_page_by_page(archive: MongoArchive) -> None:
    """Z1, whatever the size of a page; entries in the order in which they were put."""
    put = dict(installation(40))
    for kind, rows in put.items():
        await archive.put(kind, rows)
    for limit in (1, 7, 40, 1000):
        for kind in LOG.values():
            rows, place = await archive.page(kind, None, limit)
            while place is not None:
                more, place = await archive.page(kind, place, limit)
                assert len(more) <= limit
                rows += more
            same = rows if kind.name == "entry" else sorted(rows, key=repr)
            assert same == (put[kind] if kind.name == "entry" else sorted(put[kind], key=repr)), (kind, limit)
    for kind in KINDS:
        assert await archive.count(kind) == len(put[kind]), kind


async def test_what_is_put_again_is_there_once(archive: MongoArchive) -> None:
    """Z2, also when a part of it was put before, as a killed process leaves it."""
    put = dict(installation(40))
    entries = put[LOG["entry"]]
    await archive.put(LOG["entry"], entries[:11])
    await archive.put(LOG["entry"], entries)
    for kind, rows in put.items():
        await archive.put(kind, rows)
        await archive.put(kind, rows[-9:])
    found = await everything(archive)
    assert found == {k.name: rows if k.name == "entry" else sorted(rows, key=repr) for k, rows in put.items()}


async def test_a_row_takes_the_place_of_another(archive: MongoArchive) -> None:
    """Z2: what hangs on it are rows of their own."""
    row = ("c", 1, 0, "u", "ada", 5, b'{"body":{"type":"text","text":"tea"}}', "k", None, 0)
    await archive.put(LOG["entry"], [row, ("c", 2, 0, "u", "ada", 6, b"{}", None, None, 0)])
    await archive.put(LOG["mention"], [("c", 1, "v"), ("c", 1, "w")])
    other = ("c", 1, 0, "u", "ada", 5, b"{}", None, None, 1)
    await archive.put(LOG["entry"], [other])
    found = await everything(archive)
    assert found["entry"][0] == other
    assert found["mention"] == [("c", 1, "v"), ("c", 1, "w")]


async def test_entries_come_in_the_order_of_commits(nodes: Nodes, beside: SqliteStore) -> None:
    """Not in that of their ids, which each node makes by its own clock."""
    history = await nodes.open()
    archive = history.archive(beside.archive)
    late, early = ObjectId("f" * 24), ObjectId("0" * 24)
    document = {"kind": "message", "sender": "u", "nick": "ada", "at": 1, "content": b"{}"}
    entries = history.log._connection.entries
    await entries.insert_one({"_id": late, "conversation": "c", "seq": 1, "order": 10, **document})
    await entries.insert_one({"_id": early, "conversation": "c", "seq": 2, "order": 11, **document})
    await archive.begin()
    rows, _ = await archive.page(LOG["entry"], None, 9)
    assert [row[1] for row in rows] == [1, 2]


async def test_a_lane_without_its_outlet_stays_behind(archive: MongoArchive) -> None:
    """A database would refuse it."""
    lanes = [("o1", "c", 0, 0, 1, 0, 0), ("o2", "c", 0, 0, 1, 0, 0)]
    await archive.put(LOG["outlet"], [("o1", "c", "{}")])
    await archive.put(LOG["lane"], lanes)
    assert (await archive.page(LOG["lane"], None, 9), await archive.count(LOG["lane"])) == (
        (lanes[:1], None),
        1,
    )


async def test_the_index_that_moving_needs_goes_again(archive: MongoArchive) -> None:
    entries = archive._connection.entries
    await archive.begin()
    assert ORDER["name"] in await entries.index_information()
    await archive.finish()
    await archive.finish()
    assert ORDER["name"] not in await entries.index_information()


async def test_what_was_moved_goes_on(nodes: Nodes, tmp_path: Path) -> None:
    """Found by what it says now, counted, in its thread, with its file; keys are known, and seqs go on."""
    file = f"f{'0' * 31}"
    old, new = SqliteStore(tmp_path / "old"), SqliteStore(tmp_path / "new")
    first = saying("绿茶 oolong", cid="k")
    drafts = [
        first,
        saying("milk"),
        replace(saying("for you"), mentions=("u-bob",), changes=(PutReply("c", 1), PutPosting(file, "c"))),
        replace(saying("earl grey"), kind=Kind.EDIT, ref=1),
        replace(saying("darjeeling"), kind=Kind.EDIT, ref=1),
        replace(saying(""), kind=Kind.RECALL, content=b"{}", ref=2),
        replace(saying(""), kind=Kind.PIN, content=b'{"on":true}', ref=1),
        saying("elsewhere", conversation="d"),
    ]
    try:
        await old.log.append_many(drafts)
        elsewhere = Elsewhere(**{f.name: getattr(new, f.name) for f in dataclasses.fields(Elsewhere)})
        history = await nodes.open(**vars(elsewhere))
        archive = history.archive(new.archive)
        await archive.begin()
        move = Move(old.archive, archive, Ledger("old", "mongodb", {}), tmp_path / "ledger")
        await move.run(quiet)
        await move.verify(quiet)
        await goes_on(history, first, file)
    finally:
        await old.close()
        await new.close()


async def test_a_document_that_differs_is_found(archive: MongoArchive, tmp_path: Path) -> None:
    """One that was changed, one that is missing, and a mention that is there no more."""
    old = SqliteStore(tmp_path / "old")
    for kind, rows in installation(9):
        await old.archive.put(kind, rows)
    move = Move(old.archive, archive, Ledger("old", "mongodb", {}), tmp_path / "ledger")
    await move.run(quiet)
    await old.close()
    entries = archive._connection.entries
    place = {"conversation": "c1", "seq": 2}
    changes: list[tuple[dict[str, object], str]] = [
        ({"$set": {"nick": "another"}}, "entry"),
        ({"$set": {"nick": "entry nick 4 茶'"}, "$pop": {"mentions": 1}}, "mention"),
    ]
    for change, name in changes:
        await entries.update_one(place, change)
        with pytest.raises(CannotMove, match=f"^{name}: "):
            await move.verify(quiet)
    await entries.delete_one(place)
    with pytest.raises(CannotMove, match=r"9 rows .* 8 with"):
        await move.verify(quiet)


async def goes_on(history: MongoHistory, first: Draft, file: str) -> None:
    windows = [Window("c", 0, 2**53), Window("d", 0, 2**53)]
    again, more = await history.log.append_many([first, saying("and darjeeling", cid="l")])
    assert (again.seq, again.duplicate, more.seq) == (1, True, 8)
    for words, seqs in {"darjeeling": [8, 1], "oolong": [], "绿茶": [], "grey": [], "milk": []}.items():
        found = await history.finder.find(asking(words), windows, None, 9)
        assert [entry.seq for entry in found] == seqs, words
    newest = await history.finder.find(asking(""), windows, None, 2)
    assert [(entry.conversation, entry.seq) for entry in newest] == [("c", 8), ("d", 1)]
    unread = (await history.cursors.unread("u-bob", {"c": 0}))["c"]
    assert (unread.unread, unread.mentions) == (3, 1)
    assert [entry.seq for entry in await history.index.replies("c", 1, (0, 99), 9)] == [3]
    assert await history.index.pinned("c", 99, 9) == [(1, 7)]
    assert not await history.files.drop(file)
    assert (await history.log.read("c", 1, 2, 1))[0].redacted
