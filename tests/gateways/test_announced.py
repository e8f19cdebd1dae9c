"""TCP behind a proxy that speaks the PROXY protocol: whose a connection is, and who may say so."""

import asyncio

import pytest

from teahouse.gateways.options import TcpOptions
from teahouse.gateways.tcp import TcpListener
from tests.gateways.doubles import SECOND, FakeEngine, LinePeer, Site, until

HEAD = b"PROXY TCP4 192.0.2.1 198.51.100.7 56324 9000\r\n"


async def behind(site: Site, **options: object) -> TcpListener:
    return await site.tcp(trusted_proxies=("127.0.0.1",), **options)


async def test_the_connection_is_that_of_whom_the_proxy_names(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await behind(site))
    peer.send(HEAD)
    await peer.hello()
    assert engine.session.peer == "192.0.2.1"
    peer.close()
    await until(lambda: "closed" in engine.told)
    assert len(site.admission) == 0
    assert site.admission._counts == {}


async def test_the_head_comes_in_pieces_or_with_all_that_follows(site: Site, engine: FakeEngine) -> None:
    listener = await behind(site)
    one = await LinePeer.connect(listener)
    for byte in HEAD:
        one.send(bytes((byte,)))
        await asyncio.sleep(0)
    one.send(b'{"op":"ping","id":1}\n')
    assert "ok" in await one.hear()
    other = await LinePeer.connect(listener)
    other.send(HEAD + b'{"op":"ping","id":2}\n')
    assert (await other.hear())["re"] == 2
    assert engine.session.peer == "192.0.2.1"


async def test_a_proxy_that_does_not_say_is_cut_off(site: Site, engine: FakeEngine) -> None:
    """Or everybody behind it would pass for the proxy."""
    peer = await LinePeer.connect(await behind(site))
    peer.send(b'{"op":"hello","id":1,"nick":"mallory"}\n')
    assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)
    assert engine.told == []


async def test_nobody_else_is_believed(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp(trusted_proxies=("192.0.2.0/24",)))
    await peer.hello()
    assert engine.session.peer == "127.0.0.1"
    peer.send(HEAD)
    assert (await peer.hear())["error"]["code"] == "bad_frame"


async def test_the_head_has_a_deadline(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await behind(site, hello_s=1))
    peer.send(HEAD[:10])
    async with asyncio.timeout(10 * SECOND + 2):
        assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)


async def test_a_look_whether_we_are_there_leaves_nothing(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await behind(site))
    peer.close()
    await until(lambda: len(site.admission) == 0)
    assert engine.told == []


def test_what_does_not_go_together() -> None:
    with pytest.raises(ValueError, match="the proxy ends TLS"):
        TcpOptions(trusted_proxies=("127.0.0.1",), certificate="chain.pem")
    with pytest.raises(ValueError, match=r"tcp\.trusted_proxies"):
        TcpOptions(trusted_proxies=("nowhere",))
