"""Filing: the ports that files stand on, in one parcel, with what is allowed. Filled by app/compose.py."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta, Struct

from teahouse.model.files import Allowance
from teahouse.ports.blobs import Blobs, Inspector, Staging
from teahouse.ports.files import Files, Leftovers, Pictures

_MIB = 1024 * 1024


class FilingOptions(Struct, frozen=True, kw_only=True):
    """What files people may have."""

    file_bytes: Annotated[int, Meta(ge=1, description="Largest file.")] = 100 * _MIB
    user_bytes: Annotated[int, Meta(ge=1, description="Bytes of all files of one user together.")] = (
        2048 * _MIB
    )
    guest_bytes: Annotated[int, Meta(ge=0, description="Bytes of all files of one guest together.")] = (
        64 * _MIB
    )
    uploads: Annotated[int, Meta(ge=1, le=1000, description="Unfinished uploads of one user.")] = 16
    upload_hours: Annotated[
        int, Meta(ge=1, description="Hours after which an unfinished upload is given up.")
    ] = 24
    allowed_types: Annotated[
        tuple[str, ...],
        Meta(
            description="Media types that may be uploaded, as image/png or image/*; none: any. What a file is "
            "follows from its content."
        ),
    ] = ()
    blocked_types: Annotated[
        tuple[str, ...],
        Meta(description="Media types that may not be uploaded, as application/x-dosexec or video/*."),
    ] = ()
    thumbnail_edge: Annotated[
        int, Meta(ge=16, le=2048, description="Pixels of the longer edge of a thumbnail.")
    ] = 320

    def allowance(self, guest: bool) -> Allowance:
        return Allowance(min(self.user_bytes, self.guest_bytes) if guest else self.user_bytes, self.uploads)


@dataclass(frozen=True)
class Filing:
    files: Files
    leftovers: Leftovers
    blobs: Blobs
    staging: Staging
    inspector: Inspector
    options: FilingOptions = FilingOptions()  # noqa: RUF009 - frozen
    pictures: Pictures | None = None
