"""How far everybody has read, and what they want to see of it. Flags of `mark` are NULL until somebody chooses."""

from sqlalchemy import Column, Table

from teahouse.backends.sql.tables.columns import BIG, FLAG, METADATA, NAME

mark = Table(
    "mark",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("conversation", NAME, primary_key=True, index=True),
    Column("delivered", BIG, nullable=False, default=0),
    Column("read", BIG, nullable=False, default=0),
    Column("cleared", BIG, nullable=False, default=0),
    Column("pinned", FLAG),
    Column("archived", FLAG),
    Column("muted_until", BIG),
    Column("delivered_at", BIG, nullable=False, default=0),
    Column("read_at", BIG, nullable=False, default=0),
)

hidden = Table(
    "hidden",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("conversation", NAME, primary_key=True),
    Column("seq", BIG, primary_key=True, autoincrement=False),
)

preference = Table(
    "preference",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("receipts", FLAG, nullable=False),
)
"""Whether one's receipts are shown."""
