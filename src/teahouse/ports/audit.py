"""Who did what: a log that is only ever added to."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.audit import Record, Recorded, Search


class Audit(Protocol):
    """The audit log.

    A1  Numbers rise in the order of recording, and are never used again. Nothing is changed or taken out.
    A2  `append` is durable when it returns: all records or none.
    A3  An `Audited` that travels with other changes (D1) or with an entry (L5) is recorded with them, or not at all.
    """

    async def append(self, records: Sequence[Record]) -> None: ...

    async def page(self, search: Search, before: int, limit: int) -> list[Recorded]:
        """The newest `limit` records with a number below `before` that `search` finds, newest first."""
        ...
