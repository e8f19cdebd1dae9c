"""Files and Leftovers (ports/files.py): files are in the other store, which entries carry them is in MongoDB.

Rule: a posting is a field of its entry (documents.py), so it comes and goes with it; what that means for the file the
other store is told after (debts.py).
"""

from collections.abc import Sequence
from typing import Protocol

from teahouse.backends.mongodb.connection import Connection
from teahouse.model.files import Allowance, File, Posting
from teahouse.model.ids import LOBBY
from teahouse.ports.directory import Directory
from teahouse.ports.files import Files, Leftovers


class FilesElsewhere(Files, Leftovers, Protocol):
    """Both ports of the other store."""


class MongoFiles:
    """`files` and `directory` are the other store's."""

    def __init__(self, connection: Connection, files: FilesElsewhere, directory: Directory) -> None:
        self._connection = connection
        self._files = files
        self._directory = directory

    async def file(self, file: str) -> File | None:
        return await self._files.file(file)

    async def begin(self, file: File, allowance: Allowance) -> None:
        await self._files.begin(file, allowance)

    async def finish(self, file: File) -> bool:
        return await self._files.finish(file)

    async def drop(self, file: str) -> bool:
        if await self._connection.found({"files": file}, ("_id",), limit=1):
            return False
        return await self._files.drop(file)

    async def release(self, files: Sequence[str]) -> None:
        for file in files:
            if not await self._connection.found({"files": file}, ("_id",), limit=1):
                await self._files.release([file])

    async def postings(self, file: str, user: str) -> Sequence[Posting]:
        rows = await self._connection.found({"files": file}, ("conversation", "seq"))
        carried = sorted((row["conversation"], row["seq"]) for row in rows)
        readable = await self._readable(user, {conversation for conversation, _ in carried})
        return [Posting(conversation, seq) for conversation, seq in carried if conversation in readable]

    async def owned(self, owner: str, before: str, limit: int) -> Sequence[File]:
        return await self._files.owned(owner, before, limit)

    async def doomed(self, now: int, limit: int) -> Sequence[str]:
        return await self._files.doomed(now, limit)

    async def forget(self, files: Sequence[str]) -> None:
        await self._files.forget(files)

    async def _readable(self, user: str, conversations: set[str]) -> set[str]:
        """Those that the user is or was in. Who is in a dissolved one is in no list of theirs, so its members are
        looked through."""
        found = conversations & {LOBBY, *await self._directory.memberships(user)}
        if found != conversations:
            found |= conversations & set(await self._directory.formerly(user))
        for conversation in conversations - found:
            known = await self._directory.conversation(conversation)
            if known is not None and known.dissolved:
                members = await self._directory.members(conversation)
                found |= {conversation} if any(member.user == user for member in members) else set()
        return found
