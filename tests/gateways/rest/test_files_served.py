"""Files through the real listener: sockets, uvicorn, SQLite and a disk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.files.disk import Disk
from teahouse.backends.files.inspector import FileInspector
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.filing import Filing, FilingOptions
from teahouse.gateways.http import HttpListener
from teahouse.gateways.http_connection import UploadLimits
from tests.gateways import doubles
from tests.support.filing import filing_site
from tests.support.house import House

MIB = 1024 * 1024


@dataclass
class Served:
    listener: HttpListener
    token: str
    data: Path

    def client(self) -> httpx2.AsyncClient:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx2.AsyncClient(base_url=f"{self.listener.url}/api/v1", headers=headers, timeout=20)


@asynccontextmanager
async def served(site: doubles.Site, data: Path) -> AsyncIterator[Served]:
    store, disk = SqliteStore(data), Disk(2)
    inspector = FileInspector(disk, 1_000_000, 1, 8)
    filing = Filing(
        store.files,
        store.files,
        LocalBlobs(data / "files", disk),
        LocalStaging(data / "uploads", disk),
        inspector,
        FilingOptions(file_bytes=20 * MIB),
    )
    ports: dict[str, Any] = {
        "users": store.users,
        "directory": store.directory,
        "cursors": store.cursors,
        "clock": SystemClock(),
    }
    async with House(log=store.log, filing=filing, **ports) as house:
        rest = filing_site(house)
        async with rest.client(await house.guest("alice")) as client:
            token = client.headers["authorization"].partition(" ")[2]
        limits = UploadLimits(b"/api/v1/files", 20 * MIB, 1000)
        yield Served(await site.http(rest.app, uploads=limits, body_s=3), token, data)
    await inspector.close()
    await disk.close()
    await store.close()


async def test_a_large_file_there_and_back(site: doubles.Site, tmp_path: Path) -> None:
    data = bytes(n % 251 for n in range(5 * MIB)) * 2
    async with served(site, tmp_path) as place, place.client() as client:

        async def chunks() -> AsyncIterator[bytes]:
            for at in range(0, len(data), MIB):
                yield data[at : at + MIB]

        made = (await client.post("/files", content=data)).json()
        unannounced = await client.post("/files", content=chunks())
        assert unannounced.json()["sha256"] == made["sha256"]
        path = f"/files/{made['id']}"
        assert (await client.get(path)).content == data
        part = await client.get(path, headers={"Range": f"bytes={7 * MIB}-{8 * MIB}"})
        assert (part.status_code, part.content) == (206, data[7 * MIB : 8 * MIB + 1])
        head = await client.head(path)
        assert (head.headers["content-length"], head.content) == (str(len(data)), b"")
        too_large = await client.post("/files", content=data * 3)
        assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")


async def test_a_length_that_lies(site: doubles.Site, tmp_path: Path) -> None:
    async with served(site, tmp_path) as place, place.client() as client:
        peer = await doubles.Peer.connect(place.listener)
        peer.send(
            b"POST /api/v1/files HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nAuthorization: Bearer %s\r\n\r\nabc"
            % place.token.encode()
        )
        refused = await peer.rest()  # it announced more than it sends
        assert refused.startswith(b"HTTP/1.1 408 ")
        await doubles.until(lambda: not list((tmp_path / "uploads").glob("*")))
        assert (await client.post("/files", content=b"x")).status_code == 201


async def test_an_upload_that_breaks_goes_on(site: doubles.Site, tmp_path: Path) -> None:
    async with served(site, tmp_path) as place, place.client() as client:
        begun = await client.post("/files/uploads", headers={"Upload-Length": "600000"})
        path = begun.headers["location"].removeprefix("/api/v1")
        peer = await doubles.Peer.connect(place.listener)
        peer.send(
            b"PATCH /api/v1%s HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\nUpload-Offset: 0\r\n"
            b"Content-Type: application/offset+octet-stream\r\nAuthorization: Bearer %s\r\n\r\n"
            % (path.encode(), place.token.encode())
            + b"x" * 400_000
        )
        await asyncio.sleep(0.3)
        peer.close()
        await asyncio.sleep(0.3)
        here = int((await client.head(path)).headers["upload-offset"])
        assert here == 400_000
        part = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(here)}
        rest = await client.patch(path, headers=part, content=b"y" * 200_000)
        assert (rest.status_code, rest.headers["upload-offset"]) == (204, "600000")
        got = await client.get(path.replace("/uploads", ""))
        assert got.content == b"x" * 400_000 + b"y" * 200_000


async def test_a_reader_that_is_slow_or_goes_costs_nothing(site: doubles.Site, tmp_path: Path) -> None:
    async with served(site, tmp_path) as place, place.client() as client:
        made = (await client.post("/files", content=b"x" * 15 * MIB)).json()
        for _ in range(3):
            async with client.stream("GET", f"/files/{made['id']}") as answer:
                async for _piece in answer.aiter_raw():
                    break
        assert (await client.get(f"/files/{made['id']}", headers={"Range": "bytes=0-0"})).content == b"x"


@pytest.mark.parametrize("evil", ["..%2f..%2fteahouse.db", "%2e%2e%2fteahouse.db", "../teahouse.db", "..\\x"])
async def test_no_path_leads_out(site: doubles.Site, tmp_path: Path, evil: str) -> None:
    async with served(site, tmp_path) as place:
        peer = await doubles.Peer.connect(place.listener)
        peer.send(
            b"GET /api/v1/files/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            % (evil.encode(), place.token.encode())
        )
        answer = await peer.rest()
        assert answer.startswith(b"HTTP/1.1 404 ")
        assert b"SQLite" not in answer
