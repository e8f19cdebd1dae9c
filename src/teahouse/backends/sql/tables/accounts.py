"""Accounts, their logins and devices, vouchers, and who somebody is at a provider.

The nick of an account stands in `person`, whose unique key keeps it from another. A login that ended is gone, and its
devices with it. `secret` is the digest of the refresh token that holds, `previous` of the one before, `nonce` what led
from that to this at `rotated`.
"""

from sqlalchemy import Column, ForeignKey, Index, Table

from teahouse.backends.sql.tables.columns import BIG, BLOB, DIGEST, FLAG, METADATA, NAME, TEXT

account = Table(
    "account",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("folded", NAME, nullable=False, unique=True),
    Column("kind", NAME, nullable=False),
    Column("password", TEXT),
    Column("admin", FLAG, nullable=False, index=True),
    Column("disabled", BIG, nullable=False),
    Column("created", BIG, nullable=False),
    Column("bio", TEXT, nullable=False),
    Column("avatar", NAME, nullable=False),
    Column("locale", NAME, nullable=False),
    Column("erasing", FLAG, nullable=False, index=True, default=False),
)

login = Table(
    "login",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("user", NAME, nullable=False),
    Column("device", NAME, nullable=False),
    Column("address", NAME, nullable=False),
    Column("created", BIG, nullable=False),
    Column("seen", BIG, nullable=False),
    Column("expires", BIG, nullable=False, index=True),
    Column("family", DIGEST, nullable=False, unique=True),
    Column("secret", DIGEST, nullable=False),
    Column("nonce", DIGEST, nullable=False, default=b""),
    Column("previous", DIGEST, nullable=False, default=b""),
    Column("rotated", BIG, nullable=False, default=0),
    Index("login_of", "user", "id"),
)

voucher = Table(
    "voucher",
    METADATA,
    Column("digest", DIGEST, primary_key=True),
    Column("purpose", NAME, nullable=False, index=True),
    Column("expires", BIG, nullable=False),
)

subject = Table(
    "subject",
    METADATA,
    Column("issuer", NAME, primary_key=True),
    Column("name", NAME, primary_key=True),
    Column("user", NAME, nullable=False, index=True),
)

push_device = Table(
    "push_device",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("user", NAME, nullable=False),
    Column("kind", NAME, nullable=False),
    Column("place", DIGEST, nullable=False, unique=True),  # of kind and address, which may be long
    Column("address", TEXT, nullable=False),
    Column("login", NAME, ForeignKey("login.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("p256dh", BLOB, nullable=False),
    Column("secret", BLOB, nullable=False),
    Column("topic", TEXT, nullable=False),
    Column("sandbox", FLAG, nullable=False),
    Column("name", NAME, nullable=False),
    Column("created", BIG, nullable=False),
    Index("push_device_of", "user", "id"),
)

notification = Table(
    "notification",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("preview", FLAG, nullable=False),
    Column("quiet", TEXT),
)
