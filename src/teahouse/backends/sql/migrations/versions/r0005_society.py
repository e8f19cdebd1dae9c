"""Society."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, FLAG, NAME, SMALL, TEXT

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _block()
    _contact()
    _latch()
    _link()
    _report()
    _request()


def _block() -> None:
    op.create_table(
        "block",
        sa.Column("user", NAME, nullable=False),
        sa.Column("other", NAME, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("user", "other", name=op.f("block_pk")),
    )
    op.create_index(op.f("block_other"), "block", ["other"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("user", NAME, nullable=False),
        sa.Column("other", NAME, nullable=False),
        sa.Column("alias", TEXT, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("user", "other", name=op.f("contact_pk")),
    )
    op.create_index(op.f("contact_other"), "contact", ["other"], unique=False)


def _latch() -> None:
    op.create_table(
        "latch",
        sa.Column("stripe", SMALL, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("stripe", name=op.f("latch_pk")),
    )


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("id", NAME, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("expires", BIG, nullable=False),
        sa.Column("uses", BIG, nullable=True),
        sa.Column("used", BIG, nullable=False),
        sa.Column("revoked", FLAG, nullable=False),
        sa.CheckConstraint("uses IS NULL OR used <= uses", name=op.f("link_uses_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("link_pk")),
        sa.UniqueConstraint("digest", name=op.f("link_digest_key")),
    )
    op.create_index("link_to", "link", ["conversation", "id"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", NAME, nullable=False),
        sa.Column("reporter", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("reason", NAME, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("snapshot", BLOB, nullable=False),
        sa.Column("outcome", NAME, nullable=False),
        sa.Column("settler", NAME, nullable=False),
        sa.Column("settled", BIG, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("report_pk")),
        sa.UniqueConstraint("reporter", "conversation", "seq", "subject", name="report_about"),
    )
    op.create_index("report_outcome", "report", ["outcome", "id"], unique=False)
    op.create_index(op.f("report_subject"), "report", ["subject"], unique=False)


def _request() -> None:
    op.create_table(
        "request",
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("nick", NAME, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "user", name=op.f("request_pk")),
    )
    op.create_index(op.f("request_user"), "request", ["user"], unique=False)
