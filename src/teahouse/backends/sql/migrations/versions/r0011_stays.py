"""Stays."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, NAME

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "stay",
        sa.Column("user", NAME, nullable=False),
        sa.Column("client", NAME, nullable=False),
        sa.Column("expires", BIG, nullable=False),
        sa.Column("data", BLOB, nullable=False),
        sa.PrimaryKeyConstraint("user", "client", name=op.f("stay_pk")),
    )
    op.create_index(op.f("stay_expires"), "stay", ["expires"], unique=False)
