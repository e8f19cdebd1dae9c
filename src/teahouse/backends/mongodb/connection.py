"""The connection to MongoDB: one client a process, its collections, and what its failures mean.

Rule: nothing waits longer than `timeout_s`, nothing is broken off, and whatever goes wrong is StoreUnavailable. A
MongoDB that cannot be reached is left alone for a moment, so that nobody waits in vain; one that answers, even with an
error, is not.

What is read was acknowledged by a majority (read concern): an entry that a new primary could forget is neither shown
nor counted from. Made by history.py.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from bson.codec_options import CodecOptions, TypeDecoder, TypeRegistry
from bson.int64 import Int64
from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
)
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from teahouse.backends.mongodb.options import MongoOptions
from teahouse.model.breaker import Breaker
from teahouse.model.errors import StoreUnavailable

Document = dict[str, Any]
Collection = AsyncCollection[Document]
Session = AsyncClientSession

PAUSE_S = 0.5
LONGEST_S = 4.0
_DUPLICATE = 11000


class _Whole(TypeDecoder):
    """Numbers of 64 bits as what they are: the driver would give a kind of its own, which no encoder knows."""

    bson_type = Int64

    def transform_bson(self, value: Any) -> int:
        return int(value)


CODEC: CodecOptions[Document] = CodecOptions(type_registry=TypeRegistry([_Whole()]))

P = ParamSpec("P")
R = TypeVar("R")

_underway: set[asyncio.Task[Any]] = set()  # the loop itself keeps no task alive

_log = structlog.get_logger("teahouse.backends")


def whole(method: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """For whatever uses a Connection: it goes on to its end, also if nobody waits for it any more.

    The driver does not bear to be cancelled. Who waits in it for a server, or for a connection of the pool, waits in a
    task of its own that takes a lock again at its end; cancelled then, it takes it for nobody, and the client answers
    nobody any more (pymongo 4.20 on Python 3.11). All of it ends by itself, after `timeout_s`.
    """

    @wraps(method)
    async def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        task = asyncio.get_running_loop().create_task(method(*args, **kwargs))
        _underway.add(task)
        task.add_done_callback(_ended)
        return await asyncio.shield(task)

    return wrapped


def _ended(task: asyncio.Task[Any]) -> None:
    _underway.discard(task)
    if not task.cancelled():
        task.exception()  # who has gone does not hear of it


class Connection:
    """`entries` is the log; `debts` are changes that are not in the other store yet (debts.py); `lanes` is how far
    outlets were told (outlets.py)."""

    def __init__(self, options: MongoOptions) -> None:
        self.options = options
        self._breaker = Breaker(PAUSE_S, LONGEST_S)
        wait_ms = int(options.timeout_s * 1000)
        self._writes = WriteConcern(w="majority" if options.majority else 1, j=options.journal)
        try:
            self.client: AsyncMongoClient[Document] = AsyncMongoClient(
                options.url,
                appname="teahouse",
                maxPoolSize=options.pool,
                timeoutMS=wait_ms,
                serverSelectionTimeoutMS=wait_ms,
                connectTimeoutMS=wait_ms,
            )
        except (PyMongoError, ValueError) as error:
            raise StoreUnavailable(f"mongodb.url cannot be used: {error}") from error
        reads = ReadConcern("majority" if options.majority else "local")
        self.database: AsyncDatabase[Document] = self.client.get_database(
            options.database, CODEC, read_concern=reads, write_concern=self._writes
        )
        self.entries = self.database.get_collection("entries")
        self.debts = self.database.get_collection("debts")
        self.lanes = self.database.get_collection("lanes")

    @asynccontextmanager
    async def using(self) -> AsyncIterator[None]:
        """Around whatever talks to MongoDB, in what is `whole`."""
        loop = asyncio.get_running_loop()
        if self._breaker.wait_s(loop.time()) > 0:
            raise StoreUnavailable("MongoDB cannot be reached")
        try:
            yield
        except PyMongoError as error:
            self._judge(error)
            raise StoreUnavailable(f"MongoDB: {reason(error)}") from error
        except BaseException:
            self._breaker.gave_up()
            raise
        self._breaker.worked()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """What is done with the session is done whole or not at all; committed at the end. Inside of `using`."""
        concern = ReadConcern("snapshot")
        async with (
            self.client.start_session() as session,
            await session.start_transaction(read_concern=concern, write_concern=self._writes),
        ):
            yield session

    def _judge(self, error: PyMongoError) -> None:
        if not is_away(error):
            self._breaker.worked()
        elif self._breaker.failed(asyncio.get_running_loop().time()):
            _log.error("MongoDB cannot be reached", reason=reason(error))

    @whole
    async def found(
        self, query: Mapping[str, Any], fields: Sequence[str] | None = None, **how: Any
    ) -> list[Document]:
        """Entries as documents. `how`: sort, limit, hint."""
        async with self.using():
            return await self.entries.find(query, fields, **how).to_list()

    @whole
    async def gathered(self, pipeline: Sequence[Mapping[str, Any]]) -> list[Document]:
        """What an aggregation of entries gives."""
        async with self.using():
            return await (await self.entries.aggregate(pipeline)).to_list()

    async def close(self) -> None:
        await self.client.close()


def is_away(error: PyMongoError) -> bool:
    """Whether nobody answered, rather than with an error."""
    if isinstance(error, ExecutionTimeout | ConfigurationError):
        return False
    return isinstance(error, ConnectionFailure) or error.timeout


def is_duplicate(error: OperationFailure) -> bool:
    """Whether a unique index refused it."""
    if error.code == _DUPLICATE:
        return True
    details = error.details or {}
    return any(one.get("code") == _DUPLICATE for one in details.get("writeErrors", ()))


def reason(error: PyMongoError) -> str:
    """One line for a log; the driver writes down the whole topology."""
    return str(error).split(", full error:")[0].split(", Timeout:")[0][:300]
