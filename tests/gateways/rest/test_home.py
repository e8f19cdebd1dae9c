import re

import httpx2

from teahouse.gateways.rest.application import RestContext, create_application


async def page(
    tcp_url: str | None, base: str = "http://chat.example.org:8080", **headers: str
) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=create_application(RestContext(dict, tcp_url)))
    async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
        return await client.get("/", headers=headers)


async def test_it_says_how_to_connect() -> None:
    response = await page("tcp://127.0.0.1:9000")
    assert response.headers["content-type"].startswith("text/html")
    assert "nc chat.example.org 9000" in response.text
    assert 'WebSocket("ws://chat.example.org:8080/ws")' in response.text


async def test_it_may_be_asked_for_its_head_alone() -> None:
    transport = httpx2.ASGITransport(app=create_application(RestContext(dict, None)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        for path in ("/", "/connect"):
            head = await client.head(path)
            assert (head.status_code, head.headers["content-type"][:9]) == (200, "text/html")


async def test_with_tls() -> None:
    response = await page("tls://0.0.0.0:9000", "https://chat.example.org")
    assert "openssl s_client -quiet -connect chat.example.org:9000" in response.text
    assert 'WebSocket("wss://chat.example.org/ws")' in response.text


async def test_without_tcp() -> None:
    assert "From a terminal" not in (await page(None)).text


async def test_it_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    response = await page("tcp://127.0.0.1:9000")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert not re.search(r"<script|src=|@import|url\(|href=\"(?!/)", response.text)


async def test_the_host_header_is_not_trusted() -> None:
    response = await page("tcp://127.0.0.1:9000", Host='"><b>x</b>')
    assert "<b>" not in response.text
