"""The promises of Blobs and Staging (ports/blobs.py), over every backend."""

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.files.disk import Disk
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.objects import ObjectBlobs
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.memory.blobs import MemoryBlobs
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.blobs import Blobs
from tests.contract.objects import object_store, options

BACKENDS = [
    "memory",
    "local",
    pytest.param("s3", marks=pytest.mark.service),
]
NOT_NAMES = ["", "..", "../x", "a/b", "/etc/passwd", "A", "a.b", "a\0", "x" * 65, "ä", "a\n", "..\\x"]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture(params=BACKENDS)
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    if request.param == "memory":
        yield MemoryBlobs(SystemClock())
    elif request.param == "local":
        disk = Disk(2)
        yield LocalBlobs(tmp_path / "files", disk)
        await disk.close()
    else:
        url = request.getfixturevalue("endpoint")
        yield ObjectBlobs(options(url, f"t{time.monotonic_ns()}/"))


async def read(blobs: Blobs, blob: str, start: int = 0, end: int = 2**40) -> bytes:
    return b"".join([piece async for piece in blobs.read(blob, start, end)])


def source(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "source"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("blob", NOT_NAMES)
async def test_b1_a_name_leads_nowhere_else(blobs: Blobs, blob: str, tmp_path: Path) -> None:
    path = source(tmp_path, b"x")
    with pytest.raises(ValueError, match="is no name of a blob"):
        await blobs.put(blob, path)
    with pytest.raises(ValueError, match="is no name of a blob"):
        await blobs.size(blob)
    with pytest.raises(ValueError, match="is no name of a blob"):
        await read(blobs, blob)
    with pytest.raises(ValueError, match="is no name of a blob"):
        await blobs.delete(blob)


@pytest.mark.parametrize("size", [0, 1, 300_000, 6_000_000])
async def test_b2_what_is_put_is_there(blobs: Blobs, tmp_path: Path, size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    path = source(tmp_path, data)
    await blobs.put("f1", path)
    assert path.read_bytes() == data
    path.unlink()
    assert await blobs.size("f1") == size
    assert await read(blobs, "f1") == data


async def test_b2_putting_again_replaces(blobs: Blobs, tmp_path: Path) -> None:
    for data in (b"one", b"another"):
        path = source(tmp_path, data)
        await blobs.put("f1", path)
        await blobs.put("f1", path)  # as after a crash
        path.unlink()
        assert await read(blobs, "f1") == data
    assert [name async for name, _ in blobs.names()] == ["f1"]


async def test_b2_of_what_cannot_be_read_nothing_is_put(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises((FileNotFoundError, StoreUnavailable)):
        await blobs.put("f1", tmp_path / "missing")
    assert await blobs.size("f1") is None
    assert [name async for name, _ in blobs.names()] == []


@pytest.mark.parametrize(
    ("start", "end", "wanted"), [(0, 3, b"012"), (7, 99, b"789"), (4, 5, b"4"), (3, 3, b""), (10, 20, b"")]
)
async def test_b3_a_part(blobs: Blobs, tmp_path: Path, start: int, end: int, wanted: bytes) -> None:
    await blobs.put("f1", source(tmp_path, b"0123456789"))
    assert await read(blobs, "f1", start, end) == wanted


async def test_b3_a_part_over_several_pieces(blobs: Blobs, tmp_path: Path) -> None:
    data = bytes(n % 251 for n in range(3_000_000))
    await blobs.put("f1", source(tmp_path, data))
    assert await read(blobs, "f1", 1, 2_999_999) == data[1:2_999_999]
    pieces = [len(piece) async for piece in blobs.read("f1", 0, len(data))]
    assert max(pieces) <= 1024 * 1024


async def test_b3_an_unknown_one(blobs: Blobs) -> None:
    assert await blobs.size("f1") is None
    with pytest.raises(FileNotFoundError):
        await read(blobs, "f1")


async def test_b4_delete(blobs: Blobs, tmp_path: Path) -> None:
    await blobs.delete("f1")
    await blobs.put("f1", source(tmp_path, b"x"))
    await blobs.put("f2", source(tmp_path, b"y"))
    await blobs.delete("f1")
    await blobs.delete("f1")
    assert await blobs.size("f1") is None
    assert await read(blobs, "f2") == b"y"


async def test_b5_all_names(blobs: Blobs, tmp_path: Path) -> None:
    wanted = {f"f{n:032x}" for n in range(40)}
    for name in wanted:
        await blobs.put(name, source(tmp_path, b"x"))
    found = {name: since async for name, since in blobs.names()}
    assert found.keys() == wanted
    assert all(abs(since - time.time() * 1000) < 60_000 for since in found.values())


@pytest.mark.service
async def test_b6_an_object_store_that_is_not_there(tmp_path: Path) -> None:
    blobs = ObjectBlobs(options("http://127.0.0.1:9", "x/"))
    with pytest.raises(StoreUnavailable):
        await blobs.size("f1")
    with pytest.raises(StoreUnavailable):
        await blobs.put("f1", source(tmp_path, b"x"))
    with pytest.raises(StoreUnavailable):
        await read(blobs, "f1")


async def test_b6_a_disk_that_refuses(tmp_path: Path) -> None:
    disk = Disk(1)
    (tmp_path / "files").write_text("a file where a folder should be")
    blobs, staging = LocalBlobs(tmp_path / "files", disk), LocalStaging(tmp_path / "files" / "x", disk)
    with pytest.raises(StoreUnavailable):
        await blobs.put("f1", source(tmp_path, b"x"))
    with pytest.raises(StoreUnavailable):
        await staging.append("f1", 0, b"x")
    await disk.close()


async def test_what_a_crash_left_half_written_is_no_blob(tmp_path: Path) -> None:
    disk = Disk(1)
    blobs = LocalBlobs(tmp_path / "files", disk)
    await blobs.put("f1", source(tmp_path, b"x"))
    half = tmp_path / "files" / "f1" / "f1.partial"
    half.write_bytes(b"ha")
    assert [name async for name, _ in blobs.names()] == ["f1"]
    assert not half.exists()
    await disk.close()


# --- Staging -------------------------------------------------------------------------------------------


@pytest.fixture
async def staging(tmp_path: Path) -> AsyncIterator[LocalStaging]:
    disk = Disk(2)
    yield LocalStaging(tmp_path / "uploads", disk)
    await disk.close()


async def test_g1_g2_what_is_appended_is_there(staging: LocalStaging) -> None:
    assert await staging.size("f1") == 0
    assert await staging.names() == []
    await staging.append("f1", 0, b"abc")
    await staging.append("f1", 3, b"def")
    await staging.sync("f1")
    assert await staging.size("f1") == 6
    assert staging.path("f1").read_bytes() == b"abcdef"
    for offset in (0, 3, 7):
        with pytest.raises(ValueError, match="does not have"):
            await staging.append("f1", offset, b"x")
    assert await staging.size("f1") == 6
    await staging.sync("f2")
    assert await staging.names() == ["f1", "f2"]
    await staging.delete("f1")
    await staging.delete("f1")
    assert await staging.names() == ["f2"]


@pytest.mark.parametrize("name", NOT_NAMES)
async def test_g3_a_name_leads_nowhere_else(staging: LocalStaging, name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a blob"):
        await staging.append(name, 0, b"x")
    with pytest.raises(ValueError, match="is no name of a blob"):
        await staging.delete(name)
