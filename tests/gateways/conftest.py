"""Gateways run on uvloop, as the server does, and stand on a double of the engine."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import uvloop

from tests.gateways.doubles import FakeEngine, Site


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Any]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
async def site(engine: FakeEngine) -> AsyncIterator[Site]:
    """A place for listeners to run in; what is started there is stopped at the end."""
    async with Site(engine) as running:
        yield running
