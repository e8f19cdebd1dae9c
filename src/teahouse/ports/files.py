"""What is known of files, and which entries carry them."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.files import Allowance, File, Posting


class Files(Protocol):
    """Files by id. Their bytes are blobs of the same name (ports/blobs.py).

    A file is known here before its first byte is stored anywhere, and forgotten only after its last: a crash between
    any two steps leaves what `Leftovers` names.

    F1  `begin` is durable when it returns, and counts: of any number that overlap, only those are let in that the
        allowance has room for; the others raise Problem.
    F2  `finish` makes an upload READY once; False, and nothing, if it is not UPLOADING any more.
    F3  A PutPosting that travels with an entry is noted with it (L5). When an entry is redacted, by a recall or else
        (L6), its postings are forgotten in the same transaction, and a file that has no other is GONE, unless it is
        the avatar of its owner or of a conversation.
    F4  `drop` makes a file GONE unless an entry carries it; True if it is GONE then.
    F5  `owned` gives the newest first; ids rise with the time.
    """

    async def file(self, file: str) -> File | None:
        """One that is UPLOADING or READY."""
        ...

    async def begin(self, file: File, allowance: Allowance) -> None:
        """Note an upload. Problem `conflict` when the owner has too many unfinished ones or too many bytes."""
        ...

    async def finish(self, file: File) -> bool:
        """Note what came out of an upload: size, type, digest and dimensions."""
        ...

    async def drop(self, file: str) -> bool: ...

    async def postings(self, file: str, user: str) -> Sequence[Posting]:
        """Where it is carried, of the conversations that the user is or was a member of, and the lobby."""
        ...

    async def owned(self, owner: str, before: str, limit: int) -> Sequence[File]:
        """READY files of one user, with ids below `before`; all if that is empty."""
        ...


class Pictures(Protocol):
    """Files that are shown to everybody as avatars.

    P1  As `Files.file`, of finished files, but what another node changed may be seen a moment later (ports/copies.py).
    """

    async def picture(self, file: str) -> File | None: ...


class Leftovers(Protocol):
    """What of files is to be cleared away. Made by the same as `Files`.

    E1  `doomed` are files that are GONE, and uploads that expired: which of them are uploads is to be seen.
    E2  `forget` removes GONE files for good, and no others.
    E3  `release` does what F3 does, for entries that are kept in another store: files that no entry here carries, and
        that are no avatar, are GONE; the others stay as they are.
    """

    async def doomed(self, now: int, limit: int) -> Sequence[str]: ...

    async def forget(self, files: Sequence[str]) -> None: ...

    async def release(self, files: Sequence[str]) -> None: ...
