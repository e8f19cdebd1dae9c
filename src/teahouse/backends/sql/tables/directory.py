"""Who there is, which conversations there are, and who is in them. `account` is the folded nick of an account, and
nothing for guests: no two accounts have one nick."""

from sqlalchemy import Column, Index, Table

from teahouse.backends.sql.tables.columns import BIG, DIGEST, FLAG, METADATA, NAME, TEXT

user = Table(
    "user",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("nick", NAME, nullable=False),
    Column("folded", NAME, nullable=False),
    Column("guest", FLAG, nullable=False),
    Column("created", BIG, nullable=False),
    Column("resume", DIGEST, unique=True),
    Column("account", NAME, unique=True),
)

conversation = Table(
    "conversation",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("kind", NAME, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("topic", NAME, nullable=False, index=True),
    Column("join_rule", NAME, nullable=False),
    Column("reach", NAME, nullable=False),
    Column("member_limit", BIG, nullable=False),
    Column("created", BIG, nullable=False),
    Column("description", TEXT, nullable=False),
    Column("avatar", NAME, nullable=False, index=True),
    Column("reach_last", BIG, nullable=False),
    Column("invite", NAME, nullable=False),
    Column("post", NAME, nullable=False),
    Column("dissolved", BIG, nullable=False),
    Column("revision", BIG, nullable=False),
    Column("expires_s", BIG, nullable=False),
)

member = Table(
    "member",
    METADATA,
    Column("conversation", NAME, primary_key=True),
    Column("user", NAME, primary_key=True),
    Column("nick", NAME, nullable=False),
    Column("role", NAME, nullable=False),
    Column("joined", BIG, nullable=False),
    Column("left", BIG, nullable=False),
    Column("muted_until", BIG, nullable=False),
    Column("reads", BIG, nullable=False),
    Column("banned", BIG, nullable=False),
    Index("member_of", "user", "left", "conversation"),
)
