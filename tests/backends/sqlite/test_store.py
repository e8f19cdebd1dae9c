"""The store on real disks: full, read-only, and cut off in the middle."""

import asyncio
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.store import FILE, SqliteStore
from teahouse.model.entries import Draft, Kind
from teahouse.model.errors import StoreUnavailable

ALL = 2**53

APPEND = """
import asyncio, sys
from pathlib import Path
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.entries import Draft, Kind

async def send(store, name):
    for n in range(100_000):
        cid = f"{name}-{n}"
        drafts = [Draft(c, Kind.MESSAGE, "u", "n", 1, b"{}", cid) for c in ("c", f"c{name}")]
        for appended in await store.log.append_many(drafts):
            assert not appended.duplicate
        print(cid, flush=True)

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    await asyncio.gather(*(send(store, f"{sys.argv[2]}.{n}") for n in range(8)))

asyncio.run(main())
"""


def draft(n: int, size: int = 1000) -> Draft:
    return Draft("c", Kind.MESSAGE, "u", "n", 1, b'{"text":"%s"}' % (b"x" * size), str(n))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "data")
    yield store
    await store.close()


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: what a full disk is like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class Mounted:
    """A file system of two megabytes in memory, for root only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mount(self, options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.path)]
        return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", self.path], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", "--lazy", self.path], check=True)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mounted]:
    mounted = Mounted(tmp_path)
    if not mounted.mount("size=2m"):
        pytest.skip("may not mount a file system")
    yield mounted
    mounted.unmount()


async def append_until_full(store: SqliteStore) -> int:
    """How many were stored before the store said that it cannot."""
    for n in range(10_000):
        try:
            await store.log.append_many([draft(n)])
        except StoreUnavailable:
            return n
    raise AssertionError("it never was full")


async def check_recovery(store: SqliteStore, stored: int) -> None:
    """What was acknowledged is there; what was not may be sent again, and is there once."""
    await store.check()
    results = await store.log.append_many([draft(n) for n in range(stored + 5)])
    assert [r.seq for r in results] == list(range(1, stored + 6))
    assert [r.duplicate for r in results] == [True] * stored + [False] * 5
    entries = await store.log.read("c", 0, ALL, ALL)
    assert [e.cid for e in entries] == [str(n) for n in range(stored + 5)]


async def test_files_that_cannot_grow(store: SqliteStore) -> None:
    """Unavailable, for reads not, and as before when there is room again."""
    with files_limited_to(1_500_000):
        stored = await append_until_full(store)
    assert stored > 0
    with files_limited_to(1000):
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                await store.log.append_many([draft(stored)])
        with pytest.raises(StoreUnavailable):
            await store.check()
        assert await store.log.heads(["c"]) == {"c": stored}
    await check_recovery(store, stored)


@pytest.mark.service
async def test_a_full_disk(mounted: Mounted) -> None:
    """The same on a file system of two megabytes, where it is ENOSPC."""
    store = SqliteStore(mounted.path / "data")
    stored = await append_until_full(store)
    assert stored > 0
    mounted.remount("size=64m")
    await check_recovery(store, stored)
    await store.close()


@pytest.mark.service
async def test_a_read_only_disk(mounted: Mounted) -> None:
    """The store says at start that it cannot be used, and can when the disk is repaired."""
    store = SqliteStore(mounted.path / "data")
    await store.log.append_many([draft(0)])
    await store.close()
    mounted.remount("ro")
    with pytest.raises(CannotOpen):
        SqliteStore(mounted.path / "data")
    mounted.remount("rw")
    store = SqliteStore(mounted.path / "data")
    await check_recovery(store, 1)
    await store.close()


async def test_close_leaves_one_file(store: SqliteStore, tmp_path: Path) -> None:
    """The write-ahead log is folded in; only the owner may read the file; closing twice is harmless."""
    await store.log.append_many([draft(0)])
    await store.close()
    await store.close()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [FILE, "teahouse.lock"]
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600
    for call in (store.log.heads(["c"]), store.log.append_many([draft(1)]), store.check()):
        with pytest.raises(StoreUnavailable):
            await call


async def test_recalled_content_is_gone_from_the_file(store: SqliteStore, tmp_path: Path) -> None:
    """Not only from the answers."""
    secret = Draft("c", Kind.MESSAGE, "u", "n", 1, b'{"text":"' + b"s3cret" * 2000 + b'"}')
    recall = Draft("c", Kind.RECALL, "u", "n", 2, b"{}", ref=1)
    await store.log.append_many([secret])
    await store.log.append_many([recall])
    await store.close()
    assert b"s3cret" not in (tmp_path / "data" / FILE).read_bytes()


async def test_few_heads_in_memory(tmp_path: Path) -> None:
    """Forgotten heads are read again."""
    store = SqliteStore(tmp_path, SqliteOptions(cached_heads=3, batch_rows=2))
    for _ in range(3):
        drafts = [Draft(f"c{n}", Kind.MESSAGE, "u", "n", 1, b"{}") for n in range(10)]
        await asyncio.gather(*(store.log.append_many([draft]) for draft in drafts))
    assert set((await store.log.heads([f"c{n}" for n in range(10)])).values()) == {3}
    await store.close()


def live_and_die(data: Path, life: int) -> set[str]:
    """Append in a process of its own, kill it at a random instant, and say what it had acknowledged."""
    command = [sys.executable, "-c", APPEND, str(data), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.uniform(0.05, 0.4))
        process.kill()
        lines = (first + process.stdout.read()).decode().split("\n")
    return set(lines[:-1])  # the last one may be half a line


@pytest.mark.service
async def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Each acknowledged entry is there once, calls are there whole or not at all, and there is no gap."""
    acknowledged: set[str] = set()
    for life in range(4):
        acknowledged |= await asyncio.to_thread(live_and_die, tmp_path, life)
    store = SqliteStore(tmp_path)
    entries = await store.log.read("c", 0, ALL, ALL)
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    cids = [str(e.cid) for e in entries]
    assert len(set(cids)) == len(cids)
    assert acknowledged <= set(cids)
    names = {f"c{cid.rpartition('-')[0]}" for cid in cids}
    others = [str(e.cid) for name in names for e in await store.log.read(name, 0, ALL, ALL)]
    assert sorted(others) == sorted(cids)
    await store.close()
