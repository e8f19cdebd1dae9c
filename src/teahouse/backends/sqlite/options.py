"""The settings of the SQLite store, declared once."""

from typing import Annotated

from msgspec import Meta, Struct


class SqliteOptions(Struct, frozen=True, kw_only=True):
    """How the store uses its file. Where the file is follows from the data directory."""

    batch_rows: Annotated[int, Meta(ge=1, le=4096, description="Rows committed in one transaction.")] = 256
    readers: Annotated[int, Meta(ge=1, le=32, description="Threads that read.")] = 2
    searchers: Annotated[int, Meta(ge=1, le=32, description="Threads that search.")] = 1
    cache_mib: Annotated[
        int, Meta(ge=1, le=65536, description="Page cache of the writer, MiB; each reader has a quarter.")
    ] = 32
    checkpoint_pages: Annotated[
        int,
        Meta(
            ge=100, description="Length of the write-ahead log, in 4 KiB pages, that asks for a checkpoint."
        ),
    ] = 4000
    busy_timeout_ms: Annotated[
        int,
        Meta(ge=0, description="How long to wait for another program, say a backup, that locks the file."),
    ] = 2000
    cached_heads: Annotated[
        int, Meta(ge=1, description="Conversations whose last seq the writer keeps in memory.")
    ] = 100_000
    recent_mib: Annotated[
        int,
        Meta(ge=0, le=4096, description="Memory for the newest entries of busy conversations, MiB; 0: none."),
    ] = 64
