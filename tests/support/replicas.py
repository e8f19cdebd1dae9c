"""Replicas of one's own: of a PostgreSQL by streaming, of a MariaDB by its binary log. Replaying can be stopped, as if
it were far behind."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import mariadb, postgres
from tests.support.mariadb import Mariadb
from tests.support.postgres import OWNER, Postgres


class PostgresReplica(Postgres):
    def __init__(self, directory: Path, primary: Postgres) -> None:
        self._directory = self._own(directory)
        self._options = ("wal_retrieve_retry_interval=100ms",)
        self._server = None
        self.port = postgres._free_port()
        source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", OWNER]
        self._tool(
            "pg_basebackup", *source, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "--no-sync"
        )

    def has(self, database: str) -> bool:
        return bool(self.run(f"SELECT 1 FROM pg_database WHERE datname = '{database}'").strip())

    def replay(self, on: bool) -> None:
        self.run(f"SELECT pg_wal_replay_{'resume' if on else 'pause'}()")
        while not on and self.run("SELECT pg_get_wal_replay_pause_state()").strip() != "paused":
            pass


class MariadbReplica(Mariadb):
    """Made of the data of a primary that did not start yet."""

    def __init__(self, directory: Path, primary: Mariadb) -> None:
        self._directory = directory
        self._options = ("--server-id=2", "--read-only", "--log-bin=bin")
        self.port = mariadb._free_port()
        self._server = None
        self._primary = primary
        shutil.copytree(primary._directory / "data", directory / "data")

    def follow(self) -> None:
        self.run(
            f"CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT={self._primary.port}, MASTER_USER='replica',"
            " MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1; START SLAVE"
        )

    def has(self, database: str) -> bool:
        return bool(self.run(f"SHOW DATABASES LIKE '{database}'").strip())

    def replay(self, on: bool) -> None:
        self.run(f"{'START' if on else 'STOP'} SLAVE SQL_THREAD")


@contextmanager
def postgres_pair(directory: Path) -> Iterator[tuple[Postgres, PostgresReplica]]:
    for name in ("primary", "replica"):
        (directory / name).mkdir()
    with postgres.running(directory / "primary", "fsync=off") as primary:
        replica = PostgresReplica(directory / "replica", primary)
        replica.start()
        try:
            yield primary, replica
        finally:
            replica.freeze(False)
            replica.kill()


@contextmanager
def mariadb_pair(directory: Path) -> Iterator[tuple[Mariadb, MariadbReplica]]:
    for name in ("primary", "replica"):
        (directory / name).mkdir()
    primary = Mariadb(directory / "primary", "--server-id=1", "--log-bin=bin", "--binlog-format=ROW")
    replica = MariadbReplica(directory / "replica", primary)
    try:
        primary.start()
        replica.start()
        primary.run("CREATE USER replica@'127.0.0.1'; GRANT REPLICATION SLAVE ON *.* TO replica@'127.0.0.1'")
        replica.follow()
        yield primary, replica
    finally:
        for server in (replica, primary):
            server.freeze(False)
            server.kill()
