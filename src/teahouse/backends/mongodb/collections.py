"""Collections, what a document must look like, indexes, and how a cluster is sharded.

Rule: a list of commands, each of which may be run again; so what `teahouse mongo init --dry-run` shows is what it does,
and what a server does when it starts, but for the sharding. Called by history.py and app/cli_mongo.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo.errors import OperationFailure

from teahouse.backends.mongodb.connection import Connection, whole
from teahouse.model.entries import Kind
from teahouse.model.errors import StoreUnavailable

Command = dict[str, Any]

_NUMBER = {"bsonType": ["int", "long"], "minimum": 0}
_TEXT = {"bsonType": "string"}
ENTRY = {
    "bsonType": "object",
    "required": ["conversation", "seq", "kind", "sender", "nick", "at", "content", "order"],
    "properties": {
        "conversation": _TEXT,
        "seq": {"bsonType": ["int", "long"], "minimum": 1},
        "kind": {"enum": [kind.value for kind in Kind]},
        "sender": _TEXT,
        "nick": _TEXT,
        "at": {"bsonType": ["int", "long"]},
        "content": {"bsonType": "binData"},
        "order": _NUMBER,
        "cid": _TEXT,
        "mentions": {"bsonType": "array", "items": _TEXT},
        "words": {"bsonType": "array", "items": _TEXT},
        "files": {"bsonType": "array", "items": _TEXT},
    },
}
DEBT = {
    "bsonType": "object",
    "required": ["conversation", "seq", "payer", "changes", "files"],
    "properties": {"conversation": _TEXT, "seq": _NUMBER, "payer": _TEXT, "changes": {"bsonType": "binData"}},
}
LANE = {"bsonType": "object", "required": ["outlet", "conversation", "seq"], "properties": {"seq": _NUMBER}}
SCHEMAS = {"entries": ENTRY, "debts": DEBT, "lanes": LANE}


def _index(name: str, *fields: str, unique: bool = False, only: Mapping[str, Any] | None = None) -> Command:
    made: Command = {"name": name, "key": dict.fromkeys(fields, 1)}
    if unique:
        made["unique"] = True
    if only is not None:
        made["partialFilterExpression"] = only
    return made


def _having(field: str) -> Mapping[str, Any]:
    return {field: {"$exists": True}}


INDEXES = {
    "entries": [
        _index("place", "conversation", "seq", unique=True),
        _index("cid", "conversation", "sender", "cid", unique=True, only=_having("cid")),
        _index("reference", "conversation", "ref", "seq", only=_having("ref")),
        _index("thread", "conversation", "root", "seq", only=_having("root")),
        _index("pin", "conversation", "kind", "seq", only={"kind": Kind.PIN.value}),
        _index("word", "conversation", "words", "seq", only=_having("words")),
        _index("file", "files", only=_having("files")),
        _index("age", "at", "kind"),
        _index("cid_age", "at", only=_having("cid")),
    ],
    "debts": [_index("place", "conversation", "seq")],
    "lanes": [_index("place", "outlet", "conversation", unique=True)],
}
RETAINED = _index("retained", "at", "redacted", only=_having("words"))
"""Messages that still say something, by age; only where retention is set, for each message pays for it."""

SHARD_KEY = {"conversation": "hashed"}
"""A conversation is whole on one shard, and conversations are spread: ids begin with the time, which would put all
new ones on one shard. Unique indexes must begin with the shard key, so it can be no more than the conversation."""

_EXISTS = 48


def commands(existing: Sequence[str], retention: bool, sharded: str = "") -> list[Command]:
    """What makes the database as it should be. `sharded`: its name, if it is to be spread over a cluster."""
    made: list[Command] = []
    for name, schema in SCHEMAS.items():
        verb = "collMod" if name in existing else "create"
        made.append({verb: name, "validator": {"$jsonSchema": schema}, "validationLevel": "strict"})
        indexes = [*INDEXES[name], *([RETAINED] if retention and name == "entries" else [])]
        made.append({"createIndexes": name, "indexes": indexes})
    if sharded:  # what is not empty needs the index before
        made.append(
            {"createIndexes": "entries", "indexes": [{"name": "conversation_hashed", "key": SHARD_KEY}]}
        )
        made.append({"shardCollection": f"{sharded}.entries", "key": SHARD_KEY})
    return made


@whole
async def is_cluster(connection: Connection) -> bool:
    """Whether this is a sharded cluster. StoreUnavailable for a single server that is no replica set."""
    async with connection.using():
        hello = await connection.client.admin.command("hello")
    if hello.get("msg") == "isdbgrid":
        return True
    if "setName" not in hello:
        raise StoreUnavailable(
            "this MongoDB is no replica set, and without one there are no transactions; one member is enough: "
            "set replication.replSetName, and call rs.initiate() once"
        )
    return False


@whole
async def existing(connection: Connection) -> list[str]:
    async with connection.using():
        return await connection.database.list_collection_names()


async def run(connection: Connection, made: Sequence[Command]) -> None:
    """Each may be run again, and by several at once."""
    for command in made:
        await _run(connection, command)


@whole
async def _run(connection: Connection, command: Command) -> None:
    where = connection.client.admin if "shardCollection" in command else connection.database
    async with connection.using():
        try:
            await where.command(command)
        except OperationFailure as error:
            if error.code != _EXISTS or "create" not in command:
                raise
