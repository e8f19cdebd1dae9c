"""Files."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, NAME, SMALL, TEXT

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _file()
    _posting()


def _file() -> None:
    op.create_table(
        "file",
        sa.Column("id", NAME, nullable=False),
        sa.Column("owner", NAME, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("created", BIG, nullable=False),
        sa.Column("mime", TEXT, nullable=False),
        sa.Column("sha256", NAME, nullable=False),
        sa.Column("width", BIG, nullable=False),
        sa.Column("height", BIG, nullable=False),
        sa.Column("state", SMALL, nullable=False),
        sa.Column("expires", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("file_pk")),
    )
    op.create_index("file_expires", "file", ["state", "expires"], unique=False)
    op.create_index("file_of", "file", ["owner", "state", "id", "size"], unique=False)
    op.create_index("file_state", "file", ["state", "id"], unique=False)


def _posting() -> None:
    op.create_table(
        "posting",
        sa.Column("conversation", NAME, nullable=False),
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("file", NAME, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq", "file", name=op.f("posting_pk")),
    )
    op.create_index("posting_of", "posting", ["file"], unique=False)
