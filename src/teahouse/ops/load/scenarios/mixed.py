"""mixed: people in groups, each sending at a rate, at moments of its own."""

from teahouse.ops.load.client import Client
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.pace import play, spread
from teahouse.ops.load.stage import Stage


async def mixed(stage: Stage) -> None:
    plan = stage.plan
    people = await stage.crowd.enter(plan.users)
    feeds = await in_groups(stage, people)
    turns = list(spread(len(people), plan.rate, plan.seconds))
    speakers = (people[n] for _, n in turns)
    async with stage.measured(feeds):
        await play((offset for offset, _ in turns), lambda due: next(speakers).say(due))


async def in_groups(stage: Stage, people: list[Client]) -> list[Feed]:
    """Groups of `plan.group` people; a last one that would be alone goes to the group before it."""
    size = stage.plan.group
    starts = list(range(0, len(people), size))
    if len(starts) > 1 and len(people) - starts[-1] < 2:
        starts.pop()
    stops = [*starts[1:], len(people)]
    return [
        await stage.crowd.gather(people[start:stop], "group", f"load: group {n}")
        for n, (start, stop) in enumerate(zip(starts, stops, strict=True))
    ]
