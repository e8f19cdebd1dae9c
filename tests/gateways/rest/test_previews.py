from collections.abc import AsyncIterator

import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.engine.options import PreviewOptions
from teahouse.engine.pictures import Pictures
from teahouse.engine.previews import Previews as Source
from teahouse.gateways.rest.previews import Previews
from tests.support.house import House
from tests.support.outside import response, web_server
from tests.support.rest import Site

PAGE = response("<meta charset=utf-8><title>龙井</title>".encode())


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House() as house:
        yield house


def site(house: House, **options: bool) -> tuple[Site, Fetcher]:
    fetcher = Fetcher(OutsideOptions(ports=(), **options))
    sources = (
        Source(fetcher, SystemClock(), PreviewOptions()),
        Pictures(fetcher, SystemClock(), PreviewOptions()),
    )
    return Site(house, previews=Previews(*sources)), fetcher


async def test_a_preview(house: House) -> None:
    served, fetcher = site(house, allow_private=True)
    async with (
        web_server(lambda path, headers: PAGE) as web,
        served.client(await house.guest("alice")) as client,
    ):
        url = f"http://127.0.0.1:{web.port}/"
        answer = await client.get("/previews", params={"url": url})
        assert answer.json() == {"url": url, "title": "龙井", "description": "", "image": "", "site": ""}
    await fetcher.close()


async def test_inside_and_nowhere_look_the_same(house: House) -> None:
    served, fetcher = site(house)
    async with (
        web_server(lambda path, headers: PAGE) as web,
        served.client(await house.guest("alice")) as client,
    ):
        answers = [
            (await client.get("/previews", params={"url": url})).json()
            for url in (f"http://127.0.0.1:{web.port}/", "http://127.0.0.1:1/", "http://nowhere.invalid/")
        ]
        assert web.asked == []
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["code"] == "not_found"
    await fetcher.close()


@pytest.mark.parametrize(
    "url", ["", "ftp://x/", "javascript:alert(1)", "http:/x", "http://" + "x" * 3000, None]
)
async def test_what_is_no_link(house: House, url: str | None) -> None:
    served, fetcher = site(house)
    async with served.client(await house.guest("alice")) as client:
        answer = await client.get("/previews", params={} if url is None else {"url": url})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    async with served.client() as nobody:
        assert (await nobody.get("/previews", params={"url": "http://x/"})).status_code == 401
    await fetcher.close()


PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


async def test_the_picture_of_a_link_comes_through_the_server(house: House) -> None:
    served, fetcher = site(house, allow_private=True)
    async with (
        web_server(lambda path, headers: response(PNG, content_type="image/svg+xml")) as web,
        served.client(await house.guest("alice")) as client,
    ):
        url = f"http://127.0.0.1:{web.port}/tea.png"
        answer = await client.get("/previews/image", params={"url": url})
        assert (answer.status_code, answer.content) == (200, PNG)
        assert answer.headers["content-type"] == "image/png"  # what it is, not what it is called
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"].startswith("private")
        known = {"If-None-Match": answer.headers["etag"]}
        again = await client.get("/previews/image", params={"url": url}, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert len(web.asked) == 1
    await fetcher.close()


async def test_a_picture_inside_and_one_nowhere_look_the_same(house: House) -> None:
    served, fetcher = site(house)
    async with (
        web_server(lambda path, headers: response(PNG, content_type="image/png")) as web,
        served.client(await house.guest("alice")) as client,
    ):
        answers = [
            (await client.get("/previews/image", params={"url": url})).json()
            for url in (f"http://127.0.0.1:{web.port}/", "http://169.254.169.254/", "http://nowhere.invalid/")
        ]
        assert web.asked == []
        assert answers[0] == answers[1] == answers[2]
        assert answers[0]["code"] == "not_found"
        assert (await client.get("/previews/image", params={"url": "file:///etc/passwd"})).status_code == 400
    await fetcher.close()
