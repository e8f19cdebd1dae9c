"""A RabbitMQ of one's own: Debian's server on free ports, with all it keeps in one directory. It can be killed as a
power cut would kill it, and started again on the same data.

Nothing of it is shared with a RabbitMQ the machine may run: neither ports nor names, cookie or epmd.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 60.0

_CONFIG = """\
listeners.tcp.default = 127.0.0.1:{port}
distribution.listener.interface = 127.0.0.1
loopback_users.guest = true
"""


class Rabbit:
    """`url` stays the same for its whole life."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.port, distribution, self._names = _free_port(), _free_port(), _free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._server: subprocess.Popen[bytes] | None = None
        self._epmd: subprocess.Popen[bytes] | None = None
        config = directory / "rabbitmq.conf"
        config.write_text(_CONFIG.format(port=self.port))
        (directory / "enabled_plugins").write_text("[].\n")
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._names),
            "RABBITMQ_NODENAME": f"teahouse-{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(directory / "mnesia"),
            "RABBITMQ_LOG_BASE": str(directory / "log"),
            "RABBITMQ_CONFIG_FILE": str(config),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(directory / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(directory / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
        }

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        if self._epmd is None:
            self._epmd = self._run(_program("epmd"), "-port", str(self._names))
        self._server = self._run(_program("rabbitmq-server"))

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        with (self._directory / "output").open("ab") as output:
            return subprocess.Popen(
                command, env=self._environment, stdout=output, stderr=output, start_new_session=True
            )

    async def ready(self) -> None:
        """It takes AMQP. TimeoutError with what it wrote if it does not begin to."""
        try:
            async with asyncio.timeout(START_S):
                while not await self._answers():  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)
        except TimeoutError as error:
            raise TimeoutError((self._directory / "output").read_text()[-4000:]) from error

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        try:
            writer.write(b"AMQP\x00\x00\x09\x01")
            return bool(await reader.read(1))
        except OSError:
            return False
        finally:
            writer.close()

    def kill(self) -> None:
        """SIGKILL, to all of it at once."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    async def restart(self) -> None:
        """As an administrator does. What RabbitMQ 3.10 notes of new quorum queues it writes at a stop, or after three
        minutes: killed before that, it never finds their leaders again (names.dets of Ra)."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGTERM)
        await asyncio.to_thread(self._server.wait, START_S)
        self.start()
        await self.ready()

    def stop(self) -> None:
        self.kill()
        if self._epmd is not None:
            self._epmd.kill()
            self._epmd.wait()


@contextmanager
def running(directory: Path) -> Iterator[Rabbit]:
    rabbit = Rabbit(directory)
    rabbit.start()
    try:
        yield rabbit
    finally:
        rabbit.stop()


def _program(name: str) -> str:
    """Debian's own script would change the user; the one of RabbitMQ does not."""
    found = next(Path("/usr/lib/rabbitmq/lib").glob(f"*/sbin/{name}"), None)
    if path := found or shutil.which(name):
        return str(path)
    raise FileNotFoundError(f"{name} is missing: make test installs it, or apt-get install rabbitmq-server")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
