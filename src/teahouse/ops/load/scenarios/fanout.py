"""fanout: everybody in one room; messages at a rate, `burst` of them at once, the senders taking turns."""

from itertools import cycle

from teahouse.ops.load.pace import play, steady
from teahouse.ops.load.stage import Stage


async def fanout(stage: Stage) -> None:
    plan = stage.plan
    members = await stage.crowd.enter(plan.users)
    feed = await stage.crowd.gather(members, "room", "load: fanout")
    speakers = cycle(members)
    async with stage.measured([feed]):
        await play(
            steady(plan.rate, plan.seconds, plan.burst),
            lambda due: next(speakers).say(due),
        )
