"""Everybody comes back at once to nodes that were away: nginx lets them in."""

import asyncio
import signal
from pathlib import Path

import pytest

from teahouse.client import Client, Hello
from tests.support.cluster import Node
from tests.support.nginx import proxying

pytestmark = [pytest.mark.service, pytest.mark.timeout(120)]

CROWD = 20
VARIABLES = {
    "TEAHOUSE_LIMITS": "off",
    "TEAHOUSE_HTTP_TRUSTED_PROXIES": "127.0.0.1",
    "TEAHOUSE_TCP_TRUSTED_PROXIES": "127.0.0.1",
}


@pytest.mark.parametrize("affinity", ["none", "ip-hash", "cookie"])
async def test_who_comes_back_to_a_node_that_was_away_is_let_in(
    affinity: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections that last are no successes to nginx before they end; nobody may wait for that."""
    node = Node("a", tmp_path / "a", VARIABLES)
    with proxying(tmp_path / "nginx", [node.upstream], affinity) as nginx:
        monkeypatch.setenv("SSL_CERT_FILE", str(nginx.folder / "fullchain.pem"))
        urls = (nginx.wss, f"tcp://127.0.0.1:{nginx.tcp}")
        crowd = [Client(urls[n % 2], Hello(nick=f"p{n}"), timeout_s=5) for n in range(CROWD)]
        for client in (*crowd[:4], *crowd[:4]):  # for each of nginx's processes
            with pytest.raises(ConnectionError):
                await client.connect()
        try:
            node.start()
            await asyncio.to_thread(node.ready)
            async with asyncio.timeout(8):
                await asyncio.gather(*(client.connect() for client in crowd))
        finally:
            for client in crowd:
                await client.close()
            node.stop(signal.SIGKILL)
