"""What users make of one another, ways into conversations, and reports."""

from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, FLAG, METADATA, NAME, TEXT

block = Table(
    "block",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("other", NAME, primary_key=True, index=True),
    Column("at", BIG, nullable=False),
)

contact = Table(
    "contact",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("other", NAME, primary_key=True, index=True),
    Column("alias", TEXT, nullable=False),
    Column("at", BIG, nullable=False),
)

link = Table(
    "link",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("conversation", NAME, nullable=False),
    Column("digest", DIGEST, nullable=False, unique=True),
    Column("made_by", NAME, nullable=False),
    Column("created", BIG, nullable=False),
    Column("expires", BIG, nullable=False),
    Column("uses", BIG),
    Column("used", BIG, nullable=False),
    Column("revoked", FLAG, nullable=False),
    Index("link_to", "conversation", "id"),
    CheckConstraint("uses IS NULL OR used <= uses", name="uses"),
)

request = Table(
    "request",
    METADATA,
    Column("conversation", NAME, primary_key=True),
    Column("user", NAME, primary_key=True, index=True),
    Column("nick", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("at", BIG, nullable=False),
)

report = Table(
    "report",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("reporter", NAME, nullable=False),
    Column("subject", NAME, nullable=False, index=True),
    Column("nick", NAME, nullable=False),
    Column("at", BIG, nullable=False),
    Column("reason", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("conversation", NAME, nullable=False),
    Column("seq", BIG, nullable=False),
    Column("snapshot", BLOB, nullable=False),
    Column("outcome", NAME, nullable=False),
    Column("settler", NAME, nullable=False),
    Column("settled", BIG, nullable=False),
    Column("note", TEXT, nullable=False),
    UniqueConstraint("reporter", "conversation", "seq", "subject", name="report_about"),
    Index("report_outcome", "outcome", "id"),
)
