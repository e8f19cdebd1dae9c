"""Bytes of files: where they gather while they are uploaded, and where they are kept."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from teahouse.model.files import Traits


class Blobs(Protocol):
    """Immutable strings of bytes by name. What they mean is known to `Files` (ports/files.py).

    B1  A name is 1 to 64 small letters and digits; any other raises ValueError and touches nothing.
    B2  `put` is durable when it returns, and all or nothing: no reader ever sees a part. Putting the same name again
        replaces it.
    B3  `read` gives exactly the bytes start <= n < end that there are, in pieces that fit into memory; of an unknown
        blob it raises FileNotFoundError before the first piece.
    B4  After `delete` the name is unknown; deleting an unknown one does nothing.
    B5  `names` gives every blob that is there from its first to its last step, and when it was put.
    B6  If it cannot be read or written now, StoreUnavailable is raised.
    """

    async def put(self, blob: str, source: Path) -> None:
        """Keep the bytes of a local file, which stays and is not written to any more."""
        ...

    async def size(self, blob: str) -> int | None:
        """How many bytes it has; None for an unknown one."""
        ...

    def read(self, blob: str, start: int, end: int) -> AsyncIterator[bytes]: ...

    async def delete(self, blob: str) -> None: ...

    def names(self) -> AsyncIterator[tuple[str, int]]:
        """All names, with the milliseconds UTC since which they are there, in no order."""
        ...


class Staging(Protocol):
    """Local files that uploads gather in.

    G1  `size` is what is on disk, also after a crash: an upload goes on from there.
    G2  `append` writes at `offset` if that is the size, and is durable when `sync` returns.
    G3  Names are as in B1; errors as in B6.
    """

    async def size(self, name: str) -> int:
        """How much is there; 0 for an unknown name."""
        ...

    async def append(self, name: str, offset: int, data: bytes) -> None:
        """Write after what is there; ValueError if that is not `offset` bytes."""
        ...

    async def sync(self, name: str) -> None:
        """Make what was appended durable. An upload of no bytes is made here."""
        ...

    def path(self, name: str) -> Path:
        """Where the file is."""
        ...

    async def delete(self, name: str) -> None: ...

    async def names(self) -> list[str]:
        """All that is there."""
        ...


class Inspector(Protocol):
    """Looks into local files.

    I1  What a file is follows from its content only, never from its name or from what a client says.
    I2  No content makes it use much memory or time: what would is refused.
    I3  A thumbnail has nothing of the original but the picture, upright: no place, no camera, no comment.
    """

    async def inspect(self, path: Path) -> Traits:
        """Type, digest and, of an image, its size as it is shown."""
        ...

    async def thumbnail(self, path: Path, edge: int, target: Path) -> bool:
        """Write a small WebP of an image to `target`; False if it cannot be made of this file. Problem
        `unavailable` when too many wait already."""
        ...
