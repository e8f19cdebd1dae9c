"""Placed: the last entry that changed who is in, or the settings."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Of what is there already nobody knows: whoever was judged before its end is judged again."""
    op.add_column("log", sa.Column("placed", BIG, nullable=False, server_default="0"))
    op.execute(sa.text("UPDATE log SET placed = last"))
