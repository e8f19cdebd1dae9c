"""A MongoDB of one's own to test against: SecantusDB, which speaks MongoDB's protocol, on a free port, with all it
keeps in one directory. It can be killed as a power cut would kill it, and started again on the same data.

It is beta and under the GPL: a subprocess, never imported and never shipped. TEAHOUSE_TEST_MONGO_URL points the same
tests at a real mongod, a replica set started with `--setParameter enableTestCommands=1`; what kills is skipped then.
"""

import asyncio
import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pymongo
from pymongo.errors import PyMongoError

START_S = 30.0
URL = "TEAHOUSE_TEST_MONGO_URL"
WRITES = ("insert", "update", "delete", "findAndModify", "commitTransaction")
OUT_OF_DISK = 14031


class Mongo:
    """`url` stays the same for its whole life. `own`: it can be killed."""

    own = True

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._port = _free_port()
        self.url = f"mongodb://127.0.0.1:{self._port}/?directConnection=true"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        program = Path(sys.executable).with_name("secantusd-py")
        if not program.is_file():
            raise FileNotFoundError(f"{program} is missing: make setup-test installs it")
        options = (
            "--sync-on-commit",
            "--enable-test-commands",
            "--log-level",
            "WARNING",
            "--cache-size",
            "64M",
        )
        place = (
            "--host",
            "127.0.0.1",
            "--port",
            str(self._port),
            "--storage-path",
            str(self._directory / "data"),
        )
        with (self._directory / "output").open("ab") as output:
            self._server = subprocess.Popen(
                [str(program), *place, *options],
                cwd=self._directory,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    async def ready(self) -> None:
        """It answers. TimeoutError with what it wrote if it does not begin to."""
        try:
            async with asyncio.timeout(START_S):
                while not await asyncio.to_thread(_answers, self.url):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.05)
        except TimeoutError as error:
            raise TimeoutError((self._directory / "output").read_text()[-4000:]) from error

    def kill(self) -> None:
        """SIGKILL, to all of it at once."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def pause(self, on: bool) -> None:
        """Be silent, or go on: connections stay, and nothing answers."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGSTOP if on else signal.SIGCONT)


class Theirs(Mongo):
    """A MongoDB somebody started. It is used, and left as it was but for the databases of the tests."""

    own = False

    def __init__(self, url: str) -> None:
        self.url = url

    async def ready(self) -> None:
        pass


@contextmanager
def running(directory: Path) -> Iterator[Mongo]:
    if URL in os.environ:
        yield Theirs(os.environ[URL])
        return
    mongo = Mongo(directory)
    mongo.start()
    try:
        yield mongo
    finally:
        mongo.kill()


@asynccontextmanager
async def failing(
    url: str, commands: Sequence[str] = WRITES, times: int | None = None, **how: Any
) -> AsyncIterator[None]:
    """While this lasts, these commands fail; `times`: so many of them. `how` is what failCommand takes: errorCode,
    closeConnection, blockConnection and blockTimeMS."""
    data = {"failCommands": list(commands), **(how or {"errorCode": OUT_OF_DISK})}
    mode: object = "alwaysOn" if times is None else {"times": times}
    await fail(url, mode, data)
    try:
        yield
    finally:
        await fail(url, "off", {})


@cache
def shared() -> Mongo:
    """One for all tests of this process, each with a database of its own; ends with the process."""
    stack = ExitStack()
    directory = stack.enter_context(TemporaryDirectory(prefix="teahouse-mongo-"))
    mongo = stack.enter_context(running(Path(directory)))
    atexit.register(stack.close)
    return mongo


async def drop(url: str, database: str) -> None:
    async with pymongo.AsyncMongoClient[dict[str, Any]](url) as client:
        await client.drop_database(database)


async def fail(url: str, mode: object, data: dict[str, Any]) -> None:
    async with pymongo.AsyncMongoClient[dict[str, Any]](url) as client:
        await client.admin.command({"configureFailPoint": "failCommand", "mode": mode, "data": data})


def _answers(url: str) -> bool:
    with pymongo.MongoClient[dict[str, Any]](url, serverSelectionTimeoutMS=500) as client:
        try:
            return bool(client.admin.command("ping"))
        except PyMongoError:
            return False


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
