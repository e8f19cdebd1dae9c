"""The promises of Audit, by number (ports/audit.py)."""

import pytest

from teahouse.model.audit import Record, Search
from teahouse.model.changes import Audited, PutUser
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.model.people import User
from tests.contract.backends import Store
from tests.contract.making import draft

ALL = Search()
FIRST = Record(
    10, "u-alice", "bot.created", "u-bot", "127.0.0.1", {"scopes": "stream", "count": 2, "yes": True}
)
SECOND = Record(20, "u-bob", "login.failed", "u-alice")
THIRD = Record(30, "u-alice", "botany", "u-bot")
END = 2**53


async def actions(store: Store, search: Search = ALL, before: int = END, limit: int = 9) -> list[str]:
    return [found.record.action for found in await store.audit.page(search, before, limit)]


async def test_a1_numbers_rise_and_pages_go_back(store: Store) -> None:
    """A1: newest first; a page goes on before the last number of the one before it."""
    await store.audit.append([FIRST, SECOND])
    await store.audit.append([THIRD])
    page = await store.audit.page(ALL, END, 2)
    assert [found.record for found in page] == [THIRD, SECOND]
    assert page[0].number > page[1].number
    rest = await store.audit.page(ALL, page[-1].number, 2)
    assert [found.record for found in rest] == [FIRST]


async def test_a2_records_last(store: Store) -> None:
    """A2: with all that was said of them, also after a restart."""
    await store.audit.append([FIRST])
    if store.reopen is not None:
        await store.reopen()
    assert [found.record for found in await store.audit.page(ALL, END, 9)] == [FIRST]


async def test_a2_all_or_none(store: Store) -> None:
    """A2: what cannot be written is told."""
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.audit.append([FIRST, SECOND])
    await store.writable(True)
    assert await actions(store) == []


async def test_a3_a_record_travels_with_changes(store: Store) -> None:
    """A3: with them, or not at all."""
    account = User("u-1", "Zoë", guest=False)
    await store.directory.apply([PutUser(account, 1), Audited(FIRST)])
    with pytest.raises(Problem):
        await store.directory.apply([PutUser(User("u-2", "ZOË", guest=False), 1), Audited(SECOND)])
    assert await actions(store) == ["bot.created"]


async def test_a3_a_record_travels_with_an_entry(store: Store) -> None:
    """A3: once, however often the entry is sent again."""
    said = draft(cid="k", changes=(Audited(FIRST),))
    await store.log.append_many([said])
    await store.log.append_many([said])
    assert await actions(store) == ["bot.created"]


async def test_what_is_searched_for(store: Store) -> None:
    await store.audit.append([FIRST, SECOND, THIRD])
    assert await actions(store, Search(actor="u-alice")) == ["botany", "bot.created"]
    assert await actions(store, Search(action="bot")) == ["bot.created"]
    assert await actions(store, Search(action="bot.created")) == ["bot.created"]
    assert await actions(store, Search(target="u-bot", actor="u-alice")) == ["botany", "bot.created"]
    assert await actions(store, Search(since=20, until=30)) == ["login.failed"]
