"""Ids (ports/ids.py) in memory."""

from collections.abc import Iterable, Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.ports.ids import IdKind


class MemoryIds:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def page(self, kind: IdKind, after: str, limit: int) -> Sequence[str]:
        of_kind: dict[IdKind, Iterable[str]] = {
            IdKind.USER: self._store.users,
            IdKind.CONVERSATION: self._store.conversations,
            IdKind.FILE: self._store.files,
        }
        return sorted(id_ for id_ in of_kind[kind] if id_ > after)[:limit]
