"""Ids (ports/ids.py) in SQLite."""

from collections.abc import Sequence

from teahouse.backends.sqlite.reader import Readers
from teahouse.ports.ids import IdKind

_PAGES = {
    kind: f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - words of ours
    for kind, table in {IdKind.USER: "user", IdKind.CONVERSATION: "conversation", IdKind.FILE: "file"}.items()
}


class SqliteIds:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def page(self, kind: IdKind, after: str, limit: int) -> Sequence[str]:
        return [id_ for (id_,) in await self._readers.query(_PAGES[kind], (after, limit))]
