"""Bots and webhooks, what devices have confirmed, and the audit log. Lanes go with their outlet."""

from sqlalchemy import Column, ForeignKey, Index, Table

from teahouse.backends.sql.tables.columns import BIG, DIGEST, FLAG, METADATA, NAME, TEXT

bot = Table(
    "bot",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("nick", NAME, nullable=False),
    Column("owner", NAME, nullable=False, index=True),
    Column("scopes", TEXT, nullable=False),
    Column("secret", DIGEST, nullable=False, unique=True),
    Column("created", BIG, nullable=False),
    Column("turned", BIG, nullable=False),
    Column("description", TEXT, nullable=False),
    Column("commands", TEXT, nullable=False),
    Column("commanded", FLAG, nullable=False, index=True),  # it has commands
)

hook = Table(
    "hook",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("conversation", NAME, nullable=False),
    Column("nick", NAME, nullable=False),
    Column("creator", NAME, nullable=False),
    Column("secret", DIGEST, nullable=False, unique=True),
    Column("created", BIG, nullable=False),
    Column("style", NAME, nullable=False),
    Column("avatar", TEXT, nullable=False),
    Column("template", TEXT, nullable=False),
    Index("hook_in", "conversation", "id"),
)

outlet = Table(
    "outlet",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("conversation", NAME, nullable=False),
    Column("settings", TEXT, nullable=False),
)

lane = Table(
    "lane",
    METADATA,
    Column("outlet", NAME, ForeignKey("outlet.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation", NAME, primary_key=True),
    Column("since", BIG, nullable=False),
    Column("first", BIG, nullable=False),
    Column("seq", BIG, nullable=False),
    Column("tries", BIG, nullable=False),
    Column("due", BIG, nullable=False),
)

audit = Table(
    "audit",
    METADATA,
    Column("number", BIG, primary_key=True, autoincrement=True),
    Column("at", BIG, nullable=False),
    Column("actor", NAME, nullable=False),
    Column("action", NAME, nullable=False),
    Column("target", NAME, nullable=False),
    Column("address", NAME, nullable=False),
    Column("details", TEXT, nullable=False),
    Index("audit_actor", "actor", "number"),
    Index("audit_action", "action", "number"),
    Index("audit_target", "target", "number"),
)

delivery = Table(
    "delivery",
    METADATA,
    Column("conversation", NAME, primary_key=True),
    Column("user", NAME, primary_key=True),
    Column("device", NAME, primary_key=True),
    Column("seq", BIG, nullable=False),
    Column("at", BIG, nullable=False, index=True),
    Index("delivery_of", "user"),
)
