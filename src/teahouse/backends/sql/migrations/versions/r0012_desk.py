"""Desk."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import BIG, NAME, TEXT

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    _people()
    _tickets()
    _papers()


def _names(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, NAME, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, BIG, nullable=False) for name in names]


def _people() -> None:
    op.create_table(
        "desk_team",
        *_names("id", "key"),
        *_numbers("revision"),
        *_texts("body"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_team_pk")),
        sa.UniqueConstraint("key", name=op.f("desk_team_key_key")),
    )
    op.create_table(
        "desk_agent",
        *_names("user"),
        *_numbers("revision"),
        *_texts("body"),
        sa.PrimaryKeyConstraint("user", name=op.f("desk_agent_pk")),
    )
    op.create_table(
        "desk_visitor",
        *_names("id", "team"),
        sa.Column("external", NAME),
        sa.Column("conversation", NAME),
        *_numbers("revision"),
        *_texts("body"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_visitor_pk")),
        sa.UniqueConstraint("team", "external", name="desk_visitor_external_key"),
    )
    op.create_index(op.f("desk_visitor_conversation"), "desk_visitor", ["conversation"], unique=False)


def _tickets() -> None:
    op.create_table(
        "desk_ticket",
        *_names("id", "team", "conversation", "visitor", "state", "agent"),
        *_numbers("priority", "opened", "queued", "due"),
        sa.Column("open", NAME),
        *_numbers("replied", "resolved", "closed", "rating", "revision"),
        *_texts("body"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_ticket_pk")),
        sa.UniqueConstraint("open", name=op.f("desk_ticket_open_key")),
    )
    for column in ("opened", "due"):
        op.create_index(op.f(f"desk_ticket_{column}"), "desk_ticket", [column], unique=False)
    for column in ("team", "agent"):
        op.create_index(f"desk_ticket_{column}", "desk_ticket", [column, "state", "id"], unique=False)
    op.create_index("desk_ticket_state", "desk_ticket", ["state", "id"], unique=False)
    op.create_index("desk_ticket_visitor", "desk_ticket", ["visitor", "id"], unique=False)
    op.create_index("desk_ticket_in", "desk_ticket", ["conversation", "id"], unique=False)
    op.create_table(
        "desk_label",
        *_names("ticket", "label"),
        sa.PrimaryKeyConstraint("ticket", "label", name=op.f("desk_label_pk")),
    )
    op.create_index("desk_label_of", "desk_label", ["label", "ticket"], unique=False)
    op.create_table(
        "desk_event",
        *_names("ticket"),
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        *_numbers("at"),
        *_names("kind", "by"),
        *_texts("text"),
        sa.PrimaryKeyConstraint("ticket", "number", name=op.f("desk_event_pk")),
    )


def _papers() -> None:
    op.create_table(
        "desk_article",
        *_names("id", "team"),
        *_texts("title", "text"),
        *_names("language"),
        *_texts("source"),
        *_numbers("changed"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_article_pk")),
    )
    op.create_table(
        "desk_example",
        *_names("id", "team", "intent"),
        *_texts("text"),
        *_names("language", "origin", "ticket"),
        *_numbers("seq", "changed"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_example_pk")),
    )
    op.create_table(
        "desk_canned",
        *_names("id", "team"),
        *_texts("title", "text"),
        *_names("owner", "language"),
        *_numbers("changed"),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_canned_pk")),
    )
    for paper in ("article", "example", "canned"):
        op.create_index(f"desk_{paper}_of", f"desk_{paper}", ["team", "id"], unique=False)
