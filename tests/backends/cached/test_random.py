"""Nodes that read and change the same things in any order, while hints are late or lost, processes die between two
lines, and what nodes have in common does not answer: nobody is given something older than is promised.

SEED repeats a run.
"""

import asyncio
import os
import random
from collections.abc import Collection, Coroutine
from typing import Any

import pytest

from teahouse.backends.cached.cache import Cache, Common, Terms
from teahouse.backends.cached.changing import Changing
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.copies import MemoryCopies
from teahouse.ports.copies import CommonCopies, Taken

KEEP_S, COMMON_S = 10.0, 50.0
KEYS = ("a", "b", "c")
STEPS = 1000
SEEDS = [int(os.environ["SEED"])] if "SEED" in os.environ else list(range(12))


class Truth:
    """The store: a number a key, which rises with each change. `since` says when each number came."""

    def __init__(self, chance: random.Random, clock: ManualClock) -> None:
        self.numbers = dict.fromkeys(KEYS, 1)
        self.since: dict[str, list[float]] = {key: [0.0, 0.0] for key in KEYS}
        self._chance = chance
        self._clock = clock

    async def load(self, key: str) -> int | None:
        await turns(self._chance)
        number = self.numbers[key]
        await turns(self._chance, 40)
        return number

    async def change(self, key: str) -> int:
        await turns(self._chance)
        self.numbers[key] = number = self.numbers[key] + 1
        self.since[key].append(self._clock.monotonic())
        await turns(self._chance)
        return number

    def at(self, key: str, before_s: float) -> int:
        """What it was so long ago."""
        when = self._clock.monotonic() - before_s
        return max((n for n, since in enumerate(self.since[key]) if since <= when), default=1)


class Unsure:
    """Common copies that answer one node now and then only, with the bookkeeping C4 asks for."""

    def __init__(self, copies: MemoryCopies, chance: random.Random, silent: float) -> None:
        self._copies = copies
        self._chance = chance
        self._silent = silent
        self._owed: set[str] = set()

    def _answers(self) -> bool:
        return self._chance.random() >= self._silent

    async def take(self, name: str) -> Taken:
        await turns(self._chance)
        if name in self._owed or not self._answers():
            return Taken()
        taken = await self._copies.take(name)
        await turns(self._chance)
        return taken

    def put(self, name: str, lease: bytes, value: bytes, keep_s: float) -> None:
        if self._answers():
            self._copies.put(name, lease, value, keep_s)

    async def hold(self, names: Collection[str]) -> None:
        await turns(self._chance)
        if self._answers():
            await self._copies.hold(names)
        else:
            self._owed.update(names)
        await turns(self._chance)

    def drop(self, names: Collection[str]) -> None:
        if self._answers():
            self._copies.drop(names)
            self._owed.difference_update(names)


class Land:
    """`lost` and `silent` say how often hints are lost and the common copies do not answer."""

    def __init__(self, seed: int, lost: float, silent: float) -> None:
        self.chance = chance = random.Random(seed)
        self.clock = ManualClock()
        self.truth = Truth(chance, self.clock)
        copies = MemoryCopies(self.clock)
        self.lost = lost
        self.bound_s = KEEP_S + (COMMON_S if silent else 0.0)
        self.nodes = [Node(self, Unsure(copies, chance, silent)) for _ in range(3)]
        self.tasks: set[asyncio.Task[None]] = set()
        self.dead: list[object] = []  # steps that nobody ends

    def spread(self, teller: "Node", names: Collection[str], knows: dict[str, int]) -> None:
        for node in self.nodes:
            if node is not teller and self.chance.random() >= self.lost:
                self.spawn(node.hear(names, knows))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def run(self) -> None:
        for _ in range(STEPS):
            node, key = self.chance.choice(self.nodes), self.chance.choice(KEYS)
            what = self.chance.random()
            if what < 0.6:
                self.spawn(node.read(key))
            elif what < 0.8:
                self.spawn(node.change(key))
            elif what < 0.82:
                self.spawn(node.change(key, dies=True))
            else:
                self.clock.advance(self.chance.choice((0.01, 0.1, KEEP_S / 4)))
            await turns(self.chance)
        await self.quiet()

    async def quiet(self) -> None:
        while self.tasks:
            await asyncio.gather(*self.tasks)


class Node:
    """`knows` is what this node changed, or was told of: nothing older is given any more."""

    def __init__(self, land: Land, common: CommonCopies) -> None:
        self.land = land
        terms = Terms(100, KEEP_S, land.clock.monotonic)
        self.cache: Cache[int] = Cache("n", land.truth.load, terms, Common(common, int, COMMON_S))
        self.changing = Changing(common)
        self.changing.told = lambda names: land.spread(self, names, dict(land.truth.numbers))
        self.knows = dict.fromkeys(KEYS, 1)

    async def read(self, key: str) -> None:
        least = max(self.knows[key], self.land.truth.at(key, self.land.bound_s))
        found = await self.cache.get(key)
        assert found is not None
        assert found >= least, f"{key}: {found} was given where {least} is known"
        assert found <= self.land.truth.numbers[key]

    async def change(self, key: str, dies: bool = False) -> None:
        """Who dies has stored it, and says nothing of it to anybody; another node takes its place."""
        if dies:
            step = Changing(self.changing._common).of([(self.cache, key)])
            self.land.dead.append(step)
            await step.__aenter__()
            await self.land.truth.change(key)
            self.cache.forget()
            return
        async with self.changing.of([(self.cache, key)]):
            number = await self.land.truth.change(key)
        self.knows[key] = max(self.knows[key], number)

    async def hear(self, names: Collection[str], knows: dict[str, int]) -> None:
        await turns(self.land.chance, 12)
        for name in names:
            key = name.partition(":")[2]
            self.cache.drop(key)
            if self.land.bound_s == KEEP_S:  # what was not dropped in common may come back from there
                self.knows[key] = max(self.knows[key], knows[key])


async def turns(chance: random.Random, most: int = 4) -> None:
    for _ in range(chance.randrange(most)):
        await asyncio.sleep(0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("lost", "silent"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.3), (0.5, 0.3)])
async def test_nobody_is_given_what_is_too_old(seed: int, lost: float, silent: float) -> None:
    land = Land(seed, lost, silent)
    await land.run()
    land.clock.advance(land.bound_s)
    for node in land.nodes:
        assert {key: await node.cache.get(key) for key in KEYS} == land.truth.numbers
    for key in KEYS * 20:
        await land.nodes[0].read(key)


@pytest.mark.parametrize("seed", SEEDS)
async def test_when_all_was_heard_all_nodes_agree(seed: int) -> None:
    land = Land(seed, lost=0.0, silent=0.0)
    for _ in range(STEPS):
        node, key = land.chance.choice(land.nodes), land.chance.choice(KEYS)
        land.spawn(node.read(key) if land.chance.random() < 0.7 else node.change(key))
        await turns(land.chance)
    await land.quiet()
    for node in land.nodes:
        assert {key: await node.cache.get(key) for key in KEYS} == land.truth.numbers
    assert sum(node.cache.counts.own + node.cache.counts.common for node in land.nodes) > 0
