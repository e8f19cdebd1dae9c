"""What was said long ago is erased, and tombstones stay."""

import pytest

from teahouse.model.changes import PutPosting
from teahouse.model.entries import Kind
from teahouse.model.files import Allowance, File
from tests.backends.mongodb.histories import nodes_on
from tests.contract.making import draft
from tests.support.mongo import shared

pytestmark = pytest.mark.service


async def test_old_messages_are_erased_with_their_edits_and_files() -> None:
    """Seqs have no gap, and the next one is the next one."""
    async with nodes_on(shared(), retention_days=1) as nodes:
        file = File("f1", "u-alice", "tea.txt", 4, 1)
        await nodes.store.files.begin(file, Allowance(10**6, 9))
        await nodes.store.files.finish(file)
        history = await nodes.open()
        old = [
            draft(at=1, changes=(PutPosting("f1", "c"),)),
            draft(at=2, kind=Kind.REACTION, ref=1),
            draft(at=9000, kind=Kind.EDIT, ref=1),
            draft("d", at=2),
        ]
        await history.log.append_many([*old, draft(at=5000)])
        assert await history.retention.erase(4000) == 2
        assert await history.retention.erase(4000) == 0
        entries = await history.log.read("c", 0, 9, 9)
        assert [(e.seq, e.redacted) for e in entries] == [(1, True), (2, False), (3, True), (4, False)]
        assert entries[0].content == entries[2].content == b"{}"
        assert await nodes.store.files.file("f1") is None
        assert [a.seq for a in await history.log.append_many([draft(), draft("d")])] == [5, 2]


async def test_a_server_does_it_when_it_starts() -> None:
    async with nodes_on(shared(), retention_days=1) as nodes:
        await (await nodes.open()).log.append_many([draft(at=1)])
        history = await nodes.open()
        while not (await history.log.read("c", 0, 1, 1))[0].redacted:
            pass
