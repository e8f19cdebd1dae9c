"""idle: people who are there and say nothing; what does each cost the server in memory?"""

import asyncio

from teahouse.ops.load.stage import Stage

WARM_UP = 50
"""So many sessions come and stay first: what the server needs once is not charged to the others."""


async def idle(stage: Stage) -> None:
    await stage.crowd.enter(WARM_UP)
    before = stage.server_usage()
    stage.say(f"{WARM_UP} warmed up; {stage.plan.users:,} come")
    async with stage.measured():
        await stage.crowd.enter(stage.plan.users)
        await asyncio.sleep(stage.plan.seconds)
    after = stage.server_usage()
    if before is not None and after is not None:
        stage.facts["rss_bytes_per_session"] = (after.rss - before.rss) / stage.plan.users
