"""Log."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, FLAG, NAME, SMALL

revision = "0001"
down_revision = None


def upgrade() -> None:
    _entry()
    _log()
    _mention()
    _pin()
    _reply()
    _sweep()


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("log", BIG, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("kind", SMALL, nullable=False),
        sa.Column("sender", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("content", BLOB, nullable=False),
        sa.Column("cid", NAME, nullable=True),
        sa.Column("ref", BIG, nullable=True),
        sa.Column("redacted", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("entry_pk")),
        sa.UniqueConstraint("log", "sender", "cid", name="entry_cid"),
        sa.UniqueConstraint("log", "seq", name="entry_seq"),
    )
    op.create_index("entry_at", "entry", ["at"], unique=False)
    op.create_index("entry_ref", "entry", ["log", "ref", "seq"], unique=False)


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("log_pk")),
        sa.UniqueConstraint("conversation", name=op.f("log_conversation_key")),
    )


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("log", BIG, autoincrement=False, nullable=False),
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.PrimaryKeyConstraint("log", "seq", "user", name=op.f("mention_pk")),
    )
    op.create_index("mention_of", "mention", ["log", "user", "seq"], unique=False)


def _pin() -> None:
    op.create_table(
        "pin",
        sa.Column("log", BIG, autoincrement=False, nullable=False),
        sa.Column("ref", BIG, autoincrement=False, nullable=False),
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("log", "ref", "seq", name=op.f("pin_pk")),
    )


def _reply() -> None:
    op.create_table(
        "reply",
        sa.Column("log", BIG, autoincrement=False, nullable=False),
        sa.Column("root", BIG, autoincrement=False, nullable=False),
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("log", "root", "seq", name=op.f("reply_pk")),
    )


def _sweep() -> None:
    op.create_table(
        "sweep",
        sa.Column("name", NAME, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("sweep_pk")),
    )
