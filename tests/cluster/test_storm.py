"""Three nodes behind nginx, on a real database and a real broker, and people who talk through all of it while each part
is killed in turn and comes back. What was acknowledged is in every member's transcript, once and in order.

PEOPLE and ROUNDS say how many and how often; SEED repeats a run's moments.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from teahouse.client import Client, Hello, LogEvent
from teahouse.model.results import Sent

pytestmark = [pytest.mark.service, pytest.mark.slow]

PEOPLE = int(os.environ.get("PEOPLE", "100"))
ROUNDS = int(os.environ.get("ROUNDS", "1"))
SEED = int(os.environ.get("SEED", random.randrange(2**32)))
PAUSE_S = 4.0
"""Between two messages of one person: the test's own process, too, has to hear what all say."""


class Person:
    """Hears everything, and sends until it is acknowledged."""

    def __init__(self, nick: str, url: str) -> None:
        self.nick = nick
        self.client = Client(url, Hello(nick=nick), timeout_s=20)
        self.acknowledged: dict[str, Sent] = {}
        self.heard: dict[str, dict[int, str]] = {}
        self.order: dict[str, list[int]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._quiet = asyncio.Event()

    async def come(self) -> None:
        await self.client.connect()
        self._tasks.append(asyncio.create_task(self._listen()))

    def talk(self, places: list[str], moments: random.Random) -> None:
        self._tasks.append(asyncio.create_task(self._talk(places, random.Random(moments.random()))))

    async def _listen(self) -> None:
        async for event in self.client.events():
            if isinstance(event, LogEvent):
                self.order.setdefault(event.conversation, []).append(event.seq)
                if event.ev == "message":
                    self.heard.setdefault(event.conversation, {})[event.seq] = event.text or ""

    async def _talk(self, places: list[str], moments: random.Random) -> None:
        for number in range(10_000):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), moments.uniform(0, 2 * PAUSE_S))
                return
            text = f"{self.nick}-{number}"
            self.acknowledged[text] = await self.client.send(moments.choice(places), text, cid=text)

    async def fall_silent(self) -> None:
        """When the last message is acknowledged."""
        self._quiet.set()
        await self._tasks[1]

    async def has_heard(self, conversation: str, seq: int) -> None:
        while self.client.cursors.get(conversation, 0) < seq:
            await asyncio.sleep(0.05)

    async def go(self) -> None:
        await self.client.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def people(urls: list[str]) -> AsyncIterator[list[Person]]:
    everybody = [Person(f"p{number}", urls[number % len(urls)]) for number in range(PEOPLE)]
    for start in range(0, PEOPLE, 10):
        await asyncio.gather(*(person.come() for person in everybody[start : start + 10]))
    try:
        yield everybody
    finally:
        await asyncio.gather(*(person.go() for person in everybody))


async def open_groups(everybody: list[Person]) -> list[str]:
    """Two groups of half of them each, besides the lobby."""
    groups = []
    for half in (everybody[::2], everybody[1::2]):
        others = [f"@{person.nick}" for person in half[1:]]
        made = await half[0].client.request(
            __import__("teahouse.model.commands", fromlist=["Create"]).Create(
                kind="group", title="Verona", members=others
            ),
            dict,
        )
        groups.append(made["conversation"])
    return groups


async def transcript(person: Person, conversation: str) -> dict[int, str]:
    """What the store says, by seq; without a gap."""
    entries: list[LogEvent] = []
    more = True
    while more:
        page = await person.client.history(conversation, after=entries[-1].seq if entries else 0, limit=200)
        entries += page.entries
        more = page.more
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    return {entry.seq: entry.text or "" for entry in entries if entry.ev == "message"}


def check(person: Person, conversation: str, said: dict[int, str]) -> None:
    """Against what one person was told, live or on coming back."""
    order = person.order.get(conversation, [])
    assert order == sorted(set(order)), f"{person.nick} heard {conversation} out of order, or twice"
    heard = person.heard.get(conversation, {})
    own = {sent.seq: text for text, sent in person.acknowledged.items() if sent.conversation == conversation}
    first = min([*heard, *own], default=1)
    told = {**heard, **own}
    expected = {seq: text for seq, text in said.items() if seq >= first}
    assert told == expected, f"{person.nick} in {conversation}"


Deed = Callable[[], Awaitable[None]]
"""Kills something and brings it back."""
