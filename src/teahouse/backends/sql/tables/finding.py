"""What search keeps: the index, what is news to it, and of which version it is.

A row of `finding` is a message that has a term; those of one term and conversation stand together, in the order of
commits. A row of `news` is a message to be indexed, or indexed again. `hour` says in which hour (of UTC) which entries
are; it turns times into ids, which nearly follow them.
"""

from sqlalchemy import Column, Index, Table

from teahouse.backends.sql.tables.columns import BIG, FLAG, METADATA, NAME

finding = Table(
    "finding",
    METADATA,
    Column("term", NAME, primary_key=True),
    Column("log", BIG, primary_key=True, autoincrement=False),
    Column("entry", BIG, primary_key=True, autoincrement=False),
    Index("finding_of", "entry"),
)

news = Table(
    "news",
    METADATA,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("log", BIG, nullable=False),
    Column("seq", BIG, nullable=False),
)

# The index is of this version, or is being made: then `position` is the entry up to which all messages are news.
follower = Table(
    "follower",
    METADATA,
    Column("name", NAME, primary_key=True),
    Column("version", BIG, nullable=False),
    Column("done", FLAG, nullable=False),
    Column("position", BIG, nullable=False),
)

hour = Table(
    "hour",
    METADATA,
    Column("hour", BIG, primary_key=True, autoincrement=False),
    Column("first", BIG, nullable=False),
    Column("last", BIG, nullable=False),
)
