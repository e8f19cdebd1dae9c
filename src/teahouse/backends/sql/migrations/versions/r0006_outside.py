"""Outside."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, DIGEST, FLAG, NAME, TEXT

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _audit()
    _bot()
    _delivery()
    _hook()
    _outlet()
    _lane()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", BIG, autoincrement=True, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("actor", NAME, nullable=False),
        sa.Column("action", NAME, nullable=False),
        sa.Column("target", NAME, nullable=False),
        sa.Column("address", NAME, nullable=False),
        sa.Column("details", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("audit_pk")),
    )
    op.create_index("audit_action", "audit", ["action", "number"], unique=False)
    op.create_index("audit_actor", "audit", ["actor", "number"], unique=False)
    op.create_index("audit_target", "audit", ["target", "number"], unique=False)


def _bot() -> None:
    op.create_table(
        "bot",
        sa.Column("id", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("owner", NAME, nullable=False),
        sa.Column("scopes", TEXT, nullable=False),
        sa.Column("secret", DIGEST, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("turned", BIG, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("commands", TEXT, nullable=False),
        sa.Column("commanded", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("bot_pk")),
        sa.UniqueConstraint("secret", name=op.f("bot_secret_key")),
    )
    op.create_index(op.f("bot_commanded"), "bot", ["commanded"], unique=False)
    op.create_index(op.f("bot_owner"), "bot", ["owner"], unique=False)


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("device", NAME, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "user", "device", name=op.f("delivery_pk")),
    )
    op.create_index(op.f("delivery_at"), "delivery", ["at"], unique=False)
    op.create_index("delivery_of", "delivery", ["user"], unique=False)


def _hook() -> None:
    op.create_table(
        "hook",
        sa.Column("id", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("creator", NAME, nullable=False),
        sa.Column("secret", DIGEST, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("style", NAME, nullable=False),
        sa.Column("avatar", TEXT, nullable=False),
        sa.Column("template", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("hook_pk")),
        sa.UniqueConstraint("secret", name=op.f("hook_secret_key")),
    )
    op.create_index("hook_in", "hook", ["conversation", "id"], unique=False)


def _outlet() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("settings", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("outlet_pk")),
    )


def _lane() -> None:
    op.create_table(
        "lane",
        sa.Column("outlet", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.Column("first", BIG, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("due", BIG, nullable=False),
        sa.ForeignKeyConstraint(["outlet"], ["outlet.id"], name=op.f("lane_outlet_fk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outlet", "conversation", name=op.f("lane_pk")),
    )
