"""Uploads in parts, as tus has them."""

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from teahouse.backends.memory.clock import ManualClock
from tests.support.filing import filing_house, filing_site, picture
from tests.support.house import House

PART = {"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}
ROOT = "/api/v1"


def name(text: str) -> str:
    return f"filename {base64.b64encode(text.encode()).decode()},filetype dGV4dC9odG1s"


def at(offset: int, **more: str) -> dict[str, str]:
    return {**PART, "Upload-Offset": str(offset), **more}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with filing_house(tmp_path, file_bytes=1_000_000, uploads=3) as house:
        yield house


async def begin(client: httpx2.AsyncClient, size: int, text: str = "a.bin") -> str:
    headers = {"Upload-Length": str(size), "Upload-Metadata": name(text)}
    answer = await client.post("/files/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["upload-offset"] == "0"
    location: str = answer.headers["location"]
    return location.removeprefix(ROOT)


async def test_a_file_in_parts(house: House) -> None:
    data = picture(200, 200)
    async with filing_site(house).client(await house.guest("alice")) as client:
        path = await begin(client, len(data), "茶.png")
        half = len(data) // 2
        answer = await client.patch(path, headers=at(0), content=data[:half])
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(half))
        assert "upload-expires" in answer.headers
        state = await client.head(path)
        assert (state.headers["upload-offset"], state.headers["upload-length"]) == (str(half), str(len(data)))
        assert state.headers["cache-control"] == "no-store"
        file = path.replace("/uploads", "")
        assert (await client.get(file)).status_code == 404
        answer = await client.patch(path, headers=at(half), content=data[half:])
        assert answer.headers["upload-offset"] == str(len(data))
        got = await client.get(file)
        assert got.content == data
        assert (await client.get(f"{file}/info")).json()["name"] == "茶.png"
        assert (await client.head(path)).headers["upload-offset"] == str(len(data))


async def test_abilities_are_told_without_a_token(house: House) -> None:
    async with filing_site(house).client() as client:
        answer = await client.options("/files/uploads")
        assert (answer.status_code, answer.headers["tus-version"]) == (204, "1.0.0")
        assert answer.headers["tus-max-size"] == "1000000"
        assert "termination" in answer.headers["tus-extension"]


async def test_the_first_part_may_come_at_once(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        answer = await client.post("/files/uploads", headers={**PART, "Upload-Length": "5"}, content=b"abc")
        assert (answer.status_code, answer.headers["upload-offset"]) == (201, "3")
        for _ in range(5):  # nobody is told where these are: they are not kept
            refused = await client.post(
                "/files/uploads", headers={**PART, "Upload-Length": "2"}, content=b"abc"
            )
            assert refused.status_code == 413
        empty = await client.post("/files/uploads", headers={"Upload-Length": "0"})
        assert empty.status_code == 201
        file = empty.headers["location"].removeprefix(ROOT).replace("/uploads", "")
        assert (await client.get(file)).content == b""


async def test_a_part_goes_where_the_last_one_ended(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        path = await begin(client, 6)
        await client.patch(path, headers=at(0), content=b"abc")
        for offset in (0, 2, 4, 6):
            answer = await client.patch(path, headers=at(offset), content=b"x")
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        too_much = await client.patch(path, headers=at(3), content=b"defg")
        assert too_much.status_code == 413
        assert (await client.head(path)).headers["upload-offset"] == "3"
        wrong = await client.patch(path, headers={"Upload-Offset": "3"}, content=b"def")
        assert wrong.status_code == 400
        await client.patch(path, headers=at(3), content=b"def")
        assert (await client.patch(path, headers=at(6), content=b"")).status_code == 204


async def test_what_came_before_the_connection_broke_counts(house: House) -> None:
    async def breaks() -> AsyncIterator[bytes]:
        yield b"abc"
        raise ConnectionError

    keeper = house.engine.keeper
    assert keeper is not None
    alice = await house.guest("alice")
    user = alice.link.session.identity
    file = await keeper.uploads.begin(user, "a", 6)
    with pytest.raises(ConnectionError):
        await keeper.uploads.write(user, file.id, 0, breaks())
    assert (await keeper.uploads.resume(user, file.id))[1] == 3


async def test_checksums(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        path = await begin(client, 3)
        wrong = base64.b64encode(hashlib.sha1(b"abd", usedforsecurity=False).digest()).decode()
        right = base64.b64encode(hashlib.sha256(b"abc").digest()).decode()
        answer = await client.patch(
            path, headers=at(0, **{"Upload-Checksum": f"sha1 {wrong}"}), content=b"abc"
        )
        assert answer.status_code == 460
        assert (await client.head(path)).headers["upload-offset"] == "0"
        answer = await client.patch(path, headers=at(0, **{"Upload-Checksum": "crc32 x"}), content=b"abc")
        assert answer.status_code == 400
        answer = await client.patch(
            path, headers=at(0, **{"Upload-Checksum": f"sha256 {right}"}), content=b"abc"
        )
        assert answer.status_code == 204


async def test_termination_makes_room(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        paths = [await begin(client, 10) for _ in range(3)]
        refused = await client.post("/files/uploads", headers={"Upload-Length": "10"})
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
        await client.patch(paths[0], headers=at(0), content=b"abc")
        assert (await client.delete(paths[0])).status_code == 204
        assert (await client.head(paths[0])).status_code == 404
        assert (await client.delete(paths[0])).status_code == 404
        await begin(client, 10)


async def test_nobody_else_touches_an_upload(house: House) -> None:
    site = filing_site(house)
    async with site.client(await house.guest("alice")) as hers, site.client(await house.guest("eve")) as evil:
        path = await begin(hers, 6)
        await hers.patch(path, headers=at(0), content=b"abc")
        assert (await evil.head(path)).status_code == 404
        assert (await evil.patch(path, headers=at(3), content=b"def")).status_code == 404
        assert (await evil.delete(path)).status_code == 404
        assert (await evil.get(path.replace("/uploads", ""))).status_code == 404
        assert (await hers.head(path)).headers["upload-offset"] == "3"
    async with site.client() as nobody:
        for method in ("HEAD", "PATCH", "DELETE"):
            assert (await nobody.request(method, path, headers=at(3))).status_code == 401


async def test_an_upload_expires(tmp_path: Path) -> None:
    clock = ManualClock()
    async with filing_house(tmp_path, clock, upload_hours=2) as house:
        keeper = house.engine.keeper
        assert keeper is not None
        async with filing_site(house).client(await house.guest("alice")) as client:
            path = await begin(client, 6)
            await client.patch(path, headers=at(0), content=b"abc")
            clock.advance(2 * 3600 + 1)
            assert (await client.patch(path, headers=at(3), content=b"def")).status_code == 404
            assert list((tmp_path / "uploads").iterdir()) != []
            assert await keeper.tidy.sweep() == 1
            assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Length": "-1"},
        {"Upload-Length": "x"},
        {"Upload-Length": "9" * 30},
        {"Upload-Defer-Length": "1"},
        {"Upload-Length": "1", "Upload-Metadata": "filename !!!"},
        {"Upload-Length": "1", "Upload-Metadata": "filename //8="},
    ],
)
async def test_wrong_headers(house: House, headers: dict[str, str]) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        answer = await client.post("/files/uploads", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
        assert (await client.post("/files/uploads", headers={"Upload-Length": "1000001"})).status_code == 413


@pytest.mark.parametrize("evil", ["..%2f..%2fetc", "%2e%2e", "f/../x", "F" * 33, "f%00", "x" * 80, "ü"])
async def test_ids_that_are_none(house: House, evil: str) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        for path in (f"/files/{evil}", f"/files/uploads/{evil}", f"/files/{evil}/thumbnail"):
            assert (await client.get(path)).status_code in (404, 405)
            assert (await client.delete(path)).status_code in (404, 405)
        assert (await client.patch(f"/files/uploads/{evil}", headers=at(0))).status_code in (404, 405)
