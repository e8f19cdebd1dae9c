"""The message log, and what is looked up in it by other ways than by seq.

A conversation's name is long and random; entries and their indexes carry a small number in its place (`log.id`).
Whoever appends to a conversation keeps its row of `log` locked until the commit, and notes the last seq there, and that
of the last entry which changed who is in, or the settings (`placed`). The id
of an entry rises with the order of commits in each conversation, and nearly so over all of them.
"""

from sqlalchemy import Column, Index, Table, UniqueConstraint

from teahouse.backends.sql.tables.columns import BIG, BLOB, FLAG, METADATA, NAME, SMALL

log = Table(
    "log",
    METADATA,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("conversation", NAME, nullable=False, unique=True),
    Column("last", BIG, nullable=False),
    Column("placed", BIG, nullable=False, server_default="0"),
)

entry = Table(
    "entry",
    METADATA,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("log", BIG, nullable=False),
    Column("seq", BIG, nullable=False),
    Column("kind", SMALL, nullable=False),
    Column("sender", NAME, nullable=False),
    Column("nick", NAME, nullable=False),
    Column("at", BIG, nullable=False),
    Column("content", BLOB, nullable=False),
    Column("cid", NAME),
    Column("ref", BIG),
    Column("redacted", FLAG, nullable=False),
    UniqueConstraint("log", "seq", name="entry_seq"),
    UniqueConstraint("log", "sender", "cid", name="entry_cid"),
    Index("entry_ref", "log", "ref", "seq"),
    Index("entry_at", "at"),
)

mention = Table(
    "mention",
    METADATA,
    Column("log", BIG, primary_key=True, autoincrement=False),
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Column("user", NAME, primary_key=True),
    Index("mention_of", "log", "user", "seq"),
)

reply = Table(
    "reply",
    METADATA,
    Column("log", BIG, primary_key=True, autoincrement=False),
    Column("root", BIG, primary_key=True, autoincrement=False),
    Column("seq", BIG, primary_key=True, autoincrement=False),
)

pin = Table(
    "pin",
    METADATA,
    Column("log", BIG, primary_key=True, autoincrement=False),
    Column("ref", BIG, primary_key=True, autoincrement=False),
    Column("seq", BIG, primary_key=True, autoincrement=False),
)
"""Entries that pin a message, or unpin it: few among many."""

sweep = Table(
    "sweep",
    METADATA,
    Column("name", NAME, primary_key=True),
    Column("position", BIG, nullable=False),
)
"""How far something that is done again and again has come."""
