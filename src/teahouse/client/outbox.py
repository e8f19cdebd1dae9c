"""Outbox: what a person wrote and the server has not acknowledged yet, in the order it was written.

Rule: for each place one message at a time, so that what was written first is read first, also when the connection is
lost in between. Each keeps its cid until it is stored, so it is stored once. Nothing is given up but what the server
refuses for good. For programs with a person before them; others await Client.send.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from teahouse.client.client import Client
from teahouse.model.errors import Problem
from teahouse.model.results import Sent


class Outgoing:
    """One message on its way: neither `sent` nor `problem` yet, then one of the two. `at` is when it was written
    (milliseconds UTC, by this machine's clock); `more` are further fields of commands.Send."""

    def __init__(self, to: str, text: str, more: dict[str, Any]) -> None:
        self.to = to
        self.text = text
        self.more = more
        self.cid = secrets.token_urlsafe(12)
        self.at = int(time.time() * 1000)
        self.sent: Sent | None = None
        self.problem: Problem | None = None

    @property
    def waiting(self) -> bool:
        return self.sent is None and self.problem is None


class Outbox:
    """`told` is called when one of them was stored or refused, in the turn of the event loop that learnt of it."""

    def __init__(self, client: Client, told: Callable[[Outgoing], None]) -> None:
        self._client = client
        self._told = told
        self._queues: dict[str, deque[Outgoing]] = {}
        self._senders: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> list[Outgoing]:
        """All that are not acknowledged, in the order they were written."""
        return sorted((one for queue in self._queues.values() for one in queue), key=lambda one: one.at)

    def put(self, to: str, text: str, **more: Any) -> Outgoing:
        """Send this as soon as it can be."""
        outgoing = Outgoing(to, text, more)
        queue = self._queues.get(to)
        if queue is not None:
            queue.append(outgoing)
            return outgoing
        self._queues[to] = deque([outgoing])
        sender = asyncio.create_task(self._send_all(to))
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)
        return outgoing

    async def drain(self, timeout_s: float) -> list[Outgoing]:
        """Wait a while for what is on its way, then stop: what is left is not sent by this outbox any more, though a
        message may have been stored without our having heard of it."""
        if self._senders:
            await asyncio.wait(self._senders, timeout=timeout_s)
        left = self.waiting
        for sender in self._senders:
            sender.cancel()
        if self._senders:
            await asyncio.wait(self._senders)
        return left

    async def _send_all(self, to: str) -> None:
        queue = self._queues[to]
        with suppress(ConnectionError):  # the server does not want us back: they stay in the queue, unsent
            while queue:
                await self._send(queue[0])
                self._told(queue.popleft())
            del self._queues[to]

    async def _send(self, outgoing: Outgoing) -> None:
        more = dict(outgoing.more)
        text = None if "body" in more else outgoing.text
        try:
            outgoing.sent = await self._client.send(outgoing.to, text, cid=outgoing.cid, **more)
        except Problem as problem:
            outgoing.problem = problem
