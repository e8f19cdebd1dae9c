"""Two nodes that write into the same conversations, while the database dies under them and comes back."""

import asyncio

import pytest

from teahouse.backends.sql.store import SqlStore
from teahouse.model.entries import Draft
from teahouse.model.errors import StoreUnavailable
from tests.contract.making import draft
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres

pytestmark = pytest.mark.service

CONVERSATIONS = ("hot", "warm", "cold")
SENDERS, EACH = 12, 40
AGAIN_S = 0.05

Pair = tuple[SqlStore, SqlStore]
Answers = dict[tuple[str, str], int]


async def acknowledged(pair: Pair, node: int, message: Draft) -> int:
    """Its seq. Asked for until a node answers, of the other one each time, as a client that comes back does."""
    while True:
        try:
            [appended] = await pair[node % 2].log.append_many([message])
        except StoreUnavailable:
            node += 1
            await asyncio.sleep(AGAIN_S)
        else:
            assert not appended.conflict
            return appended.seq


async def send(pair: Pair, sender: int, answers: Answers) -> None:
    """Messages one after the other, to the nodes by turns; half of them to one conversation."""
    for n in range(EACH):
        conversation = CONVERSATIONS[0 if n % 2 else (n + sender) % 3]
        cid = f"{sender}-{n}"
        message = draft(conversation, f"u{sender}", cid=cid)
        answers[conversation, cid] = await acknowledged(pair, sender + n, message)


async def stored(store: SqlStore) -> Answers:
    """What the log holds, by cid; its seqs are 1, 2, 3 ... and each cid is there once."""
    found: Answers = {}
    heads = await store.log.heads(CONVERSATIONS)
    for name in CONVERSATIONS:
        entries = await store.log.read(name, 0, 10**9, 10**6)
        assert [entry.seq for entry in entries] == list(range(1, heads[name] + 1))
        for entry in entries:
            assert entry.cid is not None
            assert (name, entry.cid) not in found
            found[name, entry.cid] = entry.seq
    return found


async def test_seqs_have_no_gap_and_nothing_is_there_twice(pair: Pair) -> None:
    answers: Answers = {}
    await asyncio.gather(*(send(pair, sender, answers) for sender in range(SENDERS)))
    assert len(answers) == SENDERS * EACH
    assert await stored(pair[1]) == answers


@pytest.mark.timeout(120)
async def test_nor_when_the_database_is_killed_in_the_middle(pair: Pair, server: Postgres | Mariadb) -> None:
    answers: Answers = {}
    sending = [asyncio.create_task(send(pair, sender, answers)) for sender in range(SENDERS)]
    for part in (0.2, 0.6):
        async with asyncio.timeout(60):
            while len(answers) < SENDERS * EACH * part:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        await asyncio.to_thread(server.kill)
        assert len(answers) < SENDERS * EACH
        await asyncio.to_thread(server.start)
    await asyncio.gather(*sending)
    assert len(answers) == SENDERS * EACH
    assert await stored(pair[0]) == answers


async def test_a_database_that_falls_silent_delays_nobody_for_ever(
    pair: Pair, server: Postgres | Mariadb
) -> None:
    """Nobody knows whether the commit was done, so the caller asks again with its cid (L4)."""
    message = draft("hot", "u1", cid="1")
    await pair[0].log.append_many([draft("hot", "u1", cid="0")])
    server.freeze(True)
    try:
        with pytest.raises(StoreUnavailable):
            async with asyncio.timeout(20):
                await pair[0].log.append_many([message])
    finally:
        server.freeze(False)
    async with asyncio.timeout(20):
        assert await acknowledged(pair, 0, message) == 2
    assert list(await stored(pair[1])) == [("hot", "0"), ("hot", "1")]
