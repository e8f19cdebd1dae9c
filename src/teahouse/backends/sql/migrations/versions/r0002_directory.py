"""Directory."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, DIGEST, FLAG, NAME, TEXT

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _conversation()
    _hidden()
    _mark()
    _member()
    _preference()
    _user()


def _conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("topic", NAME, nullable=False),
        sa.Column("join_rule", NAME, nullable=False),
        sa.Column("reach", NAME, nullable=False),
        sa.Column("member_limit", BIG, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("avatar", NAME, nullable=False),
        sa.Column("reach_last", BIG, nullable=False),
        sa.Column("invite", NAME, nullable=False),
        sa.Column("post", NAME, nullable=False),
        sa.Column("dissolved", BIG, nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("expires_s", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("conversation_pk")),
    )
    op.create_index(op.f("conversation_avatar"), "conversation", ["avatar"], unique=False)
    op.create_index(op.f("conversation_topic"), "conversation", ["topic"], unique=False)


def _hidden() -> None:
    op.create_table(
        "hidden",
        sa.Column("user", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("user", "conversation", "seq", name=op.f("hidden_pk")),
    )


def _mark() -> None:
    op.create_table(
        "mark",
        sa.Column("user", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("delivered", BIG, nullable=False),
        sa.Column("read", BIG, nullable=False),
        sa.Column("cleared", BIG, nullable=False),
        sa.Column("pinned", FLAG, nullable=True),
        sa.Column("archived", FLAG, nullable=True),
        sa.Column("muted_until", BIG, nullable=True),
        sa.Column("delivered_at", BIG, nullable=False),
        sa.Column("read_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("user", "conversation", name=op.f("mark_pk")),
    )
    op.create_index(op.f("mark_conversation"), "mark", ["conversation"], unique=False)


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("role", NAME, nullable=False),
        sa.Column("joined", BIG, nullable=False),
        sa.Column("left", BIG, nullable=False),
        sa.Column("muted_until", BIG, nullable=False),
        sa.Column("reads", BIG, nullable=False),
        sa.Column("banned", BIG, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "user", name=op.f("member_pk")),
    )
    op.create_index("member_of", "member", ["user", "left", "conversation"], unique=False)


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("user", NAME, nullable=False),
        sa.Column("receipts", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("preference_pk")),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("folded", NAME, nullable=False),
        sa.Column("guest", FLAG, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("resume", DIGEST, nullable=True),
        sa.Column("account", NAME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("user_pk")),
        sa.UniqueConstraint("account", name=op.f("user_account_key")),
        sa.UniqueConstraint("resume", name=op.f("user_resume_key")),
    )
