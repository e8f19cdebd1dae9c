"""What must happen later. A job whose lease runs is due when it ends, so `due` is all that is looked for. `dead` is
when it was given up, or 0."""

from sqlalchemy import Column, Index, Table

from teahouse.backends.sql.tables.columns import BIG, BLOB, FLAG, METADATA, NAME, TEXT

job = Table(
    "job",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("kind", NAME, nullable=False),
    Column("due", BIG, nullable=False),
    Column("data", BLOB, nullable=False),
    Column("urgent", FLAG, nullable=False),
    Column("conversation", NAME, nullable=False),
    Column("seq", BIG, nullable=False),
    Column("attempt", BIG, nullable=False, default=0),
    Column("cause", TEXT, nullable=False),
    Column("dead", BIG, nullable=False, default=0),
    Column("created", BIG, nullable=False, default=0),
    Index("job_due", "dead", "urgent", "due"),
    Index("job_dead", "dead", "id"),
)

schedule = Table(
    "schedule",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("user", NAME, nullable=False),
    Column("conversation", NAME, nullable=False),
    Column("at", BIG, nullable=False),
    Column("send", BLOB, nullable=False),
    Column("failed", NAME, nullable=False),
    Column("why", TEXT, nullable=False),
    Index("schedule_of", "user", "at"),
)
