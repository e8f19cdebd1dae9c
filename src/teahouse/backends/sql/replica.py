"""Reading from a replica, without ever seeing less than was there when it was asked.

Rule: the primary says where it is, and the replica is read only when it has come that far: so what was committed
before a read began is seen by it, on whichever node it was. That costs the primary one small question a read, and a
commit nothing. A replica that is behind, does not answer or fails is left alone for a while (model/breaker.py), and the
primary reads.

Used for what can be long and is not on the way of a message: search, lists for administrators, the audit log, exports.
Made by store.py.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import structlog
from sqlalchemy import Executable, text

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.failures import CannotOpen
from teahouse.model.breaker import Breaker
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.backends")

WAIT_S = 0.05
"""How long a read waits for the replica to come as far as the primary."""

LOOK_S = 0.002
"""How often a replica that does not wait by itself is looked at."""

PATIENCE_S = 5.0
"""How long the replica has for one read, the wait included."""


class Reading(Protocol):
    """What rows are read with: a Database, or a Replica."""

    async def fetch(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Any]: ...


async def require_fence(primary: Database) -> None:
    """CannotOpen if there is no fence to read a replica behind: MySQL counts its transactions in another way than
    MariaDB, which nobody has tried."""
    [[version]] = await primary.fetch(text("SELECT VERSION()"))
    if primary.dialect == "mysql" and "MariaDB" not in version:
        raise CannotOpen("sql.replica_url is for MariaDB and PostgreSQL; with MySQL leave it empty")


class Replica:
    def __init__(self, primary: Database, replica: Database) -> None:
        self._primary = primary
        self._replica = replica
        self._fence = _Lsn() if primary.dialect == "postgresql" else _Gtid()
        self._breaker = Breaker()
        self._reads: set[asyncio.Future[Sequence[Any] | None]] = set()

    async def fetch(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Any]:
        rows = await self._from_replica(statement, parameters) if self._worth_a_try() else None
        return await self._primary.fetch(statement, parameters) if rows is None else rows

    def _worth_a_try(self) -> bool:
        return self._breaker.wait_s(asyncio.get_running_loop().time()) == 0

    async def _from_replica(
        self, statement: Executable, parameters: Mapping[str, Any] | None
    ) -> Sequence[Any] | None:
        """None if the replica cannot answer, or not in time."""
        try:
            position = await self._fence.position(self._primary)
        except BaseException:
            self._breaker.gave_up()
            raise
        read = asyncio.ensure_future(self._read(statement, parameters, position))
        self._reads.add(read)
        read.add_done_callback(self._ended)
        try:
            done, _ = await asyncio.wait({read}, timeout=PATIENCE_S)
        except asyncio.CancelledError:
            read.cancel()
            self._breaker.gave_up()
            raise
        if not done:
            read.cancel()  # to close what does not answer may take a while, for which nobody waits
            self._failed("it does not answer")
            return None
        try:
            rows = read.result()
        except StoreUnavailable as error:
            self._failed(str(error))
            return None
        except BaseException:
            self._breaker.worked()  # it did answer
            raise
        if rows is None:
            self._failed("it is behind")
            return None
        self._breaker.worked()
        return rows

    async def _read(
        self, statement: Executable, parameters: Mapping[str, Any] | None, position: str
    ) -> Sequence[Any] | None:
        """None if the replica is behind, and stays it."""
        if not await self._fence.reached(self._replica, position):
            return None
        return await self._replica.fetch(statement, parameters)

    def _ended(self, read: asyncio.Future[Any]) -> None:
        self._reads.discard(read)
        if not read.cancelled():
            read.exception()  # who gave up waiting does not ask

    def _failed(self, cause: str) -> None:
        if self._breaker.failed(asyncio.get_running_loop().time()):
            _log.warning("the replica is left alone for a while", cause=cause)


class _Lsn:
    """PostgreSQL: up to where the write-ahead log is safe there, and replayed here."""

    _POSITION = text("SELECT CAST(pg_current_wal_flush_lsn() AS text)")
    _REACHED = text("SELECT pg_last_wal_replay_lsn() >= CAST(CAST(:position AS text) AS pg_lsn)")

    async def position(self, primary: Database) -> str:
        return str((await primary.fetch(self._POSITION))[0][0])

    async def reached(self, replica: Database, position: str) -> bool:
        """Whether the replica is there, soon at least. A server that is no replica never is."""
        loop = asyncio.get_running_loop()
        until = loop.time() + WAIT_S
        while not (await replica.fetch(self._REACHED, {"position": position}))[0][0]:
            if loop.time() >= until:
                return False
            await asyncio.sleep(LOOK_S)
        return True


class _Gtid:
    """MariaDB: the last transaction in the binary log there, and here."""

    _POSITION = text("SELECT @@gtid_binlog_pos")
    _REACHED = text("SELECT MASTER_GTID_WAIT(:position, :seconds)")

    async def position(self, primary: Database) -> str:
        """Empty where nothing was written, or no binary log is."""
        return str((await primary.fetch(self._POSITION))[0][0] or "")

    async def reached(self, replica: Database, position: str) -> bool:
        answer = await replica.fetch(self._REACHED, {"position": position, "seconds": WAIT_S})
        return bool(position) and answer[0][0] == 0
