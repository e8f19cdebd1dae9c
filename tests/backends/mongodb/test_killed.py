"""A log that several nodes write to, while MongoDB is killed and while they get in each other's way (L1 to L4).

Proves decision 0053: no gap, no half call, nothing that was acknowledged lost or there twice.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from teahouse.backends.mongodb.history import MongoHistory
from teahouse.model.entries import Draft, Entry
from teahouse.model.errors import StoreUnavailable
from tests.backends.mongodb.histories import nodes_on
from tests.contract.making import draft
from tests.support.mongo import URL, Mongo, failing, shared

pytestmark = pytest.mark.service

PLACES = ("a", "b", "c")


@pytest.fixture
async def mongo(tmp_path: Path) -> AsyncIterator[Mongo]:
    """One that may be killed."""
    if URL in os.environ:
        pytest.skip("somebody else's MongoDB is not killed")
    mongo = Mongo(tmp_path)
    mongo.start()
    yield mongo
    mongo.kill()


class Writers:
    """Calls of one to five drafts with cids, over and over, repeated until they are acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.calls: list[list[str]] = []
        self.unavailable = 0
        self.stopped = False

    async def write(self, history: MongoHistory, name: str) -> None:
        count = 0
        while not self.stopped:
            count += 1
            cids = [f"{name}-{count}-{n}" for n in range(random.randint(1, 5))]
            drafts = [draft(random.choice(PLACES), cid, cid=cid) for cid in cids]
            self.calls.append(cids)
            while not await self.acknowledge(history, drafts):
                self.unavailable += 1
                await asyncio.sleep(0.05)

    async def acknowledge(self, history: MongoHistory, drafts: list[Draft]) -> bool:
        try:
            appended = await history.log.append_many(drafts)
        except StoreUnavailable:
            return False
        for one, result in zip(drafts, appended, strict=True):
            self.acknowledged[one.cid or ""] = one.conversation, result.seq
        return True


async def whole(history: MongoHistory) -> dict[str, list[Entry]]:
    return {place: await history.log.read(place, 0, 2**53, 10**6) for place in PLACES}


def check(writers: Writers, log: dict[str, list[Entry]]) -> None:
    for entries in log.values():
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    found = {e.cid: (place, e.seq) for place, entries in log.items() for e in entries}
    assert max(Counter(e.cid for entries in log.values() for e in entries).values()) == 1
    assert writers.acknowledged.items() <= found.items()
    for cids in writers.calls:
        assert len({cid in found for cid in cids}) == 1, "half a call is stored"


@pytest.mark.timeout(180)
async def test_mongodb_is_killed_in_the_middle_of_batches(mongo: Mongo) -> None:
    """Six times, at random moments, under three nodes that write all the time."""
    writers = Writers()
    async with nodes_on(mongo, timeout_s=2.0) as nodes:
        histories = [await nodes.open() for _ in range(3)]
        tasks = [
            asyncio.create_task(writers.write(history, f"n{number}w{n}"))
            for number, history in enumerate(histories)
            for n in range(8)
        ]
        for _ in range(6):
            before = len(writers.acknowledged)
            async with asyncio.timeout(30):
                while len(writers.acknowledged) < before + 100:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            await asyncio.sleep(random.random() / 10)
            mongo.kill()
            await asyncio.sleep(0.2)
            mongo.start()
            await mongo.ready()
        writers.stopped = True
        async with asyncio.timeout(30):
            await asyncio.gather(*tasks)
        check(writers, await whole(await nodes.open()))
    assert len(writers.acknowledged) > 600


@pytest.mark.timeout(120)
async def test_many_nodes_in_one_conversation() -> None:
    """Each gets its turn, and the seqs are everybody's."""
    writers = Writers()
    async with nodes_on(shared()) as nodes:
        histories = [await nodes.open() for _ in range(4)]
        tasks = [asyncio.create_task(writers.write(h, f"n{n}")) for n, h in enumerate(histories)]
        await asyncio.sleep(3)
        writers.stopped = True
        await asyncio.gather(*tasks)
        check(writers, await whole(histories[0]))
        nodes_heard = Counter(cid.partition("-")[0] for cid in writers.acknowledged)
    assert len(nodes_heard) == 4
    assert writers.unavailable == 0


@pytest.mark.parametrize("lost", ["insert", "commitTransaction"])
async def test_a_connection_that_ends_in_the_middle(lost: str) -> None:
    """Nobody knows what became of it; it is found out, and stored once."""
    async with nodes_on(shared()) as nodes:
        history = await nodes.open()
        await history.log.append_many([draft(), draft()])
        async with failing(nodes.options.url, [lost], times=3, closeConnection=True):
            appended = await history.log.append_many([draft(), draft(cid="k"), draft("d")])
        assert [a.seq for a in appended] == [3, 4, 1]
        assert not any(a.duplicate for a in appended)
        assert await history.log.heads(["c", "d"]) == {"c": 4, "d": 1}


async def test_an_attempt_that_was_stored_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found by its ids, and answered as what it is: not a duplicate."""
    from pymongo.errors import AutoReconnect

    from teahouse.backends.mongodb.batch import Batch

    insert, tries = Batch._insert, 0

    async def lose_the_answer(batch: Batch, made: object) -> object:
        nonlocal tries
        tries += 1
        done = await insert(batch, made)  # type: ignore[arg-type]
        if tries == 1:
            raise AutoReconnect("the answer was lost")
        return done

    monkeypatch.setattr(Batch, "_insert", lose_the_answer)
    async with nodes_on(shared()) as nodes:
        history = await nodes.open()
        appended = await history.log.append_many([draft(), draft(cid="k"), draft(cid="k")])
        assert [(a.seq, a.duplicate) for a in appended] == [(1, False), (2, False), (2, True)]
        assert await history.log.heads(["c"]) == {"c": 2}


@pytest.mark.timeout(60)
async def test_a_silent_mongodb(mongo: Mongo) -> None:
    """Nobody waits for ever; when it speaks again, everything works, without a gap."""
    async with nodes_on(mongo, timeout_s=0.5) as nodes:
        history = await nodes.open()
        await history.log.append_many([draft()])
        mongo.pause(True)
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                async with asyncio.timeout(12):
                    await history.log.read("c", 0, 9, 9)
        with pytest.raises(StoreUnavailable):
            async with asyncio.timeout(15):
                await history.log.append_many([draft(cid="k")])
        mongo.pause(False)
        writers = Writers()
        async with asyncio.timeout(20):
            while not await writers.acknowledge(history, [draft(cid="k")]):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.2)
        assert writers.acknowledged == {"k": ("c", 2)}
        assert await history.log.heads(["c"]) == {"c": 2}
