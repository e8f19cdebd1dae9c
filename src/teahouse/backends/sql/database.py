"""The database: two pools of connections, one that reads and one that writes.

Rule: nothing waits longer than its time, a connection that was waited for in vain is never used again, and what the
network, the disk or an operator caused is StoreUnavailable. A transaction that was undone, or whose connection was lost
before it was asked to commit, is done again; when nobody knows whether it was committed, nobody guesses.

Used by every port of this room; made by store.py.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from sqlalchemy import URL, Executable, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from teahouse.backends.sql.failures import CannotOpen, is_collision, translated
from teahouse.backends.sql.options import SqlOptions
from teahouse.model.breaker import Breaker
from teahouse.model.errors import StoreUnavailable

R = TypeVar("R")

TRIES = 8
"""So often is a transaction done that others get in the way of."""

REST_S, LONGEST_REST_S = 0.5, 4.0
"""So long is a database left alone that did not answer several times. Short: nobody can send meanwhile."""

_PAUSE_S = 0.01

logging.getLogger("asyncmy").setLevel(
    logging.ERROR
)  # it tells of every warning of the server as if it were one of ours
logging.getLogger("sqlalchemy.pool").setLevel(
    logging.CRITICAL
)  # and of every connection that was lost, which whoever used it is told

_DRIVERS = {
    "mysql": "mysql+asyncmy",
    "mariadb": "mysql+asyncmy",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class Database:
    """`url` takes the place of the one in the options, for a replica."""

    def __init__(self, options: SqlOptions, url: str = "") -> None:
        self.options = options
        self._url = driven(url or options.url)
        self.dialect: Literal["mysql", "postgresql"] = (
            "postgresql" if self._url.drivername.startswith("postgresql") else "mysql"
        )
        self._reading = self._engine("AUTOCOMMIT", options.readers)
        self._writing = self._engine("READ COMMITTED", options.writers)
        self._failures = (SQLAlchemyError, OSError, self._reading.dialect.loaded_dbapi.Error)
        self._breaker = Breaker(REST_S, LONGEST_REST_S)

    @property
    def place(self) -> str:
        """The database, without user and password."""
        return f"{self._url.host}:{self._url.port or ''}/{self._url.database}"

    def _engine(self, isolation: str, size: int) -> AsyncEngine:
        options = self.options
        url, tls = self._url.difference_update_query(["tls"]), self._url.query.get("tls", "off") != "off"
        arguments: dict[str, Any]
        if self.dialect == "postgresql":
            arguments = {"timeout": options.connect_timeout_s}
        else:
            arguments = {"connect_timeout": options.connect_timeout_s, "charset": "utf8mb4"}
        if tls:  # the context itself: asyncmy takes an empty dict for "no TLS"
            arguments["ssl"] = ssl.create_default_context()
        return create_async_engine(
            url,
            isolation_level=isolation,
            pool_size=size,
            max_overflow=0,
            pool_timeout=options.timeout_s,
            pool_reset_on_return=None,  # a ROLLBACK after each COMMIT would be one trip more; see _transact()
            connect_args=arguments,
            hide_parameters=True,
        )

    async def fetch(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Any]:
        """All rows of one statement, of what was committed when it was asked. StoreUnavailable if none come."""

        async def read() -> Sequence[Any]:
            async with self._reading.connect() as connection:
                return (await connection.execute(statement, parameters)).all()

        return await self._timed(lambda: self._again(read))

    async def transact(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """What `work` gives, in one transaction, committed. It may be called again, on a new transaction, if others
        were in its way; what it raises undoes it. StoreUnavailable if it could not be done, or nobody knows."""
        return await self._timed(lambda: self._transact(work))

    async def close(self) -> None:
        await self._reading.dispose()
        await self._writing.dispose()

    async def run_alone(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """`work` on a connection by itself, for as long as it takes; for migrations."""
        try:
            async with self._writing.connect() as connection:
                result = await work(connection)
                await _commit(connection)
                return result
        except self._failures as error:
            raise translated(error) from error

    async def _timed(self, attempt: Callable[[], Awaitable[R]]) -> R:
        """Within its time, unless the database did not answer several times."""
        now = asyncio.get_running_loop().time
        if wait_s := self._breaker.wait_s(now()):
            raise StoreUnavailable(f"the database did not answer; it is tried again in {wait_s:.0f} s")
        try:
            async with asyncio.timeout(self.options.timeout_s):
                result = await attempt()
        except TimeoutError as error:
            self._breaker.failed(now())
            raise StoreUnavailable("the database did not answer in time") from error
        except StoreUnavailable:
            self._breaker.failed(now())
            raise
        except asyncio.CancelledError:
            self._breaker.gave_up()
            raise
        except Exception:
            self._breaker.worked()  # it did answer
            raise
        self._breaker.worked()
        return result

    async def _again(self, attempt: Callable[[], Awaitable[R]]) -> R:
        """Twice, if the connection turned out to be lost: it may have been for long."""
        try:
            return await attempt()
        except self._failures as error:
            if not isinstance(translated(error), StoreUnavailable):
                raise
        try:
            return await attempt()
        except self._failures as error:
            raise translated(error) from error

    async def _transact(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        lost = False
        for turn in range(TRIES):
            committing = False
            try:
                async with self._writing.connect() as connection:
                    result = await work(connection)
                    committing = True
                    await _commit(connection)
                    return result
            except self._failures as error:
                known = translated(error)
                if not isinstance(known, StoreUnavailable):
                    raise
                if is_collision(error) and turn < TRIES - 1:
                    await asyncio.sleep(random.uniform(0, _PAUSE_S) * (turn + 1))  # noqa: S311
                elif committing or lost or turn == TRIES - 1:
                    raise known from error
                else:
                    lost = True
        raise AssertionError("unreachable")


async def _commit(connection: AsyncConnection) -> None:
    """A connection whose commit failed is not used again, for nobody knows what it is in the middle of. (One whose
    transaction is open is rolled back when it goes back to the pool.)"""
    try:
        await connection.commit()
    except Exception as error:
        await connection.invalidate(error)
        raise


def driven(url: str) -> URL:
    """The address with its driver. CannotOpen if it is none."""
    try:
        parsed = make_url(url)
        return parsed.set(drivername=_DRIVERS[parsed.drivername])
    except (ArgumentError, KeyError) as error:
        raise CannotOpen(
            "sql.url must be like postgresql://user:password@host:5432/teahouse or mysql://..."
        ) from error
