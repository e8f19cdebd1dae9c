"""Retained: the last message to each topic of applications that was to be retained (3.3.1.3).

Rule: the log is the truth. Here is only where in it they stand; that is read from it when somebody subscribes, from
where it was read to before, and after a start from the newest SCANNED entries. Called by subscribing.py.
"""

import asyncio
from collections.abc import Mapping

import structlog

from teahouse.gateways.mqtt.applied import Tree
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.log import MessageLog

_log = structlog.get_logger("teahouse.gateways")

SCANNED = 20_000
PAGE = 500
MOST = 10_000
"""Topics; of more, those whose message is oldest are forgotten."""

PATIENCE_S = 10
_MARK = b'"retain":true'


class Retained:
    def __init__(self, tree: Tree, log: MessageLog) -> None:
        self._tree = tree
        self._log = log
        self._reading = asyncio.Lock()
        self._read_to: int | None = None
        self._seqs: dict[str, int] = {}

    async def seqs(self) -> Mapping[str, int]:
        """By topic, as the log is now; or as it was known before, if it cannot be read."""
        if self._tree.conversation:
            try:
                async with asyncio.timeout(PATIENCE_S), self._reading:
                    await self._catch_up()
            except (StoreUnavailable, TimeoutError) as error:
                _log.warning("retained messages of MQTT were not looked for", reason=str(error))
        return self._seqs

    async def _catch_up(self) -> None:
        conversation = self._tree.conversation
        head = (await self._log.heads([conversation])).get(conversation, 0)
        at = max(0, head - SCANNED) if self._read_to is None else self._read_to
        while at < head:
            entries = await self._log.read(conversation, at, head, PAGE)
            for entry in entries:
                self._note(entry)
            at = self._read_to = entries[-1].seq if entries else head

    def _note(self, entry: Entry) -> None:
        if entry.kind is not Kind.MESSAGE or _MARK not in entry.content:
            return
        applied = self._tree.read(entry.content)
        if applied is None or not applied.retain:
            return
        self._seqs.pop(applied.topic, None)
        if applied.content:  # MQTT-3.3.1-6: an empty one only takes away what was there
            self._seqs[applied.topic] = entry.seq
        if len(self._seqs) > MOST:
            del self._seqs[next(iter(self._seqs))]
