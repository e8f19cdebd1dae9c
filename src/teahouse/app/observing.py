"""Observing: metrics and alerts, put together. A part of compose.py, which calls it, and of `teahouse alerts`."""

import socket
from contextlib import AsyncExitStack
from pathlib import Path

from teahouse.app.beside import Beside
from teahouse.app.calls import Calls, fetcher
from teahouse.app.settings import Settings
from teahouse.engine.engine import Engine
from teahouse.engine.stores import Stores
from teahouse.gateways.rest.metrics import Scrape
from teahouse.ops.alerts.board import FIRING, Alert, Notice
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.alerts.receivers import Outcome, Receiver, Webhook, WeCom
from teahouse.ops.alerts.rules import TEST
from teahouse.ops.alerts.watch import Watch
from teahouse.ops.metrics.exposition import Exposition
from teahouse.ops.readings import Readings
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Outside


async def observe(
    settings: Settings, engine: Engine, stores: Stores, calls: Calls, stack: AsyncExitStack, pool: str = ""
) -> tuple[Scrape, str] | None:
    """Start to watch, if somebody is to be told; what gives the metrics, and their token, if any are given. They are
    those of all workers of a `pool`, by its folder."""
    assert stores.inventory is not None
    readings = Readings(engine, stores.inventory, stores.jobs, stores.clock)
    readings.also["workers"] = calls.trouble
    readings.copies = stores.copies
    if settings.alerts.told:
        receivers = open_receivers(settings.alerts, stores.clock, calls.outside("alerts"))
        watch = Watch(readings.take, receivers, settings.alerts, stores.clock, name_of(settings))
        stack.push_async_callback(watch.stop)
        watch.start()
    if not settings.metrics.enabled:
        return None
    scrape = Exposition(readings).text
    if pool:
        beside = Beside(scrape, Path(pool), settings.node.name)
        await beside.start(stack)
        scrape = beside.pages
    return scrape, settings.metrics.token


def open_receivers(options: AlertOptions, clock: Clock, outside: Outside) -> list[Receiver]:
    receivers: list[Receiver] = []
    if options.webhook:
        receivers.append(Webhook(outside, options.webhook, options.webhook_secret, clock.now))
    if options.wecom:
        receivers.append(WeCom(outside, options.wecom))
    return receivers


def name_of(settings: Settings) -> str:
    """What people know the server by."""
    return settings.http.public_url or socket.gethostname()


async def send_test(settings: Settings, clock: Clock) -> list[tuple[str, Outcome]]:
    """Tell each receiver of an alert that is none; what each said."""
    now = clock.now()
    alert = Alert(TEST, FIRING, "this is a test: alerts of this server arrive here", now)
    async with AsyncExitStack() as stack:
        receivers = open_receivers(settings.alerts, clock, fetcher(settings, "alerts", stack))
        notice = Notice(name_of(settings), now, (alert,))
        return [(receiver.name, await receiver.tell(notice)) for receiver in receivers]
