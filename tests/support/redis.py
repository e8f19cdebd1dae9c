"""A Redis of one's own on a free port, with all it keeps in one directory. It can be killed, stopped in its tracks, and
started again on the same data."""

import asyncio
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 20.0


class RedisServer:
    """`url` stays the same for its whole life."""

    def __init__(self, directory: Path, *options: str, program: tuple[str, ...] = ("redis-server",)) -> None:
        self._directory = directory
        self._options = options if program[1:] else ("--save", "", "--appendonly", "no", *options)
        self._program = program
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        command = [
            *self._program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(self._directory),
        ]
        with (self._directory / "output").open("ab") as output:
            self._server = subprocess.Popen(
                [*command, *self._options],
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self._server is not None
        return self._server.pid

    async def ready(self) -> None:
        async with asyncio.timeout(START_S):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.01)
                else:
                    writer.close()
                    return

    def say(self, *command: str) -> str:
        """What the server's own client says to it."""
        client = ["redis-cli", "-p", str(self.port), *command]
        return subprocess.run(client, check=True, capture_output=True, text=True).stdout

    def kill(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def freeze(self, on: bool) -> None:
        """It answers nobody any more, and does again."""
        if self._server is not None:
            self._server.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


@contextmanager
def running(directory: Path, *options: str) -> Iterator[RedisServer]:
    server = RedisServer(directory, *options)
    server.start()
    try:
        yield server
    finally:
        server.freeze(False)
        server.kill()


@contextmanager
def sentinel(directory: Path, name: str, master: RedisServer) -> Iterator[RedisServer]:
    """One sentinel, which decides alone, and soon, that `master`, called `name`, is gone."""
    configuration = directory / "sentinel.conf"
    configuration.write_text(
        f"sentinel monitor {name} 127.0.0.1 {master.port} 1\n"
        f"sentinel down-after-milliseconds {name} 500\n"
        f"sentinel failover-timeout {name} 5000\n"
    )
    watching = RedisServer(directory, program=("redis-server", str(configuration), "--sentinel"))
    watching.start()
    try:
        yield watching
    finally:
        watching.kill()
