"""The promises of Erasures, by number (ports/accounts.py)."""

import pytest

from teahouse.backends.sql import erasures as sql_erasures
from teahouse.backends.sqlite import erasures
from teahouse.model.accounts import Account, Login, Refresh
from teahouse.model.changes import PutMember
from teahouse.model.conversations import Member
from teahouse.model.entries import Entry
from teahouse.model.ids import LOBBY
from teahouse.model.jobs import Job
from teahouse.model.marks import Advance
from teahouse.model.people import Person, User
from teahouse.model.preferences import Preferences
from teahouse.model.relations import Contact
from teahouse.model.reports import Reason, Report
from teahouse.model.schedules import Schedule
from tests.contract.backends import Store
from tests.contract.making import draft

ALICE = Account(id="u-alice", name="alice", nick="Alice")
BOB = {"sender": "u-bob", "nick": "bob"}


@pytest.fixture(autouse=True)
def _small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasures, "WINDOW", 3)
    monkeypatch.setattr(sql_erasures, "WINDOW", 40)  # ids go on rising from test to test


async def written(store: Store) -> list[Entry]:
    found: list[Entry] = []
    after: int | None = 0
    while after is not None:
        entries, after = await store.erasures.entries("u-alice", after)
        found += entries
    return found


async def test_e1_an_account_that_is_being_erased_is_disabled(store: Store) -> None:
    """E1: since the first time, and after a restart it is still to be done."""
    await store.accounts.create(ALICE, "hash")
    await store.erasures.begin("u-alice", 5)
    await store.erasures.begin("u-alice", 9)
    if store.reopen is not None:
        await store.reopen()
    account = await store.accounts.find("u-alice")
    assert account is not None and account.disabled == 5
    assert await store.erasures.pending() == ["u-alice"]


async def test_e2_all_that_one_wrote_wherever(store: Store) -> None:
    """E2: of many, page by page; nothing of others."""
    for n in range(8):
        await store.log.append_many([draft(f"c{n % 3}", f"m{n}"), draft("c1", f"b{n}", **BOB)])
    found = await written(store)
    assert sorted(e.content for e in found) == [b'{"text":"m%d"}' % n for n in range(8)]
    assert await store.erasures.entries("u-nobody", 10**6) == ([], None)


async def test_e2_nothing_was_written(store: Store) -> None:
    assert await store.erasures.entries("u-alice", 0) == ([], None)


async def test_e3_another_nick_stands_in_its_place(store: Store) -> None:
    """E3: on all of them and on no others."""
    for n in range(5):
        await store.log.append_many([draft("c", f"m{n}"), draft("c", f"b{n}", **BOB)])
    after: int | None = 0
    while after is not None:
        after = await store.erasures.disown("u-alice", "nobody", after)
    await store.log.redact("c", [])  # who keeps entries in memory reads them again
    nicks = [(e.sender, e.nick) for e in await store.log.read("c", 0, 99, 99)]
    assert nicks == [("u-alice", "nobody"), ("u-bob", "bob")] * 5


async def test_e4_nothing_is_left_but_a_user_without_a_name(store: Store) -> None:
    """E4: the name is free, the places in conversations are those of nobody, and it is final."""
    await store.accounts.create(ALICE, "hash", lobby_seq=3)
    await store.logins.begin(Login(id="l-1", user="u-alice", expires=99), Refresh(b"f", b"s"))
    for row in (Member("in", "u-alice", "Alice"), Member("out", "u-alice", "Alice", left=4)):
        await store.directory.apply([PutMember(row)])
    await store.cursors.advance([Advance("in", "u-alice", read=2)])
    await store.schedules.add(Schedule("t-1", "u-alice", "in", 9, b"{}"), Job("send", "j-1", 9))
    await store.schedules.add(Schedule("t-2", "u-bob", "in", 9, b"{}"), Job("send", "j-2", 9))
    await store.hidden.hide("u-alice", "in", [1])
    await store.preferences.prefer("u-alice", Preferences(receipts=False))
    await store.relations.block("u-alice", "u-bob", 1, 9)
    await store.relations.block("u-bob", "u-alice", 1, 9)
    await store.relations.contact("u-alice", Contact(Person("u-bob", "bob"), "b", 1), 9)
    await store.relations.contact("u-bob", Contact(Person("u-alice", "alice"), "a", 1), 9)
    said = b'{"text":"x"}'
    await store.reports.put(
        Report("r-1", "u-bob", "u-alice", "alice", 1, Reason.SPAM, "look", "in", 1, snapshot=said)
    )
    await store.reports.put(
        Report("r-2", "u-alice", "u-bob", "bob", 1, Reason.SPAM, "mine", "in", 2, snapshot=said)
    )
    await store.erasures.begin("u-alice", 5)
    await store.erasures.forget("u-alice", "nobody")
    if store.reopen is not None:
        await store.reopen()
    assert await store.users.user("u-alice") == User("u-alice", "nobody")
    for user in ("u-alice", "u-bob"):
        assert await store.relations.blocks(user) == []
        assert await store.relations.contacts(user) == []
    by, about = await store.reports.page(None, "", 9)
    assert (about.snapshot, about.nick, about.text) == (b"{}", "nobody", "look")
    assert (by.snapshot, by.nick, by.text) == (said, "bob", "")
    assert await store.users.account("alice") is None
    assert await store.accounts.find("u-alice") is None
    assert await store.accounts.password("u-alice") is None
    assert await store.logins.of("u-alice", 0) == []
    assert await store.cursors.marks("u-alice", ["in", LOBBY]) == {}
    assert await store.schedules.of("u-alice") == []
    assert [schedule.id for schedule in await store.schedules.of("u-bob")] == ["t-2"]
    assert await store.hidden.hidden("u-alice", "in", 0, 9) == frozenset()
    assert await store.preferences.preferences(["u-alice"]) == {}
    assert await store.erasures.pending() == []
    for conversation in ("in", "out"):
        assert [m.nick for m in await store.directory.members(conversation)] == ["nobody"]
    await store.accounts.create(Account(id="u-2", name="alice", nick="alice"), None)
