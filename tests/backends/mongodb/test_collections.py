"""What `teahouse mongo init` does."""

import pytest
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

from teahouse.backends.mongodb import collections
from teahouse.backends.mongodb.collections import SHARD_KEY, commands
from teahouse.backends.mongodb.connection import Connection
from tests.backends.mongodb.histories import nodes_on
from tests.support.mongo import shared


def test_a_cluster_is_sharded_by_conversation() -> None:
    """And every unique index begins with the shard key, which MongoDB asks for."""
    index, last = commands([], retention=False, sharded="tea")[-2:]
    assert index["indexes"][0]["key"] == {"conversation": "hashed"}
    assert last == {"shardCollection": "tea.entries", "key": {"conversation": "hashed"}}
    unique = [index["key"] for index in collections.INDEXES["entries"] if index.get("unique")]
    assert [next(iter(key)) for key in unique] == [next(iter(SHARD_KEY))] * 2
    assert not any("shardCollection" in command for command in commands([], retention=False))


def test_what_is_there_is_changed_and_not_made_again() -> None:
    verbs = [next(iter(command)) for command in commands(["entries"], retention=False)]
    assert verbs == ["collMod", "createIndexes", "create", "createIndexes", "create", "createIndexes"]


@pytest.mark.service
async def test_it_may_be_run_again_and_adds_what_is_missing() -> None:
    async with nodes_on(shared()) as nodes:
        await nodes.open()
        connection = Connection(nodes.options)
        there = await collections.existing(connection)
        assert sorted(there) == ["debts", "entries", "lanes"]
        await collections.run(connection, commands(there, retention=True))
        await collections.run(connection, commands([], retention=True))  # two that begin at once
        names = {index["name"] async for index in await connection.entries.list_indexes()}
        await connection.close()
    assert names == {"_id_", "retained", *(index["name"] for index in collections.INDEXES["entries"])}


@pytest.mark.service
async def test_documents_are_validated() -> None:
    async with nodes_on(shared()) as nodes:
        await nodes.open()
        async with AsyncMongoClient[dict[str, object]](nodes.options.url) as client:
            with pytest.raises(PyMongoError, match="validation"):
                await client[nodes.options.database].entries.insert_one({"conversation": "c", "seq": 0})
