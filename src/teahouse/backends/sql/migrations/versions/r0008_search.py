"""Search."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, FLAG, NAME

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _finding()
    _follower()
    _news()


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("term", NAME, nullable=False),
        sa.Column("log", BIG, autoincrement=False, nullable=False),
        sa.Column("entry", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "log", "entry", name=op.f("finding_pk")),
    )
    op.create_index("finding_of", "finding", ["entry"], unique=False)


def _follower() -> None:
    op.create_table(
        "follower",
        sa.Column("name", NAME, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("done", FLAG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("follower_pk")),
    )


def _news() -> None:
    op.create_table(
        "news",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("log", BIG, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("news_pk")),
    )
