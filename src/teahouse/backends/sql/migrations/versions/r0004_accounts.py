"""Accounts."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, FLAG, NAME, TEXT

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _account()
    _login()
    _notification()
    _subject()
    _voucher()
    _push_device()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("user", NAME, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("folded", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("password", TEXT, nullable=True),
        sa.Column("admin", FLAG, nullable=False),
        sa.Column("disabled", BIG, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("bio", TEXT, nullable=False),
        sa.Column("avatar", NAME, nullable=False),
        sa.Column("locale", NAME, nullable=False),
        sa.Column("erasing", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("account_pk")),
        sa.UniqueConstraint("folded", name=op.f("account_folded_key")),
    )
    op.create_index(op.f("account_admin"), "account", ["admin"], unique=False)
    op.create_index(op.f("account_erasing"), "account", ["erasing"], unique=False)


def _login() -> None:
    op.create_table(
        "login",
        sa.Column("id", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("device", NAME, nullable=False),
        sa.Column("address", NAME, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("seen", BIG, nullable=False),
        sa.Column("expires", BIG, nullable=False),
        sa.Column("family", DIGEST, nullable=False),
        sa.Column("secret", DIGEST, nullable=False),
        sa.Column("nonce", DIGEST, nullable=False),
        sa.Column("previous", DIGEST, nullable=False),
        sa.Column("rotated", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("login_pk")),
        sa.UniqueConstraint("family", name=op.f("login_family_key")),
    )
    op.create_index(op.f("login_expires"), "login", ["expires"], unique=False)
    op.create_index("login_of", "login", ["user", "id"], unique=False)


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("user", NAME, nullable=False),
        sa.Column("preview", FLAG, nullable=False),
        sa.Column("quiet", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("user", name=op.f("notification_pk")),
    )


def _subject() -> None:
    op.create_table(
        "subject",
        sa.Column("issuer", NAME, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "name", name=op.f("subject_pk")),
    )
    op.create_index(op.f("subject_user"), "subject", ["user"], unique=False)


def _voucher() -> None:
    op.create_table(
        "voucher",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("purpose", NAME, nullable=False),
        sa.Column("expires", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("voucher_pk")),
    )
    op.create_index(op.f("voucher_purpose"), "voucher", ["purpose"], unique=False)


def _push_device() -> None:
    op.create_table(
        "push_device",
        sa.Column("id", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("place", DIGEST, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("login", NAME, nullable=False),
        sa.Column("p256dh", BLOB, nullable=False),
        sa.Column("secret", BLOB, nullable=False),
        sa.Column("topic", TEXT, nullable=False),
        sa.Column("sandbox", FLAG, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["login"], ["login.id"], name=op.f("push_device_login_fk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("push_device_pk")),
        sa.UniqueConstraint("place", name=op.f("push_device_place_key")),
    )
    op.create_index(op.f("push_device_login"), "push_device", ["login"], unique=False)
    op.create_index("push_device_of", "push_device", ["user", "id"], unique=False)
