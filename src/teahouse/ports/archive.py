"""All that a store keeps, row by row: for moving an installation to another store, while no server runs on either."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.archive import Kind, Row


class Archive(Protocol):
    """The rows of a store.

    Z1  `page`, from None on, gives every row of a kind once, entries in the order in which they were stored as far as
        the store knows it, in each conversation by seq.
    Z2  When `put` returns its rows are durable. One with the key of a row that is there takes its place.
    Z3  What was put is what the store's other ports give once it is opened anew, in the order it was put where they
        ask for the order.
    """

    @property
    def kinds(self) -> Sequence[Kind]:
        """Those it keeps, in the order in which they are to be put."""
        ...

    async def count(self, kind: Kind) -> int: ...

    async def page(self, kind: Kind, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        """Up to `limit` rows after a place, and the place they end at; None with the last ones."""
        ...

    async def put(self, kind: Kind, rows: Sequence[Row]) -> None: ...
