"""Retention: what was said long ago is erased, and tombstones stay, so that seqs have no gap (L1).

Rule: a look every hour; each is a redaction like any other (L6), some messages at a time. Not a TTL index: that takes
whole documents away, the last of a conversation, too, from which the next seq is counted, and lets no file go.
"""

import asyncio
import random
import time
from contextlib import suppress

import structlog

from teahouse.backends.mongodb.connection import Connection
from teahouse.backends.mongodb.log import MongoLog
from teahouse.model.errors import StoreUnavailable

LOOK_S = 3600.0
STEP = 500
DAY_MS = 86_400_000
_PAUSE_S = 0.05

_log = structlog.get_logger("teahouse.backends")


class Retention:
    def __init__(self, connection: Connection, log: MongoLog, days: int) -> None:
        self._connection = connection
        self._log = log
        self._days = days
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        if self._days and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def erase(self, before: int) -> int:
        """Messages from before a time (milliseconds UTC), and their edits; how many messages."""
        erased = 0
        while True:
            old = {"at": {"$lt": before}, "words": {"$exists": True}}
            rows = await self._connection.found(old, ("conversation", "seq"), sort=[("at", 1)], limit=STEP)
            if not rows:
                return erased
            places: dict[str, list[int]] = {}
            for row in rows:
                places.setdefault(row["conversation"], []).append(row["seq"])
            for conversation, seqs in places.items():
                await self._log.retire(conversation, seqs)
            erased += len(rows)
            await asyncio.sleep(_PAUSE_S)

    async def _run(self) -> None:
        while True:
            try:
                erased = await self.erase(time.time_ns() // 1_000_000 - self._days * DAY_MS)
                if erased:
                    _log.info("old messages were erased", messages=erased)
            except StoreUnavailable:
                pass  # in an hour
            except Exception:
                _log.exception("old messages could not be erased")
            await asyncio.sleep(LOOK_S * random.uniform(0.8, 1.2))  # noqa: S311 - nodes need not do it together
