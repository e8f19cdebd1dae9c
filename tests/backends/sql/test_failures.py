"""What goes wrong with a connection, wherever it does, is StoreUnavailable."""

import asyncmy.errors
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.model.errors import StoreUnavailable

LOST = asyncmy.errors.OperationalError(2013, "Lost connection to MySQL server during query")


async def test_what_the_driver_says_while_the_pool_takes_a_connection_is_translated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mostly SQLAlchemy has done so; seen without, when MariaDB was killed while a connection was waited for."""
    database = Database(SqlOptions(url="mysql://teahouse@127.0.0.1:1/teahouse"))

    def lose(*_: object) -> None:
        raise LOST

    monkeypatch.setattr(AsyncEngine, "connect", lose)
    with pytest.raises(StoreUnavailable, match="Lost connection"):
        await database.fetch(text("SELECT 1"))
    with pytest.raises(StoreUnavailable, match="Lost connection"):
        await database.transact(lambda connection: connection.execute(text("SELECT 1")))
    await database.close()
