"""How SQLite finds what it is asked for: by an index, never by reading a table through."""

import re
from types import ModuleType

import apsw
import pytest

from teahouse.backends.sqlite import (
    accounts,
    append,
    audit,
    bots,
    changes,
    cursors,
    deliveries,
    directory,
    entrance,
    erasures,
    extras,
    heads,
    hidden,
    inventory,
    jobs,
    keys,
    log,
    log_index,
    logins,
    preferences,
    relations,
    reports,
    schedules,
)
from teahouse.backends.sqlite.schema import migrate
from teahouse.backends.sqlite.search import finder, indexer
from teahouse.backends.sqlite.statements import Insert
from teahouse.model.audit import Search

TABLES = {"entry", "log", "mention", "user", "conversation", "member", "mark"}
TABLES |= {"link", "request", "block", "contact", "report", "account", "login", "voucher"}
TABLES |= {"job", "schedule", "reply", "hidden", "preference"}
TABLES |= {"bot", "hook", "audit", "delivery", "stay"}


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
        *(accounts, append, changes, cursors, directory, entrance, erasures, finder, heads, indexer, keys),
        *(log, logins, relations, reports),
        *(hidden, jobs, log_index, preferences, schedules),
        *(bots, deliveries, extras, inventory),
    )
    for name, sql in queries(module).items()
}
QUERIES |= {f"forget.{n}": sql for n, sql in enumerate(erasures._FORGET)}
QUERIES |= {f"recall.{n}": s.sql for n, s in enumerate(append.redactions(append._TARGETS, (1, 2, 3)))}
QUERIES |= {
    "audit.all": audit.query(Search()),
    "audit.actor": audit.query(Search("x")),
    "audit.action": audit.query(Search(action="x")),
    "audit.target": audit.query(Search(target="x")),
}
SCANS = {  # of indexes that hold nothing but what is asked for
    "directory._TOPICS": "SCAN conversation USING COVERING INDEX conversation_topic",
    "bots._COMMANDED": "SCAN bot USING INDEX bot_commanded",
    "accounts._HAS_ADMIN": "SCAN account USING INDEX account_admin",
    "erasures._PENDING": "SCAN account USING INDEX account_erasing",
    "inventory._JOBS": "SCAN job",  # all are counted, by kind, for who looks at the metrics
}
INDEXES = {
    "log._REFERENCES": "entry_ref (log=? AND ref=?)",
    "log._OLD_KEYS": "entry_key_age (at<?)",
    "recall.0": "entry_ref (log=? AND ref=?)",
    "recall.1": "entry_ref (log=? AND ref=?)",
    "recall.2": "entry_ref (log=? AND ref=?)",
    "recall.3": "entry_ref (log=? AND ref=?)",
    "directory._FORMERLY": "member_was (user=?)",
    "finder._FIND": "finding VIRTUAL TABLE INDEX 192:M2><",  # newest first, and nothing to sort
    "cursors._UNREAD": "mention_of (log=? AND user=? AND seq>?)",
    "audit.all": "INTEGER PRIMARY KEY (rowid<?)",
    "audit.actor": "audit_actor (actor=? AND number<?)",
    "audit.action": "audit_action",
    "audit.target": "audit_target (target=? AND number<?)",
    "keys._STORED": "entry_cid (log=? AND sender=? AND cid=?)",
}


@pytest.mark.parametrize("name", QUERIES)
def test_by_index(name: str) -> None:
    database = apsw.Connection(":memory:")
    migrate(database)
    sql = re.sub(r"\?\d*|:\w+", "'[]'", QUERIES[name])  # the plan does not depend on the values
    steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert name != "finder._FIND" or not any("TEMP B-TREE" in step for step in steps)
    scans = [step for step in steps if step.startswith("SCAN") and step.split()[1] in TABLES]
    assert scans == ([SCANS[name]] if name in SCANS else [])
    assert any(INDEXES.get(name, "") in step for step in steps)
