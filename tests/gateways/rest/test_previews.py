from collections.abc import AsyncIterator

import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.engine.options import PreviewOptions
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
    return Site(house, previews=Previews(Source(fetcher, SystemClock(), PreviewOptions()))), fetcher


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
