"""What the server knows that nobody else may, and the digests of what was good once."""

from sqlalchemy import Column, Table

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, METADATA, NAME

secret = Table(
    "secret",
    METADATA,
    Column("name", NAME, primary_key=True),
    Column("version", BIG, nullable=False),
    Column("value", BLOB, nullable=False),
)

spent = Table(
    "spent",
    METADATA,
    Column("digest", DIGEST, primary_key=True),
    Column("until", BIG, nullable=False, index=True),
)
"""`until`: milliseconds UTC, when it would be no good anyway."""
