"""A scripted peer for each test that wants one, and a client that greets it."""

from collections.abc import AsyncIterator

import pytest

from teahouse.client import Client, Hello
from teahouse.client import client as module
from tests.client.peer import Peer


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    peer = Peer()
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
async def alice(peer: Peer) -> AsyncIterator[Client]:
    async with Client(peer.url, Hello(nick="alice"), timeout_s=2.0) as client:
        yield client


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients come back at once."""
    monkeypatch.setattr(module, "FIRST_DELAY_S", 0.01)
