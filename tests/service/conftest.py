"""One server process for all of these tests: what one of them does to it, the others would notice."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.app.server import Server, serving
from tests.service.strangers import Witness

HELLO_S = 2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with all its limits, that waits for a hello for two seconds only."""
    patience = {f"TEAHOUSE_{gateway}_HELLO_S": str(HELLO_S) for gateway in ("TCP", "HTTP")}
    with serving(tmp_path_factory.mktemp("server"), **patience) as running:
        yield running


@pytest.fixture
async def witness(server: Server) -> AsyncIterator[Witness]:
    """Two people who chat in the lobby. Whatever a test does, they are not to notice."""
    pair = await Witness.meet(server)
    yield pair
    assert await pair.delay() < 1
    assert server.process.poll() is None
    assert "Traceback" not in server.log
    pair.close()
