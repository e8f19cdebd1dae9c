"""direct: pairs of people write to one another. Every message is stored before it is answered.

With a rate: open loop, everybody in turn. Without: closed loop, each connection keeps `window` sends in flight, which
finds the most the server can store.
"""

import asyncio
from functools import partial
from itertools import cycle

from teahouse.ops.load.client import Client
from teahouse.ops.load.crowd import bounded
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.meter import now_us
from teahouse.ops.load.pace import play, steady
from teahouse.ops.load.stage import Stage


async def direct(stage: Stage) -> None:
    plan = stage.plan
    people = await stage.crowd.enter(plan.users // 2 * 2)
    feeds = await _in_pairs(stage, people)
    async with stage.measured(feeds):
        if plan.rate:
            speakers = cycle(people)
            await play(steady(plan.rate, plan.seconds), lambda due: next(speakers).say(due))
        else:
            await _pipelined(people, plan.window, plan.seconds)


async def _in_pairs(stage: Stage, people: list[Client]) -> list[Feed]:
    feeds: list[Feed] = []

    async def pair(two: tuple[Client, Client]) -> None:
        feeds.append(await stage.crowd.pair(*two))

    await bounded(pair, zip(people[::2], people[1::2], strict=True))
    return feeds


async def _pipelined(people: list[Client], window: int, seconds: float) -> None:
    for client in people:
        client.answered = partial(_refill, client)
        _refill(client, window)
    await asyncio.sleep(seconds)
    for client in people:
        client.answered = None


def _refill(client: Client, count: int) -> None:
    client.say(now_us(), count)
