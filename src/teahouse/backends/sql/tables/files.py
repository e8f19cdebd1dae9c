"""Files, and where they were posted: a posting is an entry that carries a file.

`state`: 0 uploading, 1 ready, 2 gone.
"""

from sqlalchemy import Column, Index, Table

from teahouse.backends.sql.tables.columns import BIG, METADATA, NAME, SMALL, TEXT

file = Table(
    "file",
    METADATA,
    Column("id", NAME, primary_key=True),
    Column("owner", NAME, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("size", BIG, nullable=False),
    Column("created", BIG, nullable=False),
    Column("mime", TEXT, nullable=False),
    Column("sha256", NAME, nullable=False),
    Column("width", BIG, nullable=False),
    Column("height", BIG, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("expires", BIG, nullable=False),
    Index("file_of", "owner", "state", "id", "size"),
    Index("file_state", "state", "id"),
    Index("file_expires", "state", "expires"),
)

posting = Table(
    "posting",
    METADATA,
    Column("conversation", NAME, primary_key=True),
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Column("file", NAME, primary_key=True),
    Index("posting_of", "file"),
)
