"""Nodes: what a message costs a node while 1, 2, 4 and 8 of them carry the same load each.

Whole engines in one process, a real Redis between them, the log in memory, so that what is measured is the engines' own
and Redis'. The CPU time of the process is shared by all nodes, which do the same; so time a message is what it costs
one node that sends it, and those that hear of it. Conversations of 8 members live on one node, or span 2, 4 or 8.

Growth is told by the number of nodes a conversation spans: one hint is published, and each other node takes one. What
must not grow is the cost of the same conversations with the number of nodes there are.

Then one and two real servers on a real database, where a message costs what it costs (served_nodes.py).
"""

import asyncio
import tempfile
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

import uvloop

from bench.served_nodes import Spent, spent
from bench.town import MEMBERS, Town
from bench.verdict import Verdict, tell
from teahouse.ops.load.gauge import usage
from tests.support import redis
from tests.support.redis import RedisServer

NODES = (1, 2, 4, 8)
AT_ONCE = 4
TURNS_A_SECOND = 40
CONSTANT_GOAL = 1.25
TWO_GOAL = 1.6


class Cost(NamedTuple):
    """Microseconds of CPU a message, of all nodes together and of Redis."""

    nodes: float
    redis: float


Costs = dict[tuple[int, int], Cost]
"""By how many nodes there are, and how many a conversation spans."""


def nodes(rounds: int, seconds: float) -> bool:
    with (
        tempfile.TemporaryDirectory() as place,
        redis.running(Path(place)) as server,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        costs = runner.run(_measure(server, rounds, max(1, round(seconds * TURNS_A_SECOND))))
    return all([_constant(costs), _two(spent(rounds, seconds))])


def spans(number: int) -> list[int]:
    return [span for span in NODES if span <= number]


async def _measure(server: RedisServer, rounds: int, turns: int) -> Costs:
    """The medians of the rounds; in each, all are measured in turn."""
    found: dict[tuple[int, int], list[Cost]] = defaultdict(list)
    async with AsyncExitStack() as stack:
        await server.ready()
        towns = [Town(number, server.url) for number in NODES]
        for town in towns:
            await town.open(spans(town.nodes), stack)
            for span in town.tables:
                await town.talk(span, turns=10, at_once=AT_ONCE)
        for _ in range(rounds):
            for town in towns:
                for span in town.tables:
                    found[town.nodes, span].append(await _cost(town, span, server, turns))
    return {key: Cost(*map(median, zip(*runs, strict=True))) for key, runs in found.items()}


async def _cost(town: Town, span: int, server: RedisServer, turns: int) -> Cost:
    turns = max(1, turns // town.nodes)
    before = usage(server.pid)
    each = await town.talk(span, turns, AT_ONCE)
    after = usage(server.pid)
    assert before is not None
    assert after is not None
    return Cost(each * 1e6, (after.cpu_s - before.cpu_s) / (turns * AT_ONCE * town.nodes) * 1e6)


def _constant(costs: Costs) -> bool:
    """The same conversations, with more nodes about."""
    most = NODES[-1]
    worst = max(costs[most, span].nodes / costs[span, span].nodes for span in spans(most)[:-1])
    seen: dict[str, float | str] = {
        f"{number} nodes, conversations on {span}: us a message": cost.nodes
        for (number, span), cost in sorted(costs.items(), key=lambda item: (item[0][1], item[0][0]))
    }
    added = (costs[most, most].nodes - costs[most, 1].nodes) / (most - 1)
    seen["each further node of a conversation adds, us a message"] = added
    seen |= {f"Redis, conversations on {span}: us a message": costs[most, span].redis for span in spans(most)}
    return tell(
        Verdict(
            "nodes",
            f"CPU a message to {MEMBERS} with {most} nodes / with no more than its conversation is on (worst span)",
            worst,
            CONSTANT_GOAL,
            at_most=True,
            unit="x",
            seen=seen,
        )
    )


def _two(spent: dict[str, Spent]) -> bool:
    """What two nodes on cores of their own carry, by what a message costs them: twice as many, if it costs the same. A
    message that costs less on two, because a busier machine makes larger batches, is no gain of theirs."""
    alone, apart, across = spent["alone"], spent["apart"], spent["across"]
    seen: dict[str, float | str] = {
        f"{name}: {of}, us of CPU a message": number
        for name, one in (("one node", alone), ("two, nothing shared", apart), ("two, all shared", across))
        for of, number in zip(("a node", "MariaDB", "Redis"), one, strict=True)
    }
    return tell(
        Verdict(
            "nodes",
            "two servers, every conversation on both: throughput / one server's, by CPU",
            2 * min(alone.nodes, apart.nodes) / across.nodes,
            TWO_GOAL,
            at_most=False,
            unit="x",
            seen=seen,
        )
    )
