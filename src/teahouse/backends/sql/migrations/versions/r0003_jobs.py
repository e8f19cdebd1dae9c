"""Jobs."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, FLAG, NAME, TEXT

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _job()
    _schedule()


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("due", BIG, nullable=False),
        sa.Column("data", BLOB, nullable=False),
        sa.Column("urgent", FLAG, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("attempt", BIG, nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("dead", BIG, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pk")),
    )
    op.create_index("job_dead", "job", ["dead", "id"], unique=False)
    op.create_index("job_due", "job", ["dead", "urgent", "due"], unique=False)


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("send", BLOB, nullable=False),
        sa.Column("failed", NAME, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("schedule_pk")),
    )
    op.create_index("schedule_of", "schedule", ["user", "at"], unique=False)
