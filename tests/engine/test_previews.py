import asyncio
from typing import Any

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.engine.options import PreviewOptions
from teahouse.engine.previews import Previews
from teahouse.model.errors import Code, Problem
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Unreachable

PAGE = b"<title>Tea</title><meta property=og:image content=/a.jpg>"
URL = "https://tea.example.org/"


class Web:
    """Answers what a test puts there; `gate` holds answers back."""

    def __init__(self, **fields: Any) -> None:
        self.fields: dict[str, Any] = {
            "status": 200,
            "headers": {"content-type": "text/html; charset=utf-8"},
            "body": PAGE,
            **fields,
        }
        self.error: Exception | None = None
        self.asked: list[Asked] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self, asked: Asked) -> Fetched:
        self.asked.append(asked)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return Fetched(**{"url": asked.url, **self.fields})


async def refused(previews: Previews, url: str = URL) -> Code:
    with pytest.raises(Problem) as problem:
        await previews.preview("u", url)
    assert "example" not in problem.value.message
    return problem.value.code


def previews(web: Web, clock: ManualClock | None = None, **options: Any) -> Previews:
    return Previews(web, clock or ManualClock(), PreviewOptions(**{"per_minute": 0, **options}))


async def test_a_preview_is_fetched_once_and_kept_for_a_while() -> None:
    web, clock = Web(), ManualClock()
    source = previews(web, clock)
    for url in (URL, URL + "#part"):
        found = await source.preview("u", url)
        assert (found.url, found.title, found.image) == (URL, "Tea", URL + "a.jpg")
    assert len(web.asked) == 1
    assert (web.asked[0].redirects, web.asked[0].most_bytes, web.asked[0].seconds) == (3, 524_288, 5.0)
    clock.advance(3601)
    await source.preview("u", URL)
    assert len(web.asked) == 2


async def test_however_many_ask_at_once() -> None:
    web = Web()
    web.gate.clear()
    source = previews(web)
    asking = [asyncio.create_task(source.preview(f"u{n}", URL)) for n in range(10)]
    await asyncio.sleep(0.01)
    asking[0].cancel()  # it goes on for the others
    web.gate.set()
    found = await asyncio.gather(*asking[1:])
    assert {preview.title for preview in found} == {"Tea"}
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"status": 404},
        {"status": 302},
        {"headers": {}},
        {"headers": {"content-type": "application/json"}},
        {"headers": {"content-type": "image/svg+xml"}},
        {"headers": {"content-type": "text/html", "content-encoding": "gzip"}},
        {"body": b""},
        {"body": b"\xff" * 1000},
    ],
)
async def test_what_gives_no_preview(fields: dict[str, Any]) -> None:
    web = Web(**fields)
    source = previews(web)
    assert await refused(source) is Code.NOT_FOUND
    assert await refused(source) is Code.NOT_FOUND
    assert len(web.asked) == 1


@pytest.mark.parametrize("error", [NotAllowed("it is 10.0.0.1"), Unreachable("connection refused")])
async def test_nobody_learns_why_there_is_none(error: Exception) -> None:
    web = Web()
    web.error = error
    with pytest.raises(Problem) as problem:
        await previews(web).preview("u", URL)
    assert (problem.value.code, problem.value.message) == (Code.NOT_FOUND, "there is no preview of this page")


async def test_that_there_is_none_is_believed_for_a_shorter_time() -> None:
    web, clock = Web(status=500), ManualClock()
    source = previews(web, clock)
    await refused(source)
    clock.advance(301)
    web.fields["status"] = 200
    assert (await source.preview("u", URL)).title == "Tea"


async def test_what_is_kept_is_bounded() -> None:
    web = Web()
    source = previews(web, cached=3)
    for n in range(10):
        await source.preview("u", f"{URL}{n}")
    assert len(source._kept) == 3


async def test_what_is_on_its_way_is_bounded() -> None:
    web = Web()
    web.gate.clear()
    source = previews(web, waiting=2)
    asking = [asyncio.create_task(source.preview("u", f"{URL}{n}")) for n in range(2)]
    await asyncio.sleep(0.01)
    assert await refused(source) is Code.UNAVAILABLE
    await source.stop()
    assert len(await asyncio.gather(*asking, return_exceptions=True)) == 2
    assert source._kept._fetching == {}


async def test_a_user_has_a_rate() -> None:
    source = previews(Web(), per_minute=60, burst=2)
    for _ in range(2):
        await source.preview("u", URL)
    assert await refused(source) is Code.RATE_LIMITED
    await source.preview("another", URL)


async def test_switched_off() -> None:
    web = Web()
    assert await refused(previews(web, enabled=False)) is Code.FORBIDDEN
    assert web.asked == []
