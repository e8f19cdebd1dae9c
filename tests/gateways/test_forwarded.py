"""Whom a request came from: proxies of ours are believed, everybody else is not, whatever they write."""

import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from teahouse.gateways.forwarded import Proxies
from teahouse.gateways.options import HttpOptions
from tests.gateways.doubles import Peer, Site, upgrade_request

OURS = ("10.0.0.0/8", "127.0.0.1", "2001:db8:5::/48")


def origin(*values: str, proto: tuple[str, ...] = (), peer: str = "10.0.0.1") -> tuple[str, str | None]:
    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in values]
    headers += [(b"x-forwarded-proto", value.encode("latin-1")) for value in proto]
    return Proxies(OURS).origin(peer, headers)


@pytest.mark.parametrize(
    ("values", "address"),
    [
        (["192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, 10.1.2.3"], "192.0.2.7"),
        (["1.1.1.1, 192.0.2.7, 10.1.2.3"], "192.0.2.7"),  # the first was written by the client itself
        (["1.1.1.1", "192.0.2.7", "10.1.2.3"], "192.0.2.7"),  # several headers are one list
        (["10.9.9.9"], "10.9.9.9"),  # all are ours: the farthest
        (["10.9.9.9, 10.8.8.8"], "10.9.9.9"),
        (["2001:DB8::1"], "2001:db8::1"),
        (["[2001:db8::1]:4711"], "2001:db8::1"),
        (["[2001:db8::1]"], "2001:db8::1"),
        (["192.0.2.7:4711"], "192.0.2.7"),
        (["::ffff:192.0.2.7"], "192.0.2.7"),
        (["  192.0.2.7  "], "192.0.2.7"),
    ],
)
def test_the_first_from_the_right_that_is_not_ours(values: list[str], address: str) -> None:
    assert origin(*values)[0] == address


@pytest.mark.parametrize(
    "value",
    ["", ",", "unknown", "_hidden", "192.0.2", "192.0.2.7.8", "192.0.2.7 evil", "<script>", "192.0.2.7:x", "0x7f.1",
     "[2001:db8::1", "[2001:db8::1]x", "é", "192.0.2.7:999999", "127.1", "::ffff:192.0.2.7:80"],
)  # fmt: skip
def test_what_is_no_address_is_not_believed_nor_what_stands_before_it(value: str) -> None:
    assert origin(value)[0] == "10.0.0.1"
    assert origin(f"1.1.1.1, {value}")[0] == "10.0.0.1"
    assert origin(f"1.1.1.1, {value}, 10.1.2.3")[0] == "10.1.2.3"


def test_a_list_without_end_is_looked_at_for_a_while() -> None:
    assert origin(",".join(["1.1.1.1"] + ["10.0.0.2"] * 5000))[0] == "10.0.0.2"


@pytest.mark.parametrize(
    ("proto", "scheme"),
    [
        (("https",), "https"),
        (("HTTPS",), "https"),
        (("http",), "http"),
        (("http, https",), "https"),
        (("http", "https"), "https"),
        ((), None),
        (("",), None),
        (("wss",), None),
        (("https://evil",), None),
        (("javascript",), None),
    ],
)
def test_how_they_reached_the_nearest_proxy(proto: tuple[str, ...], scheme: str | None) -> None:
    assert origin("192.0.2.7", proto=proto) == ("192.0.2.7", scheme)


def test_whom_we_trust() -> None:
    proxies = Proxies(OURS)
    for address in ("10.255.0.1", "127.0.0.1", "::ffff:10.0.0.1", "2001:db8:5::1"):
        assert proxies.trusts(address)
    for address in ("11.0.0.1", "127.0.0.2", "2001:db8:6::1", "", "unknown", "10.0.0.1 "):
        assert not proxies.trusts(address)
    assert not Proxies().trusts("127.0.0.1")


@pytest.mark.parametrize("wrong", ["everybody", "10.0.0.0/33", "10.0.0.1/8", "", "*"])
def test_a_wrong_network_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match="trusted_proxies"):
        HttpOptions(trusted_proxies=(wrong,))


async def tell(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers with whom it sees."""
    request = Request(scope, receive)
    seen = {"address": request.client.host if request.client else "", "url": str(request.url)}
    await JSONResponse(seen)(scope, receive, send)


SPOOFED = b"X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\nForwarded: for=192.0.2.8\r\n"


async def asked(site: Site, **options: Any) -> Any:
    peer = await Peer.connect(await site.http(tell, **options))
    peer.send(b"GET /x HTTP/1.1\r\nHost: chat.example.org\r\nConnection: close\r\n" + SPOOFED + b"\r\n")
    return json.loads((await peer.rest()).partition(b"\r\n\r\n")[2])


async def test_headers_of_a_stranger_say_nothing(site: Site) -> None:
    for trusted in ((), ("10.0.0.0/8", "192.0.2.7")):
        seen = await asked(site, trusted_proxies=trusted)
        assert seen == {"address": "127.0.0.1", "url": "http://chat.example.org/x"}


async def test_headers_of_our_proxy_are_believed(site: Site) -> None:
    seen = await asked(site, trusted_proxies=("127.0.0.1",))
    assert seen == {"address": "192.0.2.7", "url": "https://chat.example.org/x"}


async def test_each_request_of_a_connection_has_its_own(site: Site) -> None:
    peer = await Peer.connect(await site.http(tell, trusted_proxies=("127.0.0.0/8",)))
    for value in (b"192.0.2.7", b"192.0.2.8", b""):
        head = b"X-Forwarded-For: " + value + b"\r\n" if value else b"Connection: close\r\n"
        peer.send(b"GET /x HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")
    answers = await peer.rest()
    assert answers.count(b"192.0.2.7") == answers.count(b"192.0.2.8") == answers.count(b'"127.0.0.1"') == 1


async def test_a_websocket_is_the_persons_and_not_the_proxys(site: Site) -> None:
    """Its session has the address, and so has the count of connections."""
    site.limit(connections_per_address=1)
    listener = await site.http(trusted_proxies=("127.0.0.1",))
    first = await Peer.connect(listener)
    first.send(upgrade_request(X_Forwarded_For="192.0.2.7"))
    assert (await first.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    assert [session.peer for session in site.engine.sessions] == ["192.0.2.7"]
    second = await Peer.connect(listener)
    second.send(upgrade_request(X_Forwarded_For="192.0.2.7"))
    assert b"too many connections from your address" in await second.rest()
    third = await Peer.connect(listener)
    third.send(upgrade_request(X_Forwarded_For="192.0.2.9"))
    assert (await third.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    assert [session.peer for session in site.engine.sessions] == ["192.0.2.7", "192.0.2.9"]
    first.close()
    third.close()


async def test_a_stranger_cannot_choose_the_address_of_a_websocket(site: Site) -> None:
    peer = await Peer.connect(await site.http(trusted_proxies=("10.0.0.0/8",)))
    peer.send(upgrade_request(X_Forwarded_For="192.0.2.7"))
    assert (await peer.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    assert [session.peer for session in site.engine.sessions] == ["127.0.0.1"]
    peer.close()
