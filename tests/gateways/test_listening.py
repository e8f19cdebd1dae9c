import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from teahouse.gateways.listening import CannotListen, bind, server_context, url
from tests.gateways.doubles import FakeEngine, LinePeer, Site, address, until
from tests.wire import frames
from tests.wire.frames import TEXT, frame


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("tls")
    paths = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost"
    done = subprocess.run(
        [*command.split(), "-out", paths[0], "-keyout", paths[1]], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no openssl to make a certificate with")
    return paths


def test_a_free_port() -> None:
    with bind("127.0.0.1", 0, "tcp") as bound:
        port = bound.getsockname()[1]
        assert port > 0
        assert url("tcp", bound) == f"tcp://127.0.0.1:{port}"


def test_ipv6() -> None:
    try:
        bound = bind("::1", 0, "tcp")
    except CannotListen:
        pytest.skip("no IPv6 here")
    with bound:
        assert url("http", bound) == f"http://[::1]:{bound.getsockname()[1]}"


def test_a_port_in_use_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"port {port}.*in use.*http\.port"):
            bind("127.0.0.1", port, "http")


def test_an_address_of_somewhere_else() -> None:
    with pytest.raises(CannotListen, match=r"tcp\.host"):
        bind("192.0.2.1", 0, "tcp")
    with pytest.raises(CannotListen, match=r"tcp\.host"):
        bind("no such host", 0, "tcp")


def test_no_certificate_is_no_tls() -> None:
    assert server_context("", "") is None


def test_bad_certificates(tmp_path: Path) -> None:
    with pytest.raises(CannotListen, match="does not exist"):
        server_context(str(tmp_path / "missing.pem"), "")
    broken = tmp_path / "broken.pem"
    broken.write_text("not a certificate")
    with pytest.raises(CannotListen, match=r"broken\.pem cannot be used"):
        server_context(str(broken), "")


def trusting(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certificate[0])
    context.check_hostname = False
    return context


async def test_lines_over_tls(site: Site, engine: FakeEngine, certificate: tuple[str, str]) -> None:
    import asyncio

    listener = await site.tcp(certificate=certificate[0], key=certificate[1])
    assert listener.url.startswith("tls://")
    peer = LinePeer(*await asyncio.open_connection(*address(listener), ssl=trusting(certificate)))
    await peer.hello()
    engine.dismiss(None)
    assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)


async def test_websocket_over_tls(site: Site, engine: FakeEngine, certificate: tuple[str, str]) -> None:
    import asyncio

    from tests.gateways.doubles import WebSocketPeer, upgrade_request

    listener = await site.http(certificate=certificate[0], key=certificate[1])
    assert listener.url.startswith("https://")
    peer = WebSocketPeer(*await asyncio.open_connection(*address(listener), ssl=trusting(certificate)))
    peer.send(upgrade_request() + frame(TEXT, b'{"op":"hello","id":0,"nick":"alice"}'))
    assert b" 101 " in await peer.reader.readuntil(b"\r\n\r\n")
    assert "ok" in await peer.hear()
    peer.send(frames.close(1000))
    assert await peer.close_code() == 1000
    assert await peer.is_cut()
    await until(lambda: engine.told == ["open", "closed"])
