"""The customer-service desk.

What has a revision is whole in `body`; the columns beside it are what is asked for (backends/desk.py). `open` is the
conversation of an open ticket, which may have one.
"""

from sqlalchemy import Column, Index, Table, UniqueConstraint

from teahouse.backends.sql.tables.columns import BIG, METADATA, NAME, TEXT

team = Table(
    "desk_team",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("key", NAME, nullable=False, unique=True),
    Column("revision", BIG, nullable=False),
    Column("body", TEXT, nullable=False),
)

agent = Table(
    "desk_agent",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("revision", BIG, nullable=False),
    Column("body", TEXT, nullable=False),
)

visitor = Table(
    "desk_visitor",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("external", NAME),
    Column("conversation", NAME, index=True),
    Column("revision", BIG, nullable=False),
    Column("body", TEXT, nullable=False),
    UniqueConstraint("team", "external", name="desk_visitor_external_key"),
)

ticket = Table(
    "desk_ticket",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("conversation", NAME, nullable=False),
    Column("visitor", NAME, nullable=False),
    Column("state", NAME, nullable=False),
    Column("agent", NAME, nullable=False),
    Column("priority", BIG, nullable=False),
    Column("opened", BIG, nullable=False, index=True),
    Column("queued", BIG, nullable=False),
    Column("due", BIG, nullable=False, index=True),
    Column("open", NAME, unique=True),
    Column("replied", BIG, nullable=False),
    Column("resolved", BIG, nullable=False),
    Column("closed", BIG, nullable=False),
    Column("rating", BIG, nullable=False),
    Column("revision", BIG, nullable=False),
    Column("body", TEXT, nullable=False),
    Index("desk_ticket_team", "team", "state", "id"),
    Index("desk_ticket_agent", "agent", "state", "id"),
    Index("desk_ticket_state", "state", "id"),
    Index("desk_ticket_visitor", "visitor", "id"),
    Index("desk_ticket_in", "conversation", "id"),
)

label = Table(
    "desk_label",
    METADATA,
    Column("ticket", NAME, primary_key=True),
    Column("label", NAME, primary_key=True),
    Index("desk_label_of", "label", "ticket"),
)

event = Table(
    "desk_event",
    METADATA,
    Column("ticket", NAME, primary_key=True),
    Column("number", BIG, primary_key=True, autoincrement=False),
    Column("at", BIG, nullable=False),
    Column("kind", NAME, nullable=False),
    Column("by", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
)

article = Table(
    "desk_article",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("language", NAME, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("changed", BIG, nullable=False),
    Index("desk_article_of", "team", "id"),
)

example = Table(
    "desk_example",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("intent", NAME, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("language", NAME, nullable=False),
    Column("origin", NAME, nullable=False),
    Column("ticket", NAME, nullable=False),
    Column("seq", BIG, nullable=False),
    Column("changed", BIG, nullable=False),
    Index("desk_example_of", "team", "id"),
)

canned = Table(
    "desk_canned",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("owner", NAME, nullable=False),
    Column("language", NAME, nullable=False),
    Column("changed", BIG, nullable=False),
    Index("desk_canned_of", "team", "id"),
)
