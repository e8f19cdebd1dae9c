"""The promises of Inventory, by number (ports/inventory.py)."""

import pytest

from teahouse.backends.sql import inventory as sql_inventory
from teahouse.backends.sqlite import inventory
from teahouse.model.bots import Bot
from teahouse.model.changes import PutBot, PutConversation, PutMember, PutUser
from teahouse.model.conversations import LOBBY_CONVERSATION, Conversation, ConversationKind, Member
from teahouse.model.entries import Kind
from teahouse.model.inventory import Holding, Wanted
from teahouse.model.jobs import Job
from teahouse.model.people import User
from tests.contract.backends import Store
from tests.contract.making import draft

GREEN = Conversation("c1", ConversationKind.GROUP, "Green Tea", created=5)
BLACK = Conversation("c2", ConversationKind.ROOM, "Black tea", created=6)


async def put(store: Store) -> None:
    await store.directory.apply(
        [
            PutConversation(LOBBY_CONVERSATION),
            PutConversation(GREEN),
            PutConversation(BLACK),
            PutMember(Member("c1", "u1", "alice", joined=1)),
            PutMember(Member("c1", "u2", "bob", joined=1, left=2)),
        ]
    )
    await store.log.append_many([draft("c1"), draft("c1")])


async def test_i1_conversations_in_order(store: Store) -> None:
    """I1: without the lobby; a page goes on after the last id of the one before it."""
    await put(store)
    green, black = Holding("c1", "group", "Green Tea", 5, 1, 2), Holding("c2", "room", "Black tea", 6, 0, 0)
    assert list(await store.inventory.conversations(Wanted(), 9)) == [green, black]
    assert list(await store.inventory.conversations(Wanted(), 1)) == [green]
    assert list(await store.inventory.conversations(Wanted(after="c1"), 9)) == [black]
    assert list(await store.inventory.conversations(Wanted(kind="group"), 9)) == [green]
    assert list(await store.inventory.conversations(Wanted(title="BLACK"), 9)) == [black]
    assert list(await store.inventory.conversations(Wanted(title="%"), 9)) == []


async def test_i2_totals(store: Store) -> None:
    """I2: also when there is more since the last time."""
    assert (await store.inventory.totals(0)).messages == 0
    await put(store)
    bot = Bot("u3", "bot", "u1", (), b"x", 1, 1)
    await store.directory.apply(
        [PutUser(User("u1", "a"), 1), PutUser(User("u3", "bot", guest=False), 1), PutBot(bot)]
    )
    await store.log.append_many([draft("c2", at=n) for n in range(2000, 2010)])
    await store.log.append_many([draft("c2", at=3000, kind=Kind.REACTION, ref=1)])
    found = await store.inventory.totals(2005)
    assert (found.guests, found.accounts, found.bots, found.conversations) == (1, 1, 1, 2)
    assert (found.messages, found.recent) == (12, 5)
    await store.log.append_many([draft("c2", at=4000)])
    assert (await store.inventory.totals(5000)).recent == 0
    assert (await store.inventory.totals(0)).recent == 13
    assert (await store.inventory.totals(0)).messages == 13


async def test_i2_jobs_that_wait_and_that_died(store: Store) -> None:
    """I2: one that is taken waits still, for its end."""
    await store.jobs.put([Job("tea", id_, 10) for id_ in "abc"])
    (taken, _) = await store.jobs.take(10, 2, 1000)
    await store.jobs.bury(taken, "broken", 20)
    found = await store.inventory.totals(0)
    assert (found.jobs, found.dead_letters) == (2, 1)
    assert (found.waiting, found.dead) == ({"tea": 2}, {"tea": 1})


async def test_i2_in_small_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """I2: however many there are."""
    monkeypatch.setattr(inventory, "STEP", 3)
    monkeypatch.setattr(sql_inventory, "STEP", 40)
    monkeypatch.setattr(sql_inventory, "UNSETTLED", 3)
    await store.log.append_many([draft("c2", at=n) for n in range(10)])
    assert (await store.inventory.totals(4)).recent == 6
    assert (await store.inventory.totals(4)).messages == 10
