"""Files for a house of tests: bytes in memory, uploads in a folder, and a look into them that is the real one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from teahouse.backends.clock import SystemClock
from teahouse.backends.files.disk import Disk
from teahouse.backends.files.inspector import FileInspector
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.memory.blobs import MemoryBlobs
from teahouse.backends.memory.files import MemoryFiles
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine.filing import Filing, FilingOptions
from teahouse.gateways.rest.files import Files
from teahouse.gateways.rest.uploads import Uploads
from tests.support.house import House
from tests.support.rest import Site


@asynccontextmanager
async def filing_house(folder: Path, clock: Any = None, **options: Any) -> AsyncIterator[House]:
    """A house that keeps files. `options` are those of files."""
    store, disk = MemoryStore(), Disk(2)
    files = MemoryFiles(store)
    filing = Filing(
        files,
        files,
        MemoryBlobs(clock or SystemClock()),
        LocalStaging(folder / "uploads", disk),
        FileInspector(disk, 1_000_000, 1, 8),
        FilingOptions(**options),
    )
    async with House(store, clock=clock, filing=filing) as house:
        house.filing = filing  # type: ignore[attr-defined]
        yield house
    await filing.inspector.close()  # type: ignore[attr-defined]
    await disk.close()


def filing_site(house: House) -> Site:
    """Its REST side, files included."""
    keeper = house.engine.keeper
    assert keeper is not None
    return Site(house, files=Files(keeper), uploads=Uploads(keeper))


def picture(width: int = 64, height: int = 32, kind: str = "PNG", **saved: Any) -> bytes:
    """A picture: red above, blue below."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    data = BytesIO()
    image.save(data, kind, **saved)
    return data.getvalue()


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for piece in data:
        yield piece
