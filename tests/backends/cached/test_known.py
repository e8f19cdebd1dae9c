"""The filter: ids that never were are not looked for, and nothing that is there is ever said to be unknown."""

from collections.abc import Sequence

import pytest

from teahouse.backends.cached import known as module
from teahouse.backends.cached.caches import Around, Behind, Caches
from teahouse.backends.cached.known import MARGIN_MS, KnownIds
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.memory.accounts import MemoryAccounts
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.erasures import MemoryErasures
from teahouse.backends.memory.files import MemoryFiles
from teahouse.backends.memory.ids import MemoryIds
from teahouse.backends.memory.later import MemoryHidden, MemoryPreferences
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import fresh
from teahouse.model.accounts import Account
from teahouse.model.changes import PutConversation, PutUser
from teahouse.model.conversations import Conversation, ConversationKind
from teahouse.model.ids import born
from teahouse.model.people import User
from teahouse.ports.ids import IdKind

NOW = 1_795_000_000_000


class Listed:
    """Ids that a test wrote down."""

    def __init__(self, **ids: list[str]) -> None:
        self.ids = ids
        self.pages = 0

    async def page(self, kind: IdKind, after: str, limit: int) -> Sequence[str]:
        self.pages += 1
        return [id_ for id_ in sorted(self.ids.get(kind, [])) if id_ > after][:limit]


def id_at(at: int, number: int = 0, letter: str = "u") -> str:
    """An id that was made at that time."""
    return f"{letter}{at:012x}7{number % 4096:03x}8{number:015x}"


async def filled(*ids: str, most: int = 10_000_000) -> KnownIds:
    known = KnownIds(Listed(user=list(ids)), ManualClock(NOW), most)
    await known.fill()
    return known


async def test_an_old_id_that_is_not_there_is_unknown() -> None:
    known = await filled(id_at(NOW - 10 * MARGIN_MS, 1))
    assert not known.unknown(id_at(NOW - 10 * MARGIN_MS, 1))
    assert sum(known.unknown(id_at(NOW - 10 * MARGIN_MS, n)) for n in range(2, 1002)) > 980
    assert known.unknown(id_at(NOW - 10 * MARGIN_MS, 5, "c"))


async def test_nothing_is_unknown_before_it_was_looked() -> None:
    known = KnownIds(Listed(), ManualClock(NOW), 100)
    assert not known.unknown(id_at(NOW - 10 * MARGIN_MS))


@pytest.mark.parametrize(
    "id_",
    [
        id_at(NOW - MARGIN_MS),
        id_at(NOW),
        id_at(NOW + 10 * MARGIN_MS),
        fresh.user_id(),
        "u1",
        "",
        "lobby",
        "system",
        "dg3p5zuefl7lne62jpp7u2apo",
        id_at(1).upper(),
        id_at(1) + "0",
        id_at(1)[:-1],
        id_at(1).replace("7", "4", 1),
        id_at(1, letter="s"),
        "u" + "٣" * 12 + id_at(1)[13:],
    ],
)
async def test_what_is_younger_or_no_such_id_is_looked_for(id_: str) -> None:
    assert not (await filled()).unknown(id_)


def test_ids_begin_with_their_time() -> None:
    assert born(id_at(NOW)) == NOW
    assert born(fresh.conversation_id()) is not None
    assert born("lobby") is None


async def test_none_of_many_ids_is_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST", 5000)  # so that the filter has several parts
    ids = [id_at(NOW - 10 * MARGIN_MS - n, n) for n in range(40_000)]
    known = await filled(*ids)
    assert known.ids == len(ids)
    assert not any(known.unknown(id_) for id_ in ids)
    others = sum(not known.unknown(id_at(NOW - 20 * MARGIN_MS, n)) for n in range(10_000))
    assert others < 200


async def test_of_too_many_there_is_no_filter() -> None:
    known = await filled(*(id_at(1, n) for n in range(5)), most=4)
    assert not known.unknown(id_at(2))


async def test_the_filter_is_made_anew() -> None:
    listed, clock = Listed(user=[]), ManualClock(NOW)
    known = KnownIds(listed, clock, 100)
    await known.fill()
    late = id_at(NOW - 2 * MARGIN_MS, 3)  # of a node whose clock is far behind
    listed.ids["user"].append(late)
    assert known.unknown(late)
    await known.fill()
    assert not known.unknown(late)


async def test_unknown_ids_never_reach_the_store_and_a_new_one_is_found() -> None:
    truth, clock = MemoryStore(), ManualClock()
    reads: list[str] = []

    class Users(MemoryUsers):
        async def user(self, user: str) -> User | None:
            reads.append(user)
            return await super().user(user)

    class Directory(MemoryDirectory):
        async def conversation(self, conversation: str) -> Conversation | None:
            reads.append(conversation)
            return await super().conversation(conversation)

    class Accounts(MemoryAccounts):
        async def find(self, user: str) -> Account | None:
            reads.append(user)
            return await super().find(user)

    behind = Behind(
        users=Users(truth),
        directory=Directory(truth),
        log=MemoryLog(truth),
        accounts=Accounts(truth),
        erasures=MemoryErasures(truth),
        hidden=MemoryHidden(truth),
        preferences=MemoryPreferences(truth),
        files=MemoryFiles(truth),
        ids=MemoryIds(truth),
    )
    caches = Caches(behind, Around(clock), CacheOptions())
    await caches.known.fill()
    for number in range(200):
        at = clock.now() - MARGIN_MS - 1
        assert await caches.users.user(id_at(at, number)) is None
        assert await caches.profile(id_at(at, number)) is None
        assert await caches.directory.conversation(id_at(at, number, "c")) is None
        assert await caches.files.file(id_at(at, number, "f")) is None
        assert await caches.files.picture(id_at(at, number, "f")) is None
    assert len(reads) < 10
    assert caches.counts()["ids", "filter"] > 990

    made = User(id_at(clock.now(), 7), "ann")
    club = Conversation(id_at(clock.now(), 8, "c"), ConversationKind.GROUP)
    assert await caches.users.user(made.id) is None
    await caches.directory.apply([PutUser(made, clock.now()), PutConversation(club)])
    assert await caches.users.user(made.id) == made
    assert await caches.directory.conversation(club.id) == club
    clock.advance(10 * MARGIN_MS / 1000)
    await caches.known.fill()
    assert await caches.users.user(made.id) == made
    assert await caches.directory.conversation(club.id) == club
