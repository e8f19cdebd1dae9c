"""Pictures of links: what is one, what is not, and how much is kept."""

import asyncio
from typing import Any

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.engine.options import PreviewOptions
from teahouse.engine.pictures import Pictures, kind_of
from teahouse.model.errors import Code, Problem
from teahouse.ports.outside import NotAllowed, Unreachable
from tests.engine.test_previews import URL, Web

GIF = b"GIF89a" + bytes(100)


def pictures(web: Web, clock: ManualClock | None = None, **options: Any) -> Pictures:
    return Pictures(web, clock or ManualClock(), PreviewOptions(**{"images_per_minute": 0, **options}))


async def refused(source: Pictures, url: str = URL) -> Code:
    with pytest.raises(Problem) as problem:
        await source.picture("u", url)
    return problem.value.code


async def test_a_picture_is_fetched_once_and_kept_for_a_while() -> None:
    web, clock = Web(body=GIF), ManualClock()
    source = pictures(web, clock, image_bytes=5000)
    for url in (URL, URL + "#part"):
        found = await source.picture("u", url)
        assert (found.media, found.data) == ("image/gif", GIF)
    assert [(asked.most_bytes, asked.redirects) for asked in web.asked] == [(5000, 3)]
    clock.advance(3601)
    await source.picture("u", URL)
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"status": 404, "body": GIF},
        {"body": GIF, "cut": True},
        {"body": GIF, "headers": {"content-encoding": "gzip"}},
        {"body": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"},
        {"body": b"<html><script>alert(1)</script>", "headers": {"content-type": "image/png"}},
        {"body": b""},
        {"body": b"RIFF....WAVEfmt "},
        {"body": b"....ftypmp42"},
    ],
)
async def test_what_is_no_picture_is_told_like_nothing(fields: dict[str, Any]) -> None:
    web = Web(**fields)
    source = pictures(web)
    assert await refused(source) is await refused(source) is Code.NOT_FOUND
    assert len(web.asked) == 1


@pytest.mark.parametrize("error", [NotAllowed("private"), Unreachable("refused")])
async def test_what_cannot_be_fetched_is_told_like_nothing(error: Exception) -> None:
    web = Web(body=GIF)
    web.error = error
    assert await refused(pictures(web)) is Code.NOT_FOUND


async def test_what_is_kept_is_bounded_in_bytes() -> None:
    web = Web(body=GIF)
    source = pictures(web, cached_image_bytes=3 * len(GIF), cached=10)
    for number in range(8):
        await source.picture("u", f"{URL}{number}")
    assert len(source._kept) == 3
    await source.picture("u", f"{URL}7")
    assert len(web.asked) == 8
    await source.picture("u", f"{URL}0")
    assert len(web.asked) == 9
    assert source._kept._bytes == 3 * len(GIF)


async def test_a_user_has_a_rate_and_none_where_there_are_no_previews() -> None:
    source = Pictures(Web(body=GIF), ManualClock(), PreviewOptions(images_per_minute=60, images_burst=2))
    for _ in range(2):
        await source.picture("u", URL)
    assert await refused(source) is Code.RATE_LIMITED
    assert await refused(pictures(Web(body=GIF), enabled=False)) is Code.FORBIDDEN


async def test_however_many_ask_at_once() -> None:
    web = Web(body=GIF)
    web.gate.clear()
    source = pictures(web)
    asking = [asyncio.create_task(source.picture("u", URL)) for _ in range(5)]
    await asyncio.sleep(0.01)
    web.gate.set()
    assert len({picture.etag for picture in await asyncio.gather(*asking)}) == 1
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"BM", None),
        (b"RIFF", None),
    ],
)
def test_kinds(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind
