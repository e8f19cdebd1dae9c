"""Time and a log that tests hold in their hand."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Appended, Draft, Entry
from tests.support.house import turns


class StageClock(ManualClock):
    """A clock for the engine and for its event loop: timers of hours are over at once. Made inside a test."""

    def __init__(self) -> None:
        super().__init__()
        loop = asyncio.get_running_loop()
        real = loop.time
        loop.time = lambda: real() + self.monotonic()  # type: ignore[method-assign]

    async def sleep(self, seconds: float) -> None:
        """So much time passes, for the clock and for timers."""
        await turns()  # what was begun sets its timers first
        self.advance(seconds)
        await turns()


async def at_once() -> None:
    """A store in fair weather."""


class StageLog(MemoryLog):
    """The log in memory, with pauses: before what is appended is stored, after it is, and before reads answer."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.storing: Callable[[], Awaitable[object]] = at_once
        self.stored: Callable[[], Awaitable[object]] = at_once
        self.reading: Callable[[], Awaitable[object]] = at_once
        self._turn = asyncio.Lock()  # L3: calls take effect and return in call order

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        async with self._turn:
            await self.storing()
            appended = await super().append_many(drafts)
            await self.stored()
            return appended

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        entries = await super().read(conversation, after, upto, limit, newest)
        await self.reading()
        return entries

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        heads = await super().heads(conversations)
        await self.reading()
        return heads
