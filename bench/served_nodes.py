"""Nodes as processes: `teahouse serve`, one and two of them, on a real MariaDB and a real Redis.

One node by itself; two nodes, conversations on one or the other; two nodes, every conversation on both. Each node has
as many people, and takes as many messages, in all three, and what is told is CPU time a message: of the nodes, which is
what another machine would bring, of the database and of Redis. Every delivery is checked. Used by nodes.py.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import uvloop

from bench.playing import Failed
from bench.verdict import RESULTS
from teahouse.ops.load.client import Client
from teahouse.ops.load.crowd import Crowd, bounded, rendezvous, settled
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.gauge import usage
from teahouse.ops.load.meter import Meter
from teahouse.ops.load.pace import play, spread
from teahouse.ops.load.plan import Plan, Target
from tests.support import mariadb, redis
from tests.support.cluster import Node, nodes
from tests.support.mariadb import Mariadb
from tests.support.redis import RedisServer

PEOPLE = 100
"""On each node."""
GROUP = 10
RATE = 4.0
"""Messages a second of each."""


class Spent(NamedTuple):
    """Microseconds of CPU for each message that was stored."""

    nodes: float
    database: float
    redis: float


@dataclass
class House:
    """Nodes that share a database; `feeds` are the conversations that are played in."""

    nodes: list[Node]
    engines: tuple[int, int]
    meter: Meter
    feeds: list[Feed]

    def cpu_s(self) -> list[float]:
        """Of all nodes, of the database, of Redis."""
        pids = [[node.pid for node in self.nodes], *([pid] for pid in self.engines)]
        return [sum(found.cpu_s for pid in group if (found := usage(pid))) for group in pids]


def spent(rounds: int, seconds: float) -> dict[str, Spent]:
    """`alone`, `apart` and `across`, measured in turn, as medians."""
    RESULTS.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=RESULTS) as place,
        _engines(Path(place)) as (database, broker),
        ExitStack() as running,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        house = partial(_house, running, Path(place), database, broker)
        alone, pair = house("a"), house("bc")
        return runner.run(_measure((alone, pair), (database.pid, broker.pid), rounds, seconds))


@contextmanager
def _engines(place: Path) -> Iterator[tuple[Mariadb, RedisServer]]:
    for name in ("database", "broker"):
        (place / name).mkdir()
    with mariadb.running(place / "database") as database, redis.running(place / "broker") as broker:
        yield database, broker


def _house(running: ExitStack, place: Path, database: Mariadb, broker: RedisServer, names: str) -> list[Node]:
    database.create(names)
    (place / names).mkdir()
    variables = {
        "TEAHOUSE_STORE_KIND": "sql",
        "TEAHOUSE_SQL_URL": database.address(names),
        "TEAHOUSE_BROKER_KIND": "redis",
        "TEAHOUSE_REDIS_URL": broker.url,
        "TEAHOUSE_REDIS_PREFIX": names,
        "TEAHOUSE_LIMITS": "off",
    }
    return list(running.enter_context(nodes(place / names, names, variables)).values())


async def _measure(
    houses: tuple[list[Node], list[Node]], engines: tuple[int, int], rounds: int, seconds: float
) -> dict[str, Spent]:
    alone, pair = houses
    settings = {
        "alone": await _fill("x", alone, engines, across=False),
        "apart": await _fill("y", pair, engines, across=False),
        "across": await _fill("z", pair, engines, across=True),
    }
    found: dict[str, list[Spent]] = {name: [] for name in settings}
    for _ in range(rounds):
        for name, house in settings.items():
            found[name].append(await _play(house, seconds))
    return {name: Spent(*map(median, zip(*runs, strict=True))) for name, runs in found.items()}


async def _fill(prefix: str, nodes: list[Node], engines: tuple[int, int], across: bool) -> House:
    """Let people in and bring them together."""
    meter = Meter()
    targets = [Target("tcp", "127.0.0.1", node.upstream.tcp) for node in nodes]
    crowd = Crowd(Plan("nodes"), targets[0], meter)
    coming = [
        (Client(f"{prefix}{number}-{seat}", meter), target)
        for number, target in enumerate(targets)
        for seat in range(PEOPLE)
    ]
    await bounded(_enter, coming)
    people = [client for client, _ in coming]
    if across:
        people = [
            person for together in zip(people[:PEOPLE], people[PEOPLE:], strict=True) for person in together
        ]
    feeds = [
        await crowd.gather(people[start : start + GROUP], "group", f"{prefix}{start}")
        for start in range(0, len(people), GROUP)
    ]
    return House(nodes, engines, meter, feeds)


async def _enter(coming: tuple[Client, Target]) -> None:
    client, target = coming
    await client.connect(target)
    await client.hello()


async def _play(house: House, seconds: float) -> Spent:
    people = [client for feed in house.feeds for client in feed.members]
    await rendezvous(house.feeds)
    house.meter.start()
    before = house.cpu_s()
    turns = list(spread(len(people), RATE, seconds))
    speakers = (people[n] for _, n in turns)
    await play((offset for offset, _ in turns), lambda due: next(speakers).say(due))
    await settled(house.feeds)
    cost = [(after - earlier) * 1e6 for earlier, after in zip(before, house.cpu_s(), strict=True)]
    _check(house, len(turns))
    return Spent(*(each / len(turns) for each in cost))


def _check(house: House, said: int) -> None:
    wrong = {
        "errors": sum(house.meter.errors.values()),
        "not acknowledged": said - house.meter.acknowledged,
        "lost": sum(client.ledger.lacks(feed.head) for feed in house.feeds for client in feed.members),
        "doubled": sum(client.ledger.duplicated for feed in house.feeds for client in feed.members),
        "out of order": sum(client.ledger.disordered for feed in house.feeds for client in feed.members),
    }
    if any(wrong.values()):
        raise Failed(f"{wrong} {dict(house.meter.errors)}")
