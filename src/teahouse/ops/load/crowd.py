"""Many clients: connects them, brings them together in conversations, and waits until all have heard.

Rule: setting up is not measured, so it is written for clearness; a bounded number of commands is in flight.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

from teahouse.ops.load.client import Client
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.meter import Meter, now_us
from teahouse.ops.load.plan import Plan, PlanError, Target

T = TypeVar("T")

_AT_ONCE = 100
_INVITED_AT_ONCE = 200
_POLL_S = 0.02
_PATIENCE_S = 10.0


class Crowd:
    """The clients of a run. Nicks begin with the process id, so that two runs against one server do not meet."""

    def __init__(self, plan: Plan, target: Target, meter: Meter) -> None:
        self.clients: list[Client] = []
        self._plan = plan
        self._target = target
        self._meter = meter
        self._prefix = f"load{os.getpid()}-"

    async def enter(self, count: int) -> list[Client]:
        """Connect so many more clients, and say hello for each."""
        first = len(self.clients)
        coming = [Client(f"{self._prefix}{n}", self._meter) for n in range(first, first + count)]
        self.clients += coming
        await bounded(self._enter, coming)
        return coming

    async def _enter(self, client: Client) -> None:
        await client.connect(self._target)
        await client.hello()

    def leave(self) -> None:
        for client in self.clients:
            client.leave()

    async def gather(self, members: Sequence[Client], kind: str, title: str) -> Feed:
        """A new conversation of these clients; the first one owns it."""
        owner, *others = members
        made = await owner.ask("create", kind=kind, title=title)
        feed = self.feed(made["conversation"], members)
        for start in range(0, len(others), _INVITED_AT_ONCE):
            users = [client.id for client in others[start : start + _INVITED_AT_ONCE]]
            await owner.ask("invite", conversation=feed.id, users=users)
        return feed

    async def pair(self, one: Client, other: Client) -> Feed:
        """The direct conversation of two clients: it begins with the first message."""
        sent = await one.ask("send", to=f"@{other.nick}", text="hello")
        return self.feed(sent["conversation"], (one, other))

    def feed(self, conversation: str, members: Sequence[Client]) -> Feed:
        feed = Feed(conversation, self._plan.text_bytes, self._plan.cid)
        for client in members:
            feed.add(client)
        return feed


async def bounded(do: Callable[[T], Awaitable[None]], items: Iterable[T]) -> None:
    """Do it for all items, a limited number at a time; the first error ends it."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(item: T) -> None:
        async with gate:
            await do(item)

    try:
        async with asyncio.TaskGroup() as group:
            for item in items:
                group.create_task(one(item))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def rendezvous(feeds: Sequence[Feed]) -> None:
    """Everybody has heard the same message of their conversation; from here on every entry is accounted for."""
    for feed in feeds:
        feed.members[0].say(now_us())
    if not await settled(feeds) or not all(feed.head for feed in feeds):
        deaf = sum(client.ledger.lacks(feed.head) for feed in feeds for client in feed.members)
        unsaid = sum(not feed.head for feed in feeds)
        raise PlanError(f"of the first messages, {unsaid} were not accepted, and {deaf} not delivered")
    for feed in feeds:
        for client in feed.members:
            client.ledger.start(feed.head)


async def settled(feeds: Sequence[Feed]) -> bool:
    """Wait until all sends are answered and all entries have come; False when nothing moves any more."""
    return await fallen_to_zero(lambda: sum(outstanding(feed) for feed in feeds))


async def answered(clients: Sequence[Client]) -> bool:
    """Wait until all sends of these clients are answered; False when nothing moves any more."""
    return await fallen_to_zero(lambda: sum(client.waiting for client in clients))


async def fallen_to_zero(left: Callable[[], int]) -> bool:
    """Wait until `left()` is 0; False when it has not changed for a while."""
    loop = asyncio.get_running_loop()
    last, deadline = 0, 0.0
    while (now_left := left()) > 0:
        if now_left != last:
            last, deadline = now_left, loop.time() + _PATIENCE_S
        elif loop.time() > deadline:
            return False
        await asyncio.sleep(_POLL_S)
    return True


def outstanding(feed: Feed) -> int:
    """Answers and entries that have still to come."""
    waiting = sum(client.waiting for client in feed.members)
    return waiting + sum(client.ledger.lacks(feed.head) for client in feed.members)
