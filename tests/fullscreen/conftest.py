"""A server for all who sit down."""

from collections.abc import AsyncIterator, Iterator

import pytest

from teahouse.client import Client, Hello
from tests.app.server import Server, serving
from tests.fullscreen.seat import Seat, seated


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--limits", "off") as server:
        yield server


@pytest.fixture
def url(server: Server) -> str:
    found: str = server.ready["tcp"]
    return found


@pytest.fixture
async def bob(url: str) -> AsyncIterator[Client]:
    """Another person, who has a client without a screen."""
    async with Client(url, Hello(nick="bob")) as client:
        yield client


@pytest.fixture
async def seat(url: str) -> AsyncIterator[Seat]:
    async with seated(url) as seat:
        yield seat
