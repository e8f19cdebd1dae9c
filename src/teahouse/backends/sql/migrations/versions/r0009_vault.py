"""Vault."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, NAME

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _hour()
    _secret()
    _spent()


def _hour() -> None:
    op.create_table(
        "hour",
        sa.Column("hour", BIG, autoincrement=False, nullable=False),
        sa.Column("first", BIG, nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.PrimaryKeyConstraint("hour", name=op.f("hour_pk")),
    )


def _secret() -> None:
    op.create_table(
        "secret",
        sa.Column("name", NAME, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("value", BLOB, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("secret_pk")),
    )


def _spent() -> None:
    op.create_table(
        "spent",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("spent_pk")),
    )
    op.create_index(op.f("spent_until"), "spent", ["until"], unique=False)
