"""storm: everyone is cut off, things are said meanwhile, and everyone comes back at once.

Each comes back as the same guest, with the seq it saw last, and must be sent exactly what it missed. A client the
server sends away with `after_ms` waits so long and tries again; it counts as away meanwhile.
"""

import asyncio

from teahouse.ops.load.client import Client, Gone, Refused
from teahouse.ops.load.crowd import answered, settled
from teahouse.ops.load.framing import FramingError
from teahouse.ops.load.latency import Latency
from teahouse.ops.load.meter import now_us
from teahouse.ops.load.scenarios.mixed import in_groups
from teahouse.ops.load.stage import Stage


async def storm(stage: Stage) -> None:
    plan = stage.plan
    people = await stage.crowd.enter(plan.users)
    feeds = await in_groups(stage, people)
    back = Latency()
    async with stage.measured(feeds):
        narrators = [feed.members[0] for feed in feeds]
        away = [client for client in people if client not in narrators]
        for client in away:
            client.leave()
        for narrator in narrators:
            narrator.say(now_us(), plan.missed)
        await answered(narrators)
        start = now_us()
        stage.say(f"{len(away):,} come back at once")
        await asyncio.gather(*(_return(stage, client, start, back) for client in away))
        hello_s = (now_us() - start) / 1e6
        await settled(feeds)
        stage.facts["all_back_s"] = (now_us() - start) / 1e6
        stage.facts["all_hello_s"] = hello_s
    stage.facts["back_p50_ms"] = back.percentile(50)
    stage.facts["back_p99_ms"] = back.percentile(99)
    stage.facts["back_max_ms"] = back.percentile(100)


async def _return(stage: Stage, client: Client, start: int, back: Latency) -> None:
    """Until the server welcomes this client again. Each refusal that does not say when to come is an error."""
    while True:
        try:
            await client.connect(stage.target)
            await client.hello({client.feed.id: client.ledger.next - 1})
        except Gone as gone:
            if gone.after_ms is None:
                stage.meter.error("sent_away")
                return
            stage.facts["sent_away"] = stage.facts.get("sent_away", 0) + 1
            await asyncio.sleep(gone.after_ms / 1000)
        except Refused as refused:
            stage.meter.error(refused.code)
            return
        except (OSError, FramingError):
            stage.meter.error("not_connected")
            return
        else:
            back.record(now_us() - start)
            return
