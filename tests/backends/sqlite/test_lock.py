"""Two servers never share a data directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.lock import DirectoryLock
from teahouse.backends.sqlite.store import LOCK, SqliteStore

HOLD = """
import sys, time
from pathlib import Path
from teahouse.backends.sqlite.lock import DirectoryLock
lock = DirectoryLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


async def test_the_second_is_told_who_is_the_first(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    with pytest.raises(CannotOpen, match=rf"in use by another server, process {os.getpid()}"):
        SqliteStore(tmp_path)
    await store.close()
    await SqliteStore(tmp_path).close()


@pytest.mark.service
def test_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    """kill -9 leaves the file behind, and no lock."""
    path = tmp_path / LOCK
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CannotOpen, match=f"process {holder.pid}"):
            DirectoryLock(path)
        holder.kill()
    DirectoryLock(path).release()


def test_a_directory_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(CannotOpen, match="cannot be used"):
        SqliteStore(tmp_path / "file" / "data")
