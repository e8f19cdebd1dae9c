"""Alerts on their way to real receivers, which may be out of order."""

import json
import time
from contextlib import AsyncExitStack

import pytest

from teahouse.app.observing import open_receivers
from teahouse.backends.clock import SystemClock
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.ops.alerts import watch
from teahouse.ops.alerts.board import Alert, Notice
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.alerts.receivers import markdown
from teahouse.ops.alerts.watch import Watch
from teahouse.ops.readings import Reading
from tests.ops.alerts.test_board import reading
from tests.support.receiver import Receiver, receiver


class Server:
    """`now` is how it goes."""

    def __init__(self) -> None:
        self.now = reading()

    async def read(self) -> Reading:
        return self.now


def watching(server: Server, stack: AsyncExitStack, options: AlertOptions) -> Watch:
    clock = SystemClock()
    fetcher = Fetcher(OutsideOptions(allow_private=True, ports=()))
    stack.push_async_callback(fetcher.close)
    made = Watch(server.read, open_receivers(options, clock, fetcher), options, clock, "tea.example.org")
    made.first_pause_s = 0.02
    stack.push_async_callback(made.stop)
    made.start()
    return made


def options_for(webhook: Receiver | None = None, wecom: Receiver | None = None) -> AlertOptions:
    return AlertOptions(
        webhook=webhook.url if webhook else "",
        webhook_secret="whs_x" if webhook else "",
        wecom=wecom.url if wecom else "",
        every_s=0.01,
        group_s=0,
    )


async def test_raised_and_over_signed() -> None:
    server = Server()
    async with receiver() as outside, AsyncExitStack() as stack:
        watching(server, stack, options_for(webhook=outside))
        server.now = reading(dead=1)
        (raised,) = await outside.wait(1)
        assert raised.fault("whs_x", time.time()) == ""
        body = json.loads(raised.body)
        assert body["server"] == "tea.example.org"
        assert [(one["rule"], one["state"]) for one in body["alerts"]] == [("dead_letters", "firing")]
        server.now = reading()
        _, over = await outside.wait(2)
        assert [one["state"] for one in json.loads(over.body)["alerts"]] == ["over"]


async def test_a_receiver_that_fails_is_told_again_and_one_that_hangs_holds_nobody_up() -> None:
    server = Server()
    async with receiver() as fails, receiver() as hangs, AsyncExitStack() as stack:
        hangs.mode = "hang"
        fails.mode = lambda _: 503 if len(fails.asked) < 3 else 200
        watching(server, stack, options_for(webhook=fails, wecom=hangs))
        server.now = reading(dead=1)
        await hangs.wait(1, "asked")
        await fails.wait(1)
        assert len(fails.asked) == 3


async def test_wecom_says_what_became_of_it_in_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "TRIES", 2)
    server = Server()
    async with receiver() as robot, AsyncExitStack() as stack:
        robot.answer = b'{"errcode":45009,"errmsg":"api freq out of limit"}'
        watching(server, stack, options_for(wecom=robot))
        server.now = reading(dead=1)
        await robot.wait(2)
        robot.answer = b'{"errcode":0,"errmsg":"ok"}'
        server.now = reading()
        asked = await robot.wait(3)
        told = [json.loads(one.body) for one in asked]
        assert [one["msgtype"] for one in told] == ["markdown"] * 3
        assert "告警" in told[0]["markdown"]["content"] and "恢复" in told[2]["markdown"]["content"]


async def test_nothing_stops_the_watch() -> None:
    server = Server()

    class Broken(Server):
        async def read(self) -> Reading:
            if server.now.trouble:
                raise RuntimeError("no")
            return server.now

    server.now = reading(store="x")
    async with receiver() as outside, AsyncExitStack() as stack:
        watching(Broken(), stack, options_for(webhook=outside))
        server.now = reading(dead=1)
        await outside.wait(1)


def test_markdown_fits_and_is_not_broken_by_what_it_quotes() -> None:
    alert = Alert("store", "firing", "<b>`\n" + "茶" * 3000, 1)
    text = markdown(Notice("tea", 1, (alert,)))
    assert len(text.encode()) <= 4096
    assert "(b)'" in text and text.count("\n") == 1


def test_a_secret_is_wanted() -> None:
    with pytest.raises(ValueError, match="webhook_secret"):
        AlertOptions(webhook="https://example.org/")
