"""What can be set about MongoDB. A section of app/settings.py."""

from typing import Annotated

from msgspec import Meta, Struct


class MongoOptions(Struct, frozen=True, kw_only=True):
    """MongoDB, for the message history."""

    url: Annotated[
        str,
        Meta(
            pattern=r"^$|^mongodb(\+srv)?://",
            description="Where MongoDB is: a replica set or a sharded cluster, with user and password, like "
            "mongodb://user:password@a,b,c/?replicaSet=tea. Empty: the history is where everything else is. Needs "
            "`pip install teahouse[scale]`.",
            extra={"secret": True},
        ),
    ] = ""
    database: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9_-]{1,60}$",
            description="Name of the database; servers that share a MongoDB differ.",
        ),
    ] = "teahouse"
    timeout_s: Annotated[
        float, Meta(gt=0, le=60, description="Seconds that one operation may take, with all its attempts.")
    ] = 4.0
    pool: Annotated[
        int, Meta(ge=2, le=1000, description="Connections to each server of MongoDB, at most.")
    ] = 50
    majority: Annotated[
        bool,
        Meta(
            description="true: a message is answered when a majority of the replica set has it. false: when the "
            "primary has it; what was answered last can be lost when that fails, and its seq be given twice."
        ),
    ] = True
    journal: Annotated[
        bool, Meta(description="A message is answered when it is in the journal, on disk.")
    ] = True
    retention_days: Annotated[
        int,
        Meta(
            ge=0,
            le=36500,
            description="After so many days what was said is erased, and tombstones stay. 0: it stays for ever.",
        ),
    ] = 0
