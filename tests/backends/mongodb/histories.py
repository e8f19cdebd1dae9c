"""Histories in MongoDB as several nodes have them: each its own connection, all beside one store in memory."""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from teahouse.backends.mongodb.history import Elsewhere, MongoHistory
from teahouse.backends.mongodb.options import MongoOptions
from tests.contract.backends import Store, memory_store
from tests.support.mongo import Mongo, drop


class Nodes:
    """`store` is what all have beside the history."""

    def __init__(self, options: MongoOptions, store: Store, stack: AsyncExitStack) -> None:
        self.options = options
        self.store = store
        self._stack = stack
        self.other = Elsewhere(**{f.name: getattr(store, f.name) for f in dataclasses.fields(Elsewhere)})

    async def open(self, **other: Any) -> MongoHistory:
        history = MongoHistory(self.options, dataclasses.replace(self.other, **other))
        self._stack.push_async_callback(history.close)
        await history.begin()
        return history


@asynccontextmanager
async def nodes_on(mongo: Mongo, **options: Any) -> AsyncIterator[Nodes]:
    await mongo.ready()
    chosen = MongoOptions(url=mongo.url, database=f"test-{uuid4().hex}", **options)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(memory_store(Path()))
        yield Nodes(chosen, store, stack)
    if not mongo.own:
        await drop(mongo.url, chosen.database)
