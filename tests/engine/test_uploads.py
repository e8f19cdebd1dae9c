"""What becomes of an upload if the process dies between any two steps: on SQLite and a disk, as in a server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from teahouse.backends.files.disk import Disk
from teahouse.backends.files.inspector import FileInspector
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.filing import Filing, FilingOptions
from teahouse.engine.tidy import STRAY_MS, Tidy
from teahouse.engine.uploads import Uploads, clean_name
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.files import File, FileState, thumbnail_of
from teahouse.model.people import User
from tests.support.filing import picture, pieces

ALICE = User("u-alice", "alice")
HOURS = 24 * 3600


@dataclass
class Place:
    """A data directory with a process on it."""

    filing: Filing
    uploads: Uploads
    tidy: Tidy
    data: Path

    def left(self) -> tuple[list[str], list[str]]:
        """What lies on the disk: uploads, blobs."""
        staged = [path.name for path in (self.data / "uploads").glob("*")]
        return sorted(staged), sorted(path.name for path in (self.data / "files").glob("*/*"))


@asynccontextmanager
async def process(data: Path, clock: Any, **options: Any) -> AsyncIterator[Place]:
    store, disk = SqliteStore(data), Disk(2)
    inspector = FileInspector(disk, 1_000_000, 1, 2)
    blobs, staging = LocalBlobs(data / "files", disk), LocalStaging(data / "uploads", disk)
    filing = Filing(store.files, store.files, blobs, staging, inspector, FilingOptions(**options))
    uploads = Uploads(filing, clock)
    yield Place(filing, uploads, Tidy(filing, clock, uploads.busy), data)
    await inspector.close()
    await disk.close()
    await store.close()


class Died(BaseException):
    """Nothing after it is run, as if the power went."""


def dies(owner: Any, name: str, before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the process dies before or after this step; whatever cleans up then dies as well."""
    real, dead = getattr(owner, name), False

    async def step(*arguments: Any) -> Any:
        nonlocal dead
        if before or dead:
            raise Died
        await real(*arguments)
        dead = True
        raise Died

    monkeypatch.setattr(owner, name, step)


STEPS = [
    ("files", "begin"),
    ("staging", "append"),
    ("staging", "sync"),
    ("inspector", "inspect"),
    ("blobs", "put"),
    ("files", "finish"),
    ("staging", "delete"),
]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=[f"{port} {name}" for port, name in STEPS])
async def test_a_crash_at_any_step_leaves_nothing_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[str, str], before: bool
) -> None:
    clock, data = ManualClock(), picture()
    async with process(tmp_path, clock) as place:
        with monkeypatch.context() as patched:
            dies(getattr(place.filing, step[0]), step[1], before, patched)
            patched.setattr(Uploads, "_abandon", _no_time_to_clean_up)
            with pytest.raises(Died):
                file = await place.uploads.begin(ALICE, "a.png", len(data))
                await place.uploads.write(ALICE, file.id, 0, pieces(data))
    async with process(tmp_path, clock) as place:
        clock.advance(HOURS + 1)
        await place.tidy.sweep()
        await place.tidy.sweep_strays()
        staged, blobs = place.left()
        assert staged == []
        for blob in blobs:  # it was finished: it is a file, with all that belongs to it
            found = await place.filing.files.file(blob)
            assert found is not None
            assert (found.state, found.mime) == (FileState.READY, "image/png")
        assert bool(blobs) == (step in STEPS[6:] or (step == STEPS[5] and not before))


async def _no_time_to_clean_up(self: Uploads, file: File) -> None:
    raise Died


@pytest.mark.parametrize("step", STEPS[3:6], ids=[name for _, name in STEPS[3:6]])
async def test_a_client_that_comes_back_finds_its_upload_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[str, str]
) -> None:
    clock, data = ManualClock(), picture()
    async with process(tmp_path, clock) as place:
        file = await place.uploads.begin(ALICE, "a.png", len(data))
        with monkeypatch.context() as patched:
            dies(getattr(place.filing, step[0]), step[1], True, patched)
            with pytest.raises(Died):
                await place.uploads.write(ALICE, file.id, 0, pieces(data))
    async with process(tmp_path, clock) as place:
        found, offset = await place.uploads.resume(ALICE, file.id)
        assert (found.state, offset) == (FileState.READY, len(data))
        assert place.left() == ([], [file.id])


async def test_an_upload_goes_on_after_a_restart(tmp_path: Path) -> None:
    clock = ManualClock()
    async with process(tmp_path, clock) as place:
        file = await place.uploads.begin(ALICE, "a", 6)
        await place.uploads.write(ALICE, file.id, 0, pieces(b"abc"))
    async with process(tmp_path, clock) as place:
        await place.tidy.sweep()
        await place.tidy.sweep_strays()
        assert await place.uploads.resume(ALICE, file.id) == (file, 3)
        await place.uploads.write(ALICE, file.id, 3, pieces(b"def"))
        assert b"".join([p async for p in place.filing.blobs.read(file.id, 0, 9)]) == b"abcdef"


async def test_of_two_that_write_one_is_refused(tmp_path: Path) -> None:
    async with process(tmp_path, ManualClock()) as place:
        file = await place.uploads.begin(ALICE, "a", 6)
        gate = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b"abc"
            await gate.wait()
            yield b"def"

        first = asyncio.create_task(place.uploads.write(ALICE, file.id, 0, slow()))
        await asyncio.sleep(0.05)
        for attempt in (
            place.uploads.write(ALICE, file.id, 0, pieces(b"x")),
            place.uploads.cancel(ALICE, file.id),
        ):
            with pytest.raises(Problem) as problem:
                await attempt
            assert problem.value.code is Code.CONFLICT
        gate.set()
        assert (await first)[1] == 6


async def test_a_disk_that_is_full_loses_only_what_it_did_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(tmp_path, ManualClock()) as place:
        file = await place.uploads.begin(ALICE, "a", 6)
        await place.uploads.write(ALICE, file.id, 0, pieces(b"abc"))

        async def full(*_: object) -> None:
            raise StoreUnavailable("no space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(place.filing.staging, "append", full)
            with pytest.raises(StoreUnavailable):
                await place.uploads.write(ALICE, file.id, 3, pieces(b"def"))
            with pytest.raises(StoreUnavailable):
                await place.uploads.take(ALICE, "b", 3, pieces(b"def"))
        assert await place.uploads.resume(ALICE, file.id) == (file, 3)
        assert place.left() == ([file.id], [])


async def test_strays_are_swept_when_they_are_old(tmp_path: Path) -> None:
    clock = ManualClock()
    async with process(tmp_path, clock) as place:
        kept = await place.uploads.take(ALICE, "a", 3, pieces(b"tea"))
        source = tmp_path / "x"
        source.write_bytes(b"x")
        foreign, stray = "somethingelse", "f" + "0" * 32
        for name in (foreign, stray, thumbnail_of(stray), thumbnail_of(kept.id)):
            await place.filing.blobs.put(name, source)
        await place.filing.staging.sync("f" + "1" * 32)
        young = Tidy(place.filing, _At(0), set())
        assert await young.sweep_strays() == 1  # what is staged belongs to a row, or to nobody
        old = Tidy(place.filing, _At(2 * STRAY_MS), set())
        assert await old.sweep_strays() == 2
        assert place.left() == ([], sorted([kept.id, thumbnail_of(kept.id), foreign]))


class _At(ManualClock):
    """So much later than files on the disk are made."""

    def __init__(self, later_ms: int) -> None:
        super().__init__()
        self._later_ms = later_ms

    def now(self) -> int:
        import time

        return int(time.time() * 1000) + self._later_ms


async def test_an_upload_that_was_finished_as_it_expired_stays(tmp_path: Path) -> None:
    clock = ManualClock()
    async with process(tmp_path, clock) as place:
        file = await place.uploads.begin(ALICE, "a", 6)
        gate = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b"abc"
            await gate.wait()
            yield b"def"

        writing = asyncio.create_task(place.uploads.write(ALICE, file.id, 0, slow()))
        await asyncio.sleep(0.05)
        clock.advance(HOURS + 1)
        assert await place.tidy.sweep() == 0
        gate.set()
        assert (await writing)[0].state is FileState.READY
        assert await place.tidy.sweep() == 0
        assert place.left() == ([], [file.id])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.txt", "a.txt"),
        ("", "file"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\tea.doc", "tea.doc"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("a\0b\r\nc.txt", "abc.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("  茶 🍵.png ", "茶 🍵.png"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"),
        ("a/", "file"),
    ],
)
def test_names_are_for_showing(name: str, wanted: str) -> None:
    assert clean_name(name) == wanted
