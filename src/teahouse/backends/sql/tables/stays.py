"""What clients of MQTT left behind to come back to."""

from sqlalchemy import Column, Table

from teahouse.backends.sql.tables.columns import BIG, BLOB, METADATA, NAME

stay = Table(
    "stay",
    METADATA,
    Column("user", NAME, primary_key=True),
    Column("client", NAME, primary_key=True),
    Column("expires", BIG, nullable=False, index=True),
    Column("data", BLOB, nullable=False),
)
