"""Which ids there are, in a Bloom filter, so that nobody makes the store look for ids that never were.

Rule: of an id it is said only that it is unknown, and only if its time (UUIDv7) lies so far before the filter was begun
that what has it was stored by then, on whatever node and by whatever clock. Younger ids, and what is no such id, are
looked for in the store. Nothing is ever added: the filter is made anew now and then.
"""

import asyncio
from typing import TYPE_CHECKING

import structlog

from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import born
from teahouse.ports.clock import Clock
from teahouse.ports.ids import IdKind, Ids

if TYPE_CHECKING:
    from rbloom import Bloom

_log = structlog.get_logger("teahouse.backends")

MARGIN_MS = 600_000
"""So long before the filter was begun an id must have been made. From the making of an id to its commit it is seconds,
and clocks of nodes agree to seconds, too."""

ANEW_S, RETRY_S = 3600.0, 30.0
PAGE = 2000
FIRST = 100_000
WRONGLY = 0.001
"""So many of the unknown ids are looked for all the same, in each part of a filter."""

_KINDS = {"u": IdKind.USER, "c": IdKind.CONVERSATION, "f": IdKind.FILE}


class _Filter:
    """Parts, each twice as large as the one before. Ids that were made before `until` are all in it."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.ids = 0
        self._parts: list[Bloom] = []
        self._room = 0

    def add(self, ids: "list[str] | tuple[str, ...]") -> None:
        from rbloom import Bloom

        if self._room < len(ids):
            self._room = FIRST << len(self._parts)
            self._parts.append(Bloom(self._room, WRONGLY))
        self._parts[-1].update(ids)
        self._room -= len(ids)
        self.ids += len(ids)

    def __contains__(self, id_: str) -> bool:
        return any(id_ in part for part in self._parts)


class KnownIds:
    """Up to `most` ids of a kind; of a kind that has more there is no filter. Begins with `start`."""

    def __init__(self, ids: Ids, clock: Clock, most: int) -> None:
        self._ids = ids
        self._clock = clock
        self._most = most
        self._filters: dict[str, _Filter] = {}
        self.turned_away = 0
        self._task: asyncio.Task[None] | None = None

    def unknown(self, id_: str) -> bool:
        """Whether there is certainly nothing with this id."""
        known = self._filters.get(id_[:1])
        if known is None:
            return False
        at = born(id_)
        if at is None or at >= known.until or id_ in known:
            return False
        self.turned_away += 1
        return True

    @property
    def ids(self) -> int:
        """How many are in all filters."""
        return sum(known.ids for known in self._filters.values())

    def start(self) -> None:
        if self._most:
            self._task = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def fill(self) -> None:
        """Make all filters anew. The old ones hold meanwhile: what was unknown stays it."""
        for letter, kind in _KINDS.items():
            made = await self._filled(kind)
            if made is None:
                self._filters.pop(letter, None)
            else:
                self._filters[letter] = made

    async def _filled(self, kind: IdKind) -> _Filter | None:
        made, after = _Filter(self._clock.now() - MARGIN_MS), ""
        while page := await self._ids.page(kind, after, PAGE):
            made.add(tuple(page))
            after = page[-1]
            if made.ids > self._most:
                _log.warning("there are too many ids for a filter (cache.filter_ids)", kind=kind)
                return None
            await asyncio.sleep(0)
        return made

    async def _keep(self) -> None:
        while True:
            pause_s = ANEW_S
            try:
                await self.fill()
            except StoreUnavailable as error:
                _log.info("the filter of ids waits for the store", reason=str(error))
                pause_s = RETRY_S
            except ImportError:
                _log.warning("there is no filter of unknown ids: pip install 'teahouse[scale]'")
                return
            await asyncio.sleep(pause_s)
