"""Inspector (ports/blobs.py): what a file is, by libmagic, and pictures by Pillow.

Rule: nothing here trusts a file. libmagic sees its first bytes only; Pillow opens a few formats only, never decodes
more pixels than allowed, and works in a thread of a small pool that has a bounded queue. Both are loaded with the
first file, not at start.
"""

import asyncio
import hashlib
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from teahouse.backends.files.disk import Disk
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.files import Traits

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

_HEAD = 64 * 1024
_PIECE = 1024 * 1024
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/bmp": "BMP",
}
"""What is opened as a picture, and with which decoder: no file chooses its decoder itself."""
_MOST_BYTES = 48 * 1024 * 1024
"""Larger pictures are not opened: some decoders read all of a file first."""
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
_QUALITY = 80


class FileInspector:
    def __init__(self, disk: Disk, pixels: int, workers: int, queue: int) -> None:
        """`pixels`: no larger picture is decoded. `queue`: so many thumbnails may wait."""
        self._disk = disk
        self._pixels = pixels
        self._pool = ThreadPoolExecutor(workers, "thumbnails")
        self._room = workers + queue

    async def inspect(self, path: Path) -> Traits:
        return await self._disk.do(partial(_inspect, path, self._pixels))

    async def thumbnail(self, path: Path, edge: int, target: Path) -> bool:
        if self._room == 0:
            raise Problem(Code.UNAVAILABLE, "too many thumbnails are being made; try again shortly", 1000)
        self._room -= 1
        work = partial(_thumbnail, path, edge, target, self._pixels)
        future = self._pool.submit(work)
        future.add_done_callback(partial(self._done, asyncio.get_running_loop()))
        try:
            return await asyncio.wrap_future(future)
        except OSError as error:
            raise StoreUnavailable(f"the thumbnail cannot be written: {error}") from error

    async def close(self) -> None:
        """Let what runs end, and forget what waits."""
        await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)

    def _done(self, loop: asyncio.AbstractEventLoop, _: object) -> None:
        """On the thread that did it. Also after the caller gave up: the work counts until it is done."""
        loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        self._room += 1


class _Loaded:
    """A module that is loaded when it is first needed, once, whichever threads ask."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._module: Any = None

    def __call__(self) -> Any:
        with self._lock:
            if self._module is None:
                self._module = self._load()
            return self._module


def _load_magic() -> Any:
    """libmagic with the table of its own package: that of the system may be for another version, or missing. The
    package that brings it must be loaded first."""
    brought = import_module("pylibmagic")
    return import_module("magic").Magic(mime=True, magic_file=str(brought.data / "magic.mgc"))


def _load_pillow() -> Any:
    from PIL import Image

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image


_magic = _Loaded(_load_magic)
_pillow = _Loaded(_load_pillow)


def _inspect(path: Path, pixels: int) -> Traits:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(_HEAD)
        digest.update(head)
        while piece := file.read(_PIECE):
            digest.update(piece)
    mime = _type_of(head)
    width, height = _dimensions(path, mime, pixels)
    return Traits(mime, digest.hexdigest(), width, height)


def _type_of(head: bytes) -> str:
    found = str(_magic().from_buffer(head))
    return found if "/" in found and len(found) <= 100 else "application/octet-stream"


def _dimensions(path: Path, mime: str, pixels: int) -> tuple[int, int]:
    """From the head of the picture, nothing is decoded; (0, 0) of what is no picture, or a broken one."""
    if mime not in _FORMATS:
        return 0, 0
    try:
        with _opened(path, mime, pixels) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION) in _SIDEWAYS:
                width, height = height, width
    except _Unreadable:
        return 0, 0
    return width, height


class _Unreadable(Exception):
    """The file is not the picture it claims to be, or a bomb."""


def _opened(path: Path, mime: str, pixels: int) -> "Image":
    pillow = _pillow()
    pillow.MAX_IMAGE_PIXELS = pixels
    if path.stat().st_size > _MOST_BYTES:
        raise _Unreadable
    image: Image = _tried(lambda: pillow.open(path, formats=[_FORMATS[mime]]))
    if image.width * image.height > pixels:
        image.close()
        raise _Unreadable
    return image


def _tried(work: Callable[[], T]) -> T:
    """Decoders raise whatever they like at a broken file; the disk's own complaints are passed on."""
    try:
        return work()
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _Unreadable from error


def _thumbnail(path: Path, edge: int, target: Path, pixels: int) -> bool:
    """A picture whose longer edge has `edge` pixels at most."""
    mime = _type_of(_head(path))
    if mime not in _FORMATS:
        return False
    try:
        with _opened(path, mime, pixels) as image:
            small = _tried(lambda: _small(image, edge))
    except _Unreadable:
        return False
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    small.save(target, "WEBP", quality=_QUALITY, method=4)
    return True


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _small(image: "Image", edge: int) -> "Image":
    from PIL import Image, ImageOps

    image.draft("RGB", (edge, edge))  # a JPEG is decoded at an eighth of its size if that is enough
    image.thumbnail((edge, edge), Image.Resampling.BILINEAR, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if _transparent(upright) else "RGB")
    plain.info.clear()  # what is left of the original but the picture
    return plain


def _transparent(image: "Image") -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
