"""A MariaDB of one's own: Debian's server on a free port, with all it keeps in one directory. It can be killed as a
power cut would kill it, stopped in its tracks, and started again on the same data."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 60.0
OWNER = "teahouse"
STRICT = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO"
"""As MySQL 8 comes, which refuses more."""


class Mariadb:
    """`address(name)` is that of a database in it, and stays the same for its whole life."""

    def __init__(self, directory: Path, *options: str) -> None:
        self._directory = directory
        self._options = options
        self.port = _free_port()
        self._server: subprocess.Popen[bytes] | None = None
        (directory / "data").mkdir()
        install = [
            "mariadb-install-db",
            "--no-defaults",
            f"--user={_user()}",
            f"--datadir={directory / 'data'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
        ]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def address(self, database: str = "teahouse") -> str:
        return f"mysql://{OWNER}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        assert self._server is not None
        return self._server.pid

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        data = self._directory / "data"
        command = [
            shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin") or "mariadbd",
            "--no-defaults",
            f"--user={_user()}",
            f"--datadir={data}",
            f"--port={self.port}",
            "--bind-address=127.0.0.1",
            f"--socket={self._directory / 's.sock'}",
            f"--pid-file={self._directory / 'p.pid'}",
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            "--innodb-buffer-pool-size=64M",
            f"--sql-mode={STRICT}",
            *(self._options or ("--skip-log-bin",)),
        ]
        with (self._directory / "output").open("ab") as output:
            self._server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
        _wait(self.port, self._server, self._directory / "output")

    def create(self, database: str) -> None:
        """A new, empty database of this name."""
        self.run(f"DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}` CHARACTER SET utf8mb4")
        self.run(
            f"CREATE USER IF NOT EXISTS {OWNER}@'127.0.0.1'; GRANT ALL ON `{database}`.* TO {OWNER}@'127.0.0.1'"
        )

    def run(self, sql: str) -> str:
        """What the server's own client says to it."""
        client = ["mariadb", "--no-defaults", "-uroot", f"-S{self._directory / 's.sock'}", "-N", "-e", sql]
        return subprocess.run(client, check=True, capture_output=True, text=True).stdout

    def kill(self) -> None:
        assert self._server is not None
        self._server.kill()
        self._server.wait()

    def freeze(self, on: bool) -> None:
        """It answers nobody any more, and does again."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


def _user() -> str:
    return "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]", output: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(2)
            if probe.connect_ex(("127.0.0.1", port)) == 0 and probe.recv(1):
                return
        time.sleep(0.05)
    raise TimeoutError(output.read_text()[-4000:])


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Mariadb]:
    server = Mariadb(directory, *options)
    server.start()
    try:
        yield server
    finally:
        server.freeze(False)
        server.kill()
