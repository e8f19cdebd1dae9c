"""Migrations: from nothing, from every schema that was ever released, and never from a newer one."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.schema import migrate
from teahouse.backends.sqlite.steps import STEPS
from teahouse.backends.sqlite.store import FILE, SqliteStore
from teahouse.engine.rosters import Roster
from teahouse.model.conversations import Circle
from teahouse.model.entries import Entry, Kind
from teahouse.model.people import User

RELEASED = Path(__file__).parent / "released"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[apsw.Connection]:
    database = apsw.Connection(str(tmp_path / "x.db"))
    yield database
    database.close()


def schema_of(database: apsw.Connection) -> list[str]:
    return [
        sql for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1")
    ]


def test_from_nothing(database: apsw.Connection) -> None:
    migrate(database)
    assert database.pragma("user_version") == len(STEPS)
    before = schema_of(database)
    migrate(database)
    assert schema_of(database) == before


@pytest.mark.parametrize("released", sorted(RELEASED.glob("*.sql")), ids=lambda path: path.stem)
def test_from_a_released_schema(database: apsw.Connection, tmp_path: Path, released: Path) -> None:
    """The frozen text of an earlier schema becomes the schema of today."""
    database.execute(released.read_text(encoding="utf-8")).fetchall()
    migrate(database)
    fresh = apsw.Connection(str(tmp_path / "fresh.db"))
    migrate(fresh)
    assert schema_of(database) == schema_of(fresh)
    fresh.close()


async def test_released_data_is_read(tmp_path: Path) -> None:
    """An entry that version 1 wrote."""
    old = apsw.Connection(str(tmp_path / FILE))
    old.execute((RELEASED / "1.sql").read_text(encoding="utf-8")).fetchall()
    old.execute("INSERT INTO log VALUES (7, 'c')")
    old.execute("INSERT INTO entry VALUES (1, 7, 1, 3, 'u', 'n', 5, x'7b7d', 'k', NULL, 0)")
    old.close()
    store = SqliteStore(tmp_path)
    assert await store.log.read("c", 0, 9, 9) == [Entry("c", 1, Kind.REACTION, "u", "n", 5, b"{}", "k")]
    await store.close()


async def test_who_was_in_reads_what_they_could_read(tmp_path: Path) -> None:
    """Version 1 derived it from the reach of the conversation; who may invite and write followed from its kind."""
    old = apsw.Connection(str(tmp_path / FILE))
    old.execute((RELEASED / "1.sql").read_text(encoding="utf-8")).fetchall()
    for name, kind, reach in (("g", "group", "joined"), ("c", "channel", "all"), ("r", "room", "joined")):
        row = (name, kind, "T", "", "open", reach, 0, 5)
        old.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        old.execute("INSERT INTO member VALUES (?, 'u', 'n', 'member', 7, 9, 0)", (name,))
    old.close()
    store = SqliteStore(tmp_path)
    readable = {}
    for name in ("g", "c", "r"):
        conversation = await store.directory.conversation(name)
        assert conversation is not None
        roster = Roster(conversation, await store.directory.members(name))
        readable[name] = roster.readable(User("u", "n")), conversation.invite, conversation.post
    await store.close()
    assert readable == {
        "g": ((6, 9), Circle.MEMBERS, Circle.MEMBERS),
        "c": ((0, 9), Circle.ADMINS, Circle.ADMINS),
        "r": ((6, 9), Circle.ADMINS, Circle.MEMBERS),
    }


def test_a_step_that_fails_leaves_the_file_as_it_was(database: apsw.Connection) -> None:
    broken = (*STEPS, "CREATE TABLE half (a); CREATE TABLE user (a)")
    with pytest.raises(apsw.SQLError):
        migrate(database, broken)
    assert database.pragma("user_version") == len(STEPS)
    assert not any("half" in sql for sql in schema_of(database))
    migrate(database)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """With a sentence that names the file and both numbers, and without a lock left behind."""
    newer = apsw.Connection(str(tmp_path / FILE))
    newer.pragma("user_version", len(STEPS) + 1)
    newer.close()
    for _ in range(2):
        with pytest.raises(CannotOpen, match=rf"{FILE}.*newer.*number {len(STEPS) + 1}.*up to {len(STEPS)}"):
            SqliteStore(tmp_path)
