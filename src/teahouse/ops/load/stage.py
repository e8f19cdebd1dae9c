"""The stage of one run: a server to speak to, a crowd, and the measurement around what a scenario does.

Rule: set-up and clean-up are outside the measurement; what is sent inside is waited for inside.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from teahouse.ops.load.crowd import Crowd, rendezvous, settled
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.gauge import Usage, usage
from teahouse.ops.load.meter import Meter, now_us
from teahouse.ops.load.plan import Plan, Target
from teahouse.ops.load.report import Cost, Report


class Stage:
    """`facts` is for what only the scenario measures; names carry the unit."""

    def __init__(self, plan: Plan, target: Target, pid: int | None, meter: Meter) -> None:
        self.plan = plan
        self.target = target
        self.meter = meter
        self.crowd = Crowd(plan, target, meter)
        self.facts: dict[str, float] = {}
        self._pid = pid
        self._feeds: Sequence[Feed] = ()
        self._seconds = 0.0
        self._server: Cost | None = None
        self._generator = Cost(0.0, 0.0, 0)

    @asynccontextmanager
    async def measured(self, feeds: Sequence[Feed] = ()) -> AsyncIterator[None]:
        """Measure what is done inside, until all answers and all entries of `feeds` have come."""
        if feeds:
            self.say("everybody is there; waiting until all have heard")
            await rendezvous(feeds)
        self._feeds = feeds
        self.meter.start()
        server, generator, start = self.server_usage(), _own_usage(), now_us()
        progress = asyncio.create_task(self._tell())
        try:
            yield
            await settled(feeds)
        finally:
            progress.cancel()
            with suppress(asyncio.CancelledError):
                await progress
        self._seconds = (now_us() - start) / 1e6
        self._generator = _cost(generator, _own_usage())
        after = self.server_usage()
        if server is not None and after is not None:
            self._server = _cost(server, after)

    def server_usage(self) -> Usage | None:
        return None if self._pid is None else usage(self._pid)

    def say(self, line: str) -> None:
        """Tell the person at the terminal how far we are."""
        if not self.plan.quiet:
            sys.stderr.write(f"{self.plan.scenario}: {line}\n")
            sys.stderr.flush()

    async def _tell(self) -> None:
        """The progress, once a second."""
        meter, delivered, sent = self.meter, 0, 0
        while True:
            await asyncio.sleep(1)
            if not self._feeds:
                self.say(f"{meter.entered:,} sessions opened")
                continue
            self.say(
                f"sent {meter.sent:,} ({meter.sent - sent:,}/s), acknowledged {meter.acknowledged:,}, "
                f"delivered {meter.delivered:,} ({meter.delivered - delivered:,}/s), "
                f"p99 {meter.answer.percentile(99):.1f} ms to the answer, "
                f"{meter.delivery.percentile(99):.1f} ms to the delivery"
            )
            delivered, sent = meter.delivered, meter.sent

    def report(self, disk: str) -> Report:
        """What was found; after everything, the server's end included."""
        meter = self.meter
        ledgers = [(client.ledger, feed.head) for feed in self._feeds for client in feed.members]
        unanswered = meter.unanswered + sum(client.waiting for client in self.crowd.clients)
        if unanswered:
            meter.error("unanswered", unanswered)
        return Report(
            scenario=self.plan.scenario,
            target=str(self.target),
            users=len(self.crowd.clients),
            seconds=self._seconds,
            sent=meter.sent,
            acknowledged=meter.acknowledged,
            delivered=meter.delivered,
            pieces=meter.pieces,
            answer_ms=meter.answer.summary(),
            delivery_ms=meter.delivery.summary(),
            errors=dict(meter.errors),
            lost=sum(ledger.lacks(head) for ledger, head in ledgers),
            duplicates=sum(ledger.duplicated for ledger, _ in ledgers),
            out_of_order=sum(ledger.disordered for ledger, _ in ledgers),
            sampled=meter.sampled,
            event_bytes=meter.event_bytes,
            server=self._server,
            generator=self._generator,
            disk=disk,
            facts=self.facts,
        )


def _own_usage() -> Usage:
    own = usage(os.getpid())
    assert own is not None
    return own


def _cost(before: Usage, after: Usage) -> Cost:
    return Cost(after.cpu_s - before.cpu_s, after.wait_s - before.wait_s, after.rss)
