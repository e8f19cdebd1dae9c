"""The programs of docs/how-to/python-client.md, run as they stand there, but for the addresses of the server."""

import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from teahouse.client import Client, Hello, LogEvent
from tests.app.server import Server, environment, serving
from tests.docs.markdown import document

pytestmark = pytest.mark.service

ECHO, READER, ACCOUNT = (
    block.text for block in document("docs/how-to/python-client.md").blocks() if block.language == "python"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, "--limits", "off") as server:
        yield server


def program(text: str, server: Server, folder: Path) -> Path:
    for written, real in (("tcp://127.0.0.1:9000", "tcp"), ("http://127.0.0.1:8080", "http")):
        text = text.replace(written, server.ready[real])
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    return path


async def test_the_echo(server: Server, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, program(ECHO, server, tmp_path), env=environment(), stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"I am echo\n"
        async with Client(server.ready["tcp"], Hello(nick="alice")) as alice, asyncio.timeout(10):
            sent = await alice.send("lobby", "@echo hello")
            async for event in alice.events():
                if isinstance(event, LogEvent):
                    assert (event.text, event.reply_to) == ("hello", sent.seq)
                    break
    finally:
        process.kill()
        await process.wait()


async def test_the_reader_misses_nothing(server: Server, tmp_path: Path) -> None:
    path = program(READER, server, tmp_path)
    assert await run(path) == ""
    async with Client(server.ready["tcp"], Hello(nick="alice")) as alice:
        for n in range(3):
            await alice.send("lobby", f"news {n}")
    assert await run(path) == "2 alice news 0\n3 alice news 1\n4 alice news 2\n"


async def test_the_account(server: Server, tmp_path: Path) -> None:
    body = json.dumps({"user": "alice", "password": "correct horse"}).encode()
    register(f"{server.ready['http']}/api/v1/auth/register", body)
    assert await run(program(ACCOUNT, server, tmp_path), PASSWORD="correct horse") == "alice False\n"


def register(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


async def run(path: Path, **variables: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, path), cwd=path.parent, env=environment(**variables), stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == os.EX_OK
    return output.decode()
