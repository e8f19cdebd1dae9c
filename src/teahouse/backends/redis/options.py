"""What can be set about Redis. A section of app/settings.py."""

from typing import Annotated

from msgspec import Meta, Struct


class RedisOptions(Struct, frozen=True, kw_only=True):
    """The Redis that the nodes of a shared store talk to each other by."""

    url: Annotated[
        str,
        Meta(
            pattern=r"^$|^rediss?(\+sentinel)?://",
            description="Where Redis is: redis://user:password@host:6379/0, or rediss:// for TLS; or who knows "
            "where it is: redis+sentinel://user:password@host:26379,host:26379/MASTER/0, rediss+sentinel:// for "
            "TLS. Empty: none, and this server is alone.",
            extra={"secret": True},
        ),
    ] = ""
    prefix: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9._-]{1,60}$",
            description="What all keys and channels begin with; installations that share a Redis differ.",
        ),
    ] = "teahouse"
    timeout_s: Annotated[
        float, Meta(gt=0, le=30, description="Seconds Redis has for an answer, and for taking a connection.")
    ] = 2.0
    most_hint_kib: Annotated[
        int,
        Meta(
            ge=64,
            le=16384,
            description="A hint to other nodes that is larger goes without its entries, which they read in the store.",
        ),
    ] = 1024
    presence_s: Annotated[
        float,
        Meta(
            gt=0, le=3600, description="Seconds for which Redis keeps what is not said again of who is here."
        ),
    ] = 300.0
    alive_s: Annotated[
        float,
        Meta(
            gt=0,
            le=3600,
            description="Seconds after which a node that says nothing counts as gone, and who is on it with it.",
        ),
    ] = 15.0
