"""Vault."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, NAME

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "secret",
        sa.Column("name", NAME, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("value", BLOB, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("secret_pk")),
    )
    op.create_table(
        "spent",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("spent_pk")),
    )
    op.create_index(op.f("spent_until"), "spent", ["until"], unique=False)
