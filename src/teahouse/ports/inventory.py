"""What there is, for who runs the server."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.inventory import Holding, Totals, Wanted


class Inventory(Protocol):
    """Counts and lists over everything.

    I1  `conversations` is in order of id, and never has the lobby, whose members nobody counts.
    I2  `totals` counts messages, recalled ones too; bots are accounts as well. Asked again, it is cheap.
    """

    async def conversations(self, wanted: Wanted, limit: int) -> Sequence[Holding]: ...

    async def totals(self, since: int) -> Totals:
        """`since` (milliseconds UTC) is where `recent` begins."""
        ...
