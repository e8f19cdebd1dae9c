"""A whole server with accounts, and XMPP clients of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import uvloop

from teahouse.app.compose import compose
from teahouse.app.settings import Settings
from teahouse.identity.options import IdentityOptions
from tests.gateways.xmpp.client import Place
from tests.support.doors import free_doors


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Any]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    settings = Settings(
        data=str(tmp_path / "data"),
        **free_doors(),
        identity=IdentityOptions(hash_memory_kib=8192, hash_passes=1),
    )
    async with AsyncExitStack() as stack:
        server = await compose(settings, stack)
        place = Place(server)
        yield place
        await place.close()
        await server.drain(1)
