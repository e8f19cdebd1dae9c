"""Files and Leftovers (ports/files.py) in memory."""

from collections.abc import Sequence

from msgspec.structs import replace

from teahouse.backends.allowance import refusal
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.files import Allowance, File, FileState, Posting
from teahouse.model.ids import LOBBY


class MemoryFiles:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def file(self, file: str) -> File | None:
        found = self._store.files.get(file)
        return None if found is None or found.state is FileState.GONE else found

    async def begin(self, file: File, allowance: Allowance) -> None:
        self._store.check_writable()
        own = [f for f in self._store.files.values() if f.owner == file.owner and f.state != FileState.GONE]
        uploads = sum(f.state is FileState.UPLOADING for f in own)
        refused = refusal(allowance, uploads, sum(f.size for f in own), file.size)
        if refused is not None:
            raise refused
        self._store.files[file.id] = file

    async def finish(self, file: File) -> bool:
        self._store.check_writable()
        known = self._store.files.get(file.id)
        if known is None or known.state is not FileState.UPLOADING:
            return False
        self._store.files[file.id] = replace(file, state=FileState.READY, expires=0)
        return True

    async def drop(self, file: str) -> bool:
        self._store.check_writable()
        known = self._store.files.get(file)
        if known is None or self._carried(file):
            return False
        self._store.files[file] = replace(known, state=FileState.GONE)
        return True

    async def release(self, files: Sequence[str]) -> None:
        self._store.check_writable()
        _let_go(self._store, set(files))

    async def postings(self, file: str, user: str) -> list[Posting]:
        members = self._store.members
        return sorted(
            (
                Posting(conversation, seq)
                for carried, conversation, seq in self._store.postings
                if carried == file and (conversation == LOBBY or user in members.get(conversation, {}))
            ),
            key=lambda posting: (posting.conversation, posting.seq),
        )

    async def owned(self, owner: str, before: str, limit: int) -> list[File]:
        own = [f for f in self._store.files.values() if f.owner == owner and f.state is FileState.READY]
        found = sorted((f for f in own if not before or f.id < before), key=lambda f: f.id, reverse=True)
        return found[:limit]

    async def doomed(self, now: int, limit: int) -> Sequence[str]:
        doomed = [
            f.id for f in self._store.files.values() if f.state is FileState.GONE or 0 < f.expires <= now
        ]
        return sorted(doomed)[:limit]

    async def forget(self, files: Sequence[str]) -> None:
        self._store.check_writable()
        for file in files:
            if file in self._store.files and self._store.files[file].state is FileState.GONE:
                del self._store.files[file]

    def _carried(self, file: str) -> bool:
        return any(carried == file for carried, _, _ in self._store.postings)


def release(store: MemoryStore, conversation: str, seqs: Sequence[int]) -> None:
    """Entries are redacted: what they carried is GONE unless another carries it, too (F3)."""
    erased = {p for p in store.postings if p[1] == conversation and p[2] in seqs}
    store.postings -= erased
    _let_go(store, {file for file, _, _ in erased})


def _let_go(store: MemoryStore, files: set[str]) -> None:
    still = {file for file, _, _ in store.postings}
    for file in files - still:
        if file in store.files and not _is_avatar(store, file):
            store.files[file] = replace(store.files[file], state=FileState.GONE)


def _is_avatar(store: MemoryStore, file: str) -> bool:
    owner = store.accounts.get(store.files[file].owner)
    if owner is not None and owner.avatar == file:
        return True
    return any(conversation.avatar == file for conversation in store.conversations.values())
