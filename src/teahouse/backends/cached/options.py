"""What can be set about the caches in front of a shared store. A section of app/settings.py."""

from typing import Annotated

from msgspec import Meta, Struct


class CacheOptions(Struct, frozen=True, kw_only=True):
    """What is kept of users, profiles, preferences and avatars in front of `store.kind = sql`."""

    enabled: Annotated[bool, Meta(description="Keep anything. SQLite and memory need no caches.")] = True
    most: Annotated[
        int, Meta(ge=1, le=10_000_000, description="Values a node keeps of each kind; those used last stay.")
    ] = 50_000
    keep_s: Annotated[
        float,
        Meta(
            gt=0,
            le=3600,
            description="Seconds a node keeps a value, at most: so long it may be old when the hint was lost that it "
            "changed.",
        ),
    ] = 30.0
    common_s: Annotated[
        float,
        Meta(ge=0, le=86_400, description="Seconds a value is kept in Redis, for all nodes; 0: none is."),
    ] = 300.0
    wait_s: Annotated[
        float,
        Meta(gt=0, le=5, description="Seconds Redis has for an answer; after that the database is asked."),
    ] = 0.1
    filter_ids: Annotated[
        int,
        Meta(
            ge=0,
            description="Ids of each kind up to which a node keeps a filter of those that exist (2 to 4 bytes each), "
            "so that others are not looked for; 0: none.",
        ),
    ] = 5_000_000
