"""Files over REST, on a whole house in memory."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from tests.support.filing import filing_house, filing_site, picture
from tests.support.house import House

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with filing_house(tmp_path) as house:
        yield house


async def upload(client: httpx2.AsyncClient, data: bytes, name: str = "a.bin") -> dict[str, Any]:
    answer = await client.post("/files", params={"name": name}, content=data)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/v1/files/{made['id']}"
    return made


async def test_what_is_uploaded_is_read(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, picture(), "../../Tee\u202e bild.png")
        assert (made["name"], made["mime"], made["width"], made["height"]) == (
            "Tee bild.png",
            "image/png",
            64,
            32,
        )
        answer = await client.get(f"/files/{made['id']}")
        assert answer.content == picture()
        assert answer.headers["content-length"] == str(len(picture()))
        head = await client.head(f"/files/{made['id']}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(picture()))
        assert (await client.get(f"/files/{made['id']}/info")).json() == made


async def test_a_name_may_come_in_a_header(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        answer = await client.post("/files", content=b"x", headers={"X-File-Name": "%E8%8C%B6.txt"})
        assert answer.json()["name"] == "茶.txt"
        got = await client.get(f"/files/{answer.json()['id']}")
        assert got.headers["content-disposition"] == (
            "attachment; filename=\"_.txt\"; filename*=UTF-8''%E8%8C%B6.txt"
        )


@pytest.mark.parametrize(
    ("asked", "status", "content", "place"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
        ("bytes=-0", 416, None, "bytes */10"),
        ("bytes=3-1", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=99999999999999999999-", 200, b"0123456789", None),
    ],
)
async def test_parts(house: House, asked: str, status: int, content: bytes | None, place: str | None) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, b"0123456789")
        answer = await client.get(f"/files/{made['id']}", headers={"Range": asked})
        assert answer.status_code == status
        assert answer.headers.get("content-range") == place
        if content is not None:
            assert answer.content == content
            assert answer.headers["content-length"] == str(len(content))


async def test_validators(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, b"0123456789")
        path, etag = f"/files/{made['id']}", f'"{made["sha256"]}"'
        assert (await client.get(path)).headers["etag"] == etag
        for given in (etag, "W/" + etag, f'"x", {etag}', "*"):
            same = await client.get(path, headers={"If-None-Match": given})
            assert (same.status_code, same.content) == (304, b"")
        assert (await client.get(path, headers={"If-None-Match": '"x"'})).status_code == 200
        part = {"Range": "bytes=0-1"}
        assert (await client.get(path, headers={**part, "If-Range": etag})).status_code == 206
        assert (await client.get(path, headers={**part, "If-Range": '"x"'})).status_code == 200


async def test_an_empty_file(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, b"")
        answer = await client.get(f"/files/{made['id']}")
        assert (answer.status_code, answer.content, made["size"]) == (200, b"", 0)
        assert (await client.get(f"/files/{made['id']}", headers={"Range": "bytes=0-"})).status_code == 416


POLYGLOT = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//<script>alert(2)</script>"


@pytest.mark.parametrize(
    ("data", "name", "served"),
    [
        (HTML, "a.html", "application/octet-stream"),
        (HTML, "a.png", "application/octet-stream"),
        (SVG, "a.svg", "application/octet-stream"),
        (b"<?xml version='1.0'?>" + SVG, "a.png", "application/octet-stream"),
        (b"hello <script>alert(1)</script>", "a.txt", "application/octet-stream"),
        (POLYGLOT, "a.html", "image/gif"),
        (b"%PDF-1.4\n" + HTML, "a.html", "application/pdf"),
    ],
)
@pytest.mark.parametrize("inline", [0, 1])
async def test_nothing_served_runs_as_a_page_of_ours(
    house: House, data: bytes, name: str, served: str, inline: int
) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, data, name)
        answer = await client.get(f"/files/{made['id']}", params={"inline": inline})
        assert answer.headers["content-type"] == served
        shown = inline and served != "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("inline" if shown else "attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert policy.endswith("; sandbox") or (shown and served == "application/pdf")
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"].startswith("private")


async def test_a_name_cannot_break_out_of_its_header(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, b"x", 'a"; filename="evil.html\r\nSet-Cookie: a=b')
        answer = await client.get(f"/files/{made['id']}")
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-disposition"].count('"') == 2


async def test_files_are_not_compressed(house: House) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, b"tea " * 5000)
        answer = await client.get(f"/files/{made['id']}", headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in answer.headers
        assert answer.headers["content-length"] == "20000"


async def test_a_thumbnail_is_small_upright_and_bare(house: House) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"  # lies on its side; make
    exif.get_ifd(0x8825)[1] = "N"  # a place
    data = picture(1000, 500, "JPEG", exif=exif, comment=b"secret comment")
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, data)
        assert (made["width"], made["height"]) == (500, 1000)
        made_now = await client.get(f"/files/{made['id']}/thumbnail")
        answer = await client.get(f"/files/{made['id']}/thumbnail")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert made_now.content == answer.content
        image: Any = Image.open(BytesIO(answer.content))
        assert image.size == (160, 320)
        assert not dict(image.getexif())
        assert b"ecret" not in answer.content
        assert image.getpixel((10, 160))[2] > 200  # blue, which was below
        assert image.getpixel((150, 160))[0] > 200
        same = await client.get(
            f"/files/{made['id']}/thumbnail", headers={"If-None-Match": answer.headers["etag"]}
        )
        assert same.status_code == 304


@pytest.mark.parametrize(
    "data",
    [b"no picture", SVG, picture()[:40], picture(2000, 1000), b"\x89PNG\r\n\x1a\n" + b"\xff" * 500],
    ids=["text", "svg", "cut", "too many pixels", "garbage"],
)
@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")  # as the inspector sets it
async def test_what_has_no_thumbnail(house: House, data: bytes) -> None:
    async with filing_site(house).client(await house.guest("alice")) as client:
        made = await upload(client, data)
        answer = await client.get(f"/files/{made['id']}/thumbnail")
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await client.get(f"/files/{made['id']}")).content == data


async def test_strangers_learn_nothing(house: House) -> None:
    """Two of them: one of the same lobby, one whose direct conversation has another file of the same owner."""
    site = filing_site(house)
    alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
    async with site.client(alice) as hers, site.client(bob) as his, site.client(eve) as evil:
        made, other = await upload(hers, picture()), await upload(hers, b"other")
        await alice.ask("send", to="@bob", body={"type": "image", "file": made["id"]})
        await alice.ask("send", to="@eve", body={"type": "file", "file": other["id"]})
        assert (await his.get(f"/files/{made['id']}")).content == picture()
        nothing = await evil.get("/files/f0123")
        for method, path in [
            ("GET", ""), ("HEAD", ""), ("GET", "/info"), ("GET", "/thumbnail"), ("DELETE", ""),
        ]:  # fmt: skip
            answer = await evil.request(method, f"/files/{made['id']}{path}")
            assert answer.status_code == 404
            if method == "GET" and not path:
                assert answer.json()["detail"].replace(made["id"], "f0123") == nothing.json()["detail"]
        assert (await his.delete(f"/files/{made['id']}")).status_code == 404
        assert (
            await eve.refused("send", to="lobby", body={"type": "image", "file": made["id"]}) == "not_found"
        )
    async with site.client() as nobody:
        assert (await nobody.get(f"/files/{made['id']}")).status_code == 401
        assert (await nobody.post("/files", content=b"x")).status_code == 401


async def test_delete(house: House) -> None:
    alice = await house.guest("alice")
    async with filing_site(house).client(alice) as client:
        free, sent = await upload(client, b"free"), await upload(client, b"sent")
        message = await alice.ask("send", to="lobby", body={"type": "file", "file": sent["id"]})
        assert (await client.delete(f"/files/{free['id']}")).status_code == 204
        assert (await client.get(f"/files/{free['id']}")).status_code == 404
        assert (await client.delete(f"/files/{free['id']}")).status_code == 404
        assert (await client.delete(f"/files/{sent['id']}")).json()["code"] == "conflict"
        await alice.ask("recall", conversation="lobby", seq=message["seq"])
        assert (await client.get(f"/files/{sent['id']}")).status_code == 404


async def test_one_sees_one_s_own_files(house: House) -> None:
    site = filing_site(house)
    async with site.client(await house.guest("alice")) as hers, site.client(await house.guest("eve")) as evil:
        made = [await upload(hers, b"x" * n) for n in range(5)]
        await upload(evil, b"evil")
        await hers.post("/files/uploads", headers={"Upload-Length": "9"})
        first = (await hers.get("/files", params={"limit": 3})).json()
        assert first == {"files": made[:1:-1], "more": True}
        rest = (await hers.get("/files", params={"limit": 3, "before": first["files"][-1]["id"]})).json()
        assert rest == {"files": made[1::-1], "more": False}
    async with site.client() as nobody:
        assert (await nobody.get("/files")).status_code == 401


async def test_limits(tmp_path: Path) -> None:
    async with filing_house(tmp_path, file_bytes=100, user_bytes=250) as house:
        async with filing_site(house).client(await house.guest("alice")) as client:
            too_large = await client.post("/files", content=b"x" * 101)
            assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")

            async def unannounced() -> AsyncIterator[bytes]:
                for _ in range(101):
                    yield b"x"

            assert (await client.post("/files", content=unannounced())).status_code == 413
            for _ in range(2):
                await upload(client, b"x" * 100)
            full = await client.post("/files", content=b"x" * 51)
            assert (full.status_code, full.json()["code"]) == (409, "conflict")
            await upload(client, b"x" * 50)
        assert list((tmp_path / "uploads").iterdir()) == []


async def test_types(tmp_path: Path) -> None:
    options = {"allowed_types": ("image/*", "text/plain"), "blocked_types": ("image/gif",)}
    async with filing_house(tmp_path, **options) as house:
        async with filing_site(house).client(await house.guest("alice")) as client:
            await upload(client, picture())
            await upload(client, b"plain words\n")
            for data in (picture(kind="GIF"), HTML, b"%PDF-1.4\n"):
                headers = {"Content-Type": "image/png"}
                answer = await client.post("/files", params={"name": "a.png"}, content=data, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
        assert list((tmp_path / "uploads").iterdir()) == []


async def test_guests_have_less_room(tmp_path: Path) -> None:
    async with filing_house(tmp_path, guest_bytes=100, user_bytes=250) as house:
        site, alice = filing_site(house), await house.guest("alice")
        async with site.client(alice, guest=True) as guest, site.client(alice) as member:
            assert (await guest.post("/files", content=b"x" * 101)).status_code == 413
            assert (await guest.post("/files", content=b"x" * 60)).status_code == 201
            assert (await guest.post("/files", content=b"x" * 60)).status_code == 409
            assert (await member.post("/files", content=b"x" * 60)).status_code == 201
