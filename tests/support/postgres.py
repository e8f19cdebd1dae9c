"""A PostgreSQL of one's own: Debian's server on a free port, with all it keeps in one directory. It can be killed as a
power cut would kill it, stopped in its tracks, and started again on the same data. It refuses to run as root, so then
it runs as the user the package made."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

START_S = 60.0
OWNER = "teahouse"


class Postgres:
    """`address(name)` is that of a database in it, and stays the same for its whole life."""

    def __init__(self, directory: Path, *options: str) -> None:
        self._directory = self._own(directory)
        self._options = options
        self._server: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self._tool(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            OWNER,
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )

    @property
    def data(self) -> Path:
        return self._directory / "data"

    def address(self, database: str = "teahouse") -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self._directory}"]
        for option in self._options:
            options += ["-c", option]
        with (self._directory / "output").open("ab") as output:
            self._server = subprocess.Popen(
                [*_as_owner(), _program("postgres"), "-D", str(self.data), "-p", str(self.port), *options],
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        until = time.monotonic() + START_S
        while time.monotonic() < until and self._server.poll() is None:
            ready = subprocess.run(
                [_program("pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)],
                capture_output=True,
                check=False,
            )
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise TimeoutError((self._directory / "output").read_text()[-4000:])

    def create(self, database: str) -> None:
        """A new, empty database of this name."""
        self.run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.run(f'CREATE DATABASE "{database}"')

    def run(self, sql: str, database: str = "postgres") -> str:
        """What the server's own client says to it."""
        client = [
            _program("psql"),
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            OWNER,
            "-d",
            database,
            "-tAc",
            sql,
        ]
        return subprocess.run(client, check=True, capture_output=True, text=True).stdout

    def kill(self) -> None:
        """All its processes at once, as if the power had gone."""
        if self._server is not None:
            for pid in _processes(self._server.pid):
                _signal(pid, signal.SIGKILL)
            self._server.wait()
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self, on: bool) -> None:
        """It answers nobody any more, and does again."""
        assert self._server is not None
        for pid in _processes(self._server.pid):
            _signal(pid, signal.SIGSTOP if on else signal.SIGCONT)

    def _own(self, directory: Path) -> Path:
        """Where the server may write. As root that is not below pytest's directory: each pytest that starts closes it
        to all other users, also to a server that runs already."""
        if os.geteuid() != 0:
            return directory
        apart = Path(tempfile.mkdtemp(prefix="postgres-"))
        shutil.chown(apart, "postgres", "postgres")
        weakref.finalize(self, shutil.rmtree, apart, ignore_errors=True)
        return apart

    def _tool(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [*_as_owner(), _program(name), *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def _as_owner() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _program(name: str) -> str:
    """Debian keeps the programs of each version in a folder of their own."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


def _processes(leader: int) -> list[int]:
    """The server and its children."""
    children = Path(f"/proc/{leader}/task/{leader}/children")
    return [leader, *map(int, children.read_text().split())] if children.exists() else [leader]


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Postgres]:
    server = Postgres(directory, *options)
    server.start()
    try:
        yield server
    finally:
        server.freeze(False)
        server.kill()
