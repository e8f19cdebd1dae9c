"""A log whose process dies between the commit and whoever waits for it, for tests of the engine."""

import asyncio
from collections.abc import Sequence

from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Appended, Draft


class DyingLog(MemoryLog):
    """What is appended is committed when `let` is set, and nobody hears of it. `written` is what was appended."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.dies = False
        self.let = asyncio.Event()
        self.written: list[Draft] = []
        self.committed = asyncio.Event()

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        if not self.dies:
            return await super().append_many(drafts)
        self.written += drafts
        await self.let.wait()
        await super().append_many(drafts)
        self.committed.set()
        await asyncio.Event().wait()
        raise AssertionError
