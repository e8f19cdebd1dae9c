"""Files: what is known of one, and what a message that carries one says."""

import re
from enum import StrEnum

from msgspec import Struct

_BLOB = re.compile(r"[a-z0-9]{1,64}")

CARRIERS = ("image", "file", "voice")
"""The types of bodies that carry a file."""


class FileState(StrEnum):
    """A file only ever moves down this list. GONE: nobody may read it, and its blob is about to be deleted."""

    UPLOADING = "uploading"
    READY = "ready"
    GONE = "gone"


class File(Struct, frozen=True, gc=False):
    """What is known of a file. While it is uploaded, `size` is what was announced, and `expires` (milliseconds UTC)
    when it is given up; then `mime` follows from the content, `sha256` is hex, and `width` and `height` are those
    of an image, as it is shown. Of one that is being uploaded `mime` is empty."""

    id: str
    owner: str
    name: str
    size: int
    created: int
    mime: str = ""
    sha256: str = ""
    width: int = 0
    height: int = 0
    state: FileState = FileState.UPLOADING
    expires: int = 0


class Allowance(Struct, frozen=True, gc=False):
    """What one user may have: bytes in all, and uploads at once."""

    total_bytes: int
    uploads: int


class Posting(Struct, frozen=True, gc=False):
    """An entry that carries a file."""

    conversation: str
    seq: int


class Traits(Struct, frozen=True, gc=False):
    """What a look at the content of a file tells."""

    mime: str
    sha256: str
    width: int = 0
    height: int = 0


def check_blob(blob: str) -> str:
    """The name of a blob, or ValueError: small letters and digits, so that no name leads anywhere else."""
    if not _BLOB.fullmatch(blob):
        raise ValueError(f"{blob!r} is no name of a blob")
    return blob


def thumbnail_of(file: str) -> str:
    """The blob that the thumbnail of a file is kept in."""
    return "t" + file


def file_of(blob: str) -> str:
    """The file that a blob belongs to."""
    return blob.removeprefix("t")
