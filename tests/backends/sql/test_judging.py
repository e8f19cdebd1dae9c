"""Two nodes on one database that decide about one conversation (tests/engine/test_judging.py), each with a store of its
own on it."""

from collections.abc import AsyncIterator
from dataclasses import fields

import pytest

from teahouse.backends.sql.store import SqlStore
from teahouse.engine.stores import Stores
from tests.engine import test_judging
from tests.support.house import Json, Town, limitless
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres
from tests.support.sql import SqlPlace

pytestmark = pytest.mark.service

globals().update((name, test) for name, test in vars(test_judging).items() if name.startswith("test_"))
group = test_judging.group


@pytest.fixture(scope="module")
def place(server: Postgres | Mariadb) -> SqlPlace:
    return SqlPlace(server)


@pytest.fixture
async def town(place: SqlPlace) -> AsyncIterator[Town]:
    options, made = await place.fresh(), Town(0, limitless(trust_s=30.0))
    stores = [SqlStore(options), SqlStore(options)]
    for name, store in zip("ab", stores, strict=True):
        await store.open()
        made.houses.append(made.house(name, limitless(trust_s=30.0), **_ports(store)))
    async with made:
        yield made
    for store in stores:
        await store.close()


def _ports(store: SqlStore) -> Json:
    named = {field.name: getattr(store, field.name, None) for field in fields(Stores)}
    return {name: port for name, port in named.items() if port is not None} | {"letters": store.jobs}
