"""Filing: what files stand on, put together. A part of compose.py, which calls it."""

import asyncio
import os
import secrets
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from teahouse.app.settings import Settings
from teahouse.backends.files.disk import Disk, make_folder, sync_file, sync_folder
from teahouse.backends.files.inspector import FileInspector
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.objects import ObjectBlobs
from teahouse.backends.files.staging import LocalStaging
from teahouse.backends.memory.blobs import MemoryBlobs
from teahouse.engine.filing import Filing
from teahouse.ports.blobs import Blobs
from teahouse.ports.clock import Clock
from teahouse.ports.files import Files, Leftovers
from teahouse.ports.vault import Vault

FILES = "files"
UPLOADS = "uploads"
PLACE = "files-place"
MARK = ".place"


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
        blobs = LocalBlobs(folder_of(settings, data), disk)
    staging = LocalStaging(Path(options.staging) if options.staging else data / UPLOADS, disk)
    return Filing(files, files, blobs, staging, inspector, settings.files)


def folder_of(settings: Settings, data: Path) -> Path:
    """Where the bytes of files are, if they are local."""
    return Path(settings.blobs.folder) if settings.blobs.folder else data / FILES


class CannotShare(Exception):
    """Nodes do not have in common what they must: the reason, for a person to act on."""


async def check_folder(settings: Settings, vault: Vault) -> None:
    """On a shared store, see that all nodes keep files in one place. The first one leaves a mark in its folder and in
    the vault; who does not find it in its own folder has another one, and would show files that are not there.
    CannotShare then."""
    if not settings.store.shared or settings.blobs.kind != "local":
        return
    folder = folder_of(settings, Path(settings.data))
    mark = await asyncio.to_thread(_mark, folder)
    kept = await vault.get(PLACE)
    if kept is None and await vault.put(PLACE, mark, 0):
        return
    kept = kept or await vault.get(PLACE)
    if kept is None or kept.value != mark:
        raise CannotShare(
            f"the folder {folder} is not the one in which other nodes keep files: have blobs.folder lead to a folder "
            "that all have mounted, or keep files in an object store (blobs.kind = s3)"
        )


def _mark(folder: Path) -> bytes:
    """What is written in the folder; made if nothing is. Of several processes that begin at once, one makes it."""
    path = folder / MARK
    make_folder(folder)
    made = path.with_name(f"{MARK}.{secrets.token_hex(8)}")
    made.write_text(secrets.token_hex(16))
    sync_file(made)
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
    sync_folder(folder)
    return path.read_bytes()
