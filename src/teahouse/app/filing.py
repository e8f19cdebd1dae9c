"""Filing: what files stand on, put together. A part of compose.py, which calls it."""

from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from teahouse.app.settings import Settings
from teahouse.backends.files.disk import Disk
from teahouse.backends.files.inspector import FileInspector
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.objects import ObjectBlobs
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.memory.blobs import MemoryBlobs
from teahouse.engine.filing import Filing
from teahouse.ports.blobs import Blobs
from teahouse.ports.clock import Clock
from teahouse.ports.files import Files, Leftovers

FILES = "files"
UPLOADS = "uploads"


class FilesOfStore(Files, Leftovers, Protocol):
    """Both ports of a store."""


def open_filing(settings: Settings, files: FilesOfStore, clock: Clock, stack: AsyncExitStack) -> Filing:
    """`files` on the store the settings choose; the bytes where they say. A store in memory keeps those there, too,
    and uploads in a directory that goes with the server."""
    disk = Disk()
    stack.push_async_callback(disk.close)
    options = settings.blobs
    inspector = FileInspector(disk, options.image_pixels, options.thumbnail_workers, options.thumbnail_queue)
    stack.push_async_callback(inspector.close)
    data = Path(settings.data)
    blobs: Blobs
    if settings.store.kind == "memory":
        data = Path(stack.enter_context(TemporaryDirectory(prefix="teahouse-")))
        blobs = MemoryBlobs(clock)
    elif options.kind == "s3":
        blobs = ObjectBlobs(options)
    else:
        blobs = LocalBlobs(data / FILES, disk)
    return Filing(files, files, blobs, LocalStaging(data / UPLOADS, disk), inspector, settings.files)
