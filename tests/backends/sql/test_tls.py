"""Who asks for TLS never speaks without it. The servers of these tests have none."""

import pytest
from sqlalchemy import text

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.model.errors import StoreUnavailable

pytestmark = pytest.mark.service


async def test_a_server_without_tls_is_not_spoken_to(url: str) -> None:
    database = Database(SqlOptions(url=f"{url}?tls=on"))
    with pytest.raises(StoreUnavailable):
        await database.fetch(text("SELECT 1"))
    await database.close()
