"""How SQLite finds what it is asked for: by an index, never by reading a table through."""

import re
from types import ModuleType

import apsw
import pytest

from teahouse.backends.sqlite import (
    append,
    changes,
    cursors,
    directory,
    heads,
    hidden,
    jobs,
    keys,
    log,
    log_index,
    preferences,
    schedules,
)
from teahouse.backends.sqlite.schema import migrate
from teahouse.backends.sqlite.statements import Insert

TABLES = {"entry", "log", "mention", "user", "conversation", "member", "mark"}
TABLES |= {"job", "schedule", "reply", "hidden", "preference"}


def queries(module: ModuleType) -> dict[str, str]:
    """The SQL that stands in a module, by name."""
    found = {name: value for name, value in vars(module).items() if name.startswith("_")}
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    verbs = ("SELECT", "WITH", "UPDATE", "DELETE")
    inserts = {name: value.of([1])[0].sql for name, value in found.items() if isinstance(value, Insert)}
    return {name: sql for name, sql in texts.items() if sql.strip().startswith(verbs)} | inserts


QUERIES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": sql
    for module in (
        *(append, changes, cursors, directory, heads, keys, log),
        *(hidden, jobs, log_index, preferences, schedules),
    )
    for name, sql in queries(module).items()
}
QUERIES |= {f"recall.{n}": s.sql for n, s in enumerate(append.redactions(append._TARGETS, (1, 2, 3)))}
SCANS = {"directory._TOPICS"}
INDEXES = {
    "log._REFERENCES": "entry_ref (log=? AND ref=?)",
    "log._OLD_KEYS": "entry_key_age (at<?)",
    "recall.0": "entry_ref (log=? AND ref=?)",
    "recall.1": "entry_ref (log=? AND ref=?)",
    "cursors._UNREAD": "mention_of (log=? AND user=? AND seq>?)",
    "keys._STORED": "entry_cid (log=? AND sender=? AND cid=?)",
}


@pytest.mark.parametrize("name", QUERIES)
def test_by_index(name: str) -> None:
    database = apsw.Connection(":memory:")
    migrate(database)
    sql = re.sub(r"\?\d*|:\w+", "'[]'", QUERIES[name])  # the plan does not depend on the values
    steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    scans = [step for step in steps if step.startswith("SCAN") and step.split()[1] in TABLES]
    assert scans == (["SCAN conversation USING COVERING INDEX conversation_topic"] if name in SCANS else [])
    assert any(INDEXES.get(name, "") in step for step in steps)
