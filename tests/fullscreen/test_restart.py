"""The server is killed and comes back while people write: on the screen nothing is lost and nothing stands twice."""

import asyncio
from pathlib import Path

import pytest

from teahouse.client import Client, Hello
from tests.app.server import Server, serving
from tests.fullscreen.seat import Seat, seated

pytestmark = pytest.mark.service


def port_of(server: Server) -> str:
    port: str = server.ready["tcp"].rpartition(":")[2]
    return port


async def test_what_is_written_without_a_server_is_sent_later(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as first:
        url, port = first.ready["tcp"], port_of(first)
        async with seated(url) as seat, Client(url, Hello(nick="bob"), timeout_s=3) as bob:
            await seat.write("before")
            await seat.see("before  ✓")
            first.process.kill()
            first.process.wait()
            await seat.see("No connection.")
            await seat.write("first")
            await seat.write("second")
            await seat.write("third")
            await seat.see("first  … waiting", "second  … waiting", "third  … waiting")
            with serving(tmp_path, "--limits", "off", "--tcp-port", port) as second:
                assert second.ready
                await seat.see("first  ✓", "second  ✓", "third  ✓")
                await seat.see_no("No connection.")
                await bob.send("lobby", "after")
                await seat.see("after")
                assert seat.said == ["before", "first", "second", "third", "after"]
                page = await bob.history("lobby")
                texts = [entry.text for entry in page.entries if entry.ev == "message"]
                assert texts == seat.said


async def test_killed_again_and_again_while_both_write(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as first:
        url, port = first.ready["tcp"], port_of(first)
        async with seated(url) as seat, Client(url, Hello(nick="bob"), timeout_s=3) as bob:
            writing = asyncio.create_task(write_all(seat, bob))
            await asyncio.sleep(0.4)
            first.process.kill()
            first.process.wait()
            for _ in range(2):
                with serving(tmp_path, "--limits", "off", "--tcp-port", port) as next_one:
                    assert next_one.ready
                    await asyncio.sleep(0.8)
                    next_one.process.kill()
                    next_one.process.wait()
            with serving(tmp_path, "--limits", "off", "--tcp-port", port) as last:
                assert last.ready
                async with asyncio.timeout(60):
                    await writing
                    await seat.until(lambda: not seat.program.visit.outbox.waiting)
                    await bob.send("lobby", "the end")
                await seat.see("the end")
                page = await bob.history("lobby", limit=200)
                texts = [entry.text for entry in page.entries if entry.ev == "message"]
    assert seat.said == texts
    assert sorted(texts) == sorted([*(f"a{n}" for n in range(30)), *(f"b{n}" for n in range(30)), "the end"])
    assert [text for text in texts if text.startswith("a")] == [f"a{n}" for n in range(30)]


async def write_all(seat: Seat, bob: Client) -> None:
    async def other() -> None:
        for n in range(30):
            await bob.send("lobby", f"b{n}")
            await asyncio.sleep(0.05)

    beside = asyncio.create_task(other())
    for n in range(30):
        seat.program.writing.send(f"a{n}")
        await asyncio.sleep(0.08)
    await beside


async def test_who_leaves_without_a_server_is_told_what_was_not_sent(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        async with seated(server.ready["tcp"]) as seat:
            server.process.kill()
            server.process.wait()
            await seat.see("No connection.")
            await seat.write("too late")
            await seat.see("too late  … waiting")
            await seat.press("ctrl+c")
            unsent = await seat.program.visit.close(0.1)
    assert [outgoing.text for outgoing in unsent] == ["too late"]
