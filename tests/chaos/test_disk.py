"""Disks that are full, that take no more, or that somebody else holds: sends are refused, nothing is lost, reads go on,
and when the trouble is over, so it is for the server."""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.server import Server, serving
from tests.support.lines import LineClient, Refused, port_of

pytestmark = pytest.mark.service

PATIENCE_S = 12


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, with room for very little."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root may mount")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this root may not mount")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


async def people(server: Server) -> tuple[LineClient, LineClient]:
    port = port_of(server.ready["tcp"])
    return await LineClient.guest(port, "romeo"), await LineClient.guest(port, "juliet")


async def send_until_refused(client: LineClient) -> int:
    """Fill what room there is, with large messages and then with small ones, so that nothing else fits either; the
    number of messages that were taken."""
    size = 8000
    for n in range(4000):
        try:
            await client.ask("send", to="lobby", text="x" * size, cid=f"fill-{n}" if size > 1 else None)
        except Refused as refused:
            assert refused.code == "unavailable"
            if size == 1:
                return n - 1
            size = 1
    raise AssertionError("the disk takes everything")


async def check_reads_go_on(romeo: LineClient, juliet: LineClient, stored: int) -> None:
    """All but storing goes on: history, sync, presence, typing."""
    assert [entry["seq"] for entry in await juliet.history("lobby")] == list(range(1, stored + 1))
    assert (await juliet.ask("sync"))["conversations"][0]["last_seq"] == stored
    assert (await juliet.ask("online"))["count"] == 2
    romeo.say("typing", conversation="lobby")
    await juliet.event("typing")
    assert await romeo.refused("create", kind="room", title="none") == "unavailable"


async def send_when_possible(client: LineClient, cid: str) -> int:
    """Repeat a message until it is taken: its seq."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return int((await client.ask("send", to="lobby", text=cid, cid=cid))["seq"])
            except Refused as refused:
                assert refused.code == "unavailable"
                await asyncio.sleep(0.2)


async def check_recovers(
    server: Server, romeo: LineClient, juliet: LineClient, stored: int, relieve: Callable[[], None]
) -> None:
    assert await romeo.refused("send", to="lobby", text="kept?", cid="kept") == "unavailable"
    await check_reads_go_on(romeo, juliet, stored)
    assert server.process.poll() is None
    relieve()
    assert await send_when_possible(romeo, "kept") == stored + 1
    await juliet.event("message", seq=stored + 1)
    assert (await juliet.ask("read", conversation="lobby", seq=stored + 1))["unread"] == 0


async def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(2 << 20))
    with serving(tmp_path, "--data", str(small_disk / "data"), "--limits", "off") as server:
        romeo, juliet = await people(server)
        stored = await send_until_refused(romeo)
        assert stored > 0
        await check_recovers(server, romeo, juliet, stored, ballast.unlink)
        assert server.stop() == 0
    with serving(tmp_path, "--data", str(small_disk / "data"), "--limits", "off") as server:
        romeo, _ = await people(server)
        assert len(await romeo.history("lobby")) == stored + 1


async def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """What a quota does, or a file system that has gone read-only: no write succeeds."""
    with serving(tmp_path, "--limits", "off") as server:
        romeo, juliet = await people(server)
        await romeo.ask("send", to="lobby", text="before")
        pid, no_limit = server.process.pid, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, no_limit))

        def relieve() -> None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (no_limit, no_limit))

        await check_recovers(server, romeo, juliet, 1, relieve)


async def test_a_database_somebody_else_holds(tmp_path: Path) -> None:
    """A backup or a curious administrator has the database locked."""
    with serving(tmp_path, "--limits", "off") as server:
        romeo, juliet = await people(server)
        await romeo.ask("send", to="lobby", text="before")
        (path,) = (tmp_path / "teahouse-data").glob("*.db")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        def relieve() -> None:
            other.execute("ROLLBACK")
            other.close()

        began = asyncio.get_running_loop().time()
        assert await romeo.refused("send", to="lobby", text="held", cid="held") == "unavailable"
        assert asyncio.get_running_loop().time() - began < 6
        await check_recovers(server, romeo, juliet, 1, relieve)


async def test_who_was_here_comes_back_to_a_full_disk_and_reads(small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(2 << 20))
    with serving(tmp_path, "--data", str(small_disk / "data"), "--limits", "off") as server:
        port = port_of(server.ready["tcp"])
        romeo, juliet = await LineClient.guest(port, "romeo"), await LineClient.connect(port)
        resume = (await juliet.ask("hello", nick="juliet"))["resume"]
        stored = await send_until_refused(romeo)
        juliet.close()
        again = await LineClient.connect(port)
        await again.ask("hello", resume=resume, cursors={"lobby": 0})
        await again.event("message", seq=stored)
        stranger = await LineClient.connect(port)
        assert await stranger.refused("hello", nick="mercutio") == "unavailable"


def test_a_read_only_disk_is_refused_with_a_sentence(small_disk: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "--data", str(small_disk / "data")) as server:
        assert server.ready
        server.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with serving(tmp_path, "--data", str(small_disk / "data")) as server:
        assert server.first_line == ""
        assert server.process.wait(timeout=15) not in (0, None)
        assert "Traceback" not in server.log
        assert str(small_disk) in server.log
