"""The load program for gRPC: streams against a server of its own; prints one JSON line.

    python -m bench.grpc_load fanout --members 200 --rate 10 --burst 1 --seconds 5     a message to everybody in a room
    python -m bench.grpc_load echo --members 200 --rate 10 --seconds 5                 the same number, from a bare echo
    python -m bench.grpc_load idle --members 1000 --streams 1      people who say nothing, so many on each connection
    python -m bench.grpc_load idle --members 1000 --bare           the same number of streams of a bare echo

Every delivery is checked: nothing lost, nothing twice, everything in order. Who sends does so by TCP, so that the
server's time is that of deliveries by gRPC.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import grpc

from bench.served import line_of, process
from teahouse.ops.load.client import Client
from teahouse.ops.load.crowd import bounded, fallen_to_zero
from teahouse.ops.load.feed import STAMP_DIGITS, Feed
from teahouse.ops.load.gauge import Usage, usage
from teahouse.ops.load.latency import Latency
from teahouse.ops.load.meter import Meter, now_us
from teahouse.ops.load.pace import play, steady
from teahouse.ops.load.plan import parse_target
from teahouse.v1 import chat_pb2 as pb

TEXT_BYTES = 150
INVITED_AT_ONCE = 100
FIRST = 20
SETTLE_S = 2.0

CONNECT, ECHO = "/teahouse.v1.Chat/Connect", "/bare.Echo/Echo"

_OWN_CONNECTION = [("grpc.use_local_subchannel_pool", 1)]


class Count:
    """What all streams have heard."""

    def __init__(self) -> None:
        self.delivered = 0
        self.messages = 0
        self.wrong = 0
        self.last_us = 0
        self.latency = Latency()
        self.conversation = ""
        self._piece = b""
        self._seqs: list[int] = []

    def batch(self, data: bytes) -> list[int]:
        """The seqs of the entries in a batch. All members are sent the same bytes: what was just read is known."""
        self.last_us = now_us()
        if data != self._piece:
            said = [
                frame.message for frame in pb.EventBatch.FromString(data).frames if frame.HasField("message")
            ]
            said = [one for one in said if one.conversation == self.conversation]
            self._piece, self._seqs = data, [one.seq for one in said]
            for one in said:
                self.latency.record(self.last_us - int(one.body.text[:STAMP_DIGITS]))
        return self._seqs


class Member:
    """A stream. `head` is the newest entry it heard."""

    def __init__(self, channel: grpc.aio.Channel, method: str, count: Count) -> None:
        self.head = 0
        self.id = ""
        self._count = count
        self._channel = channel
        self.call: Any = channel.stream_stream(method)()
        self._reading: asyncio.Task[None] | None = None

    async def hello(self, nick: str) -> None:
        await self.call.write(pb.ClientFrame(id="1", hello=pb.HelloRequest(nick=nick)).SerializeToString())
        while not self.id:
            for frame in pb.EventBatch.FromString(await self.call.read()).frames:
                if frame.HasField("answer"):
                    self.id = frame.answer.welcome.user.id

    def listen(self, hear: Any) -> None:
        self._reading = asyncio.create_task(self._listen(hear))

    async def _listen(self, hear: Any) -> None:
        while (data := await self.call.read()) is not grpc.aio.EOF:
            hear(self, data)

    def heard(self, data: bytes) -> None:
        count = self._count
        seqs = count.batch(data)
        if not seqs:
            return
        count.messages += 1
        count.delivered += len(seqs)
        if seqs[0] != self.head + 1:
            count.wrong += 1
        self.head = seqs[-1]

    def echoed(self, data: bytes) -> None:
        self._count.messages += 1
        self._count.delivered += 1
        self._count.last_us = now_us()

    async def leave(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self.call.cancel()
        await self._channel.close()


@asynccontextmanager
async def bare() -> AsyncIterator[tuple[str, int]]:
    """A bare echo: where it is, and its process."""
    with process([sys.executable, "-m", "bench.bare_grpc"]) as started:
        yield f"127.0.0.1:{int(await asyncio.to_thread(line_of, started))}", started.pid


@asynccontextmanager
async def served() -> AsyncIterator[tuple[dict[str, str], int]]:
    """A server of ours: its ready line and its process."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "teahouse", "serve", "--limits", "off", "--data", data]
        command += [f"--{door}-port=0" for door in ("http", "tcp", "mqtt", "xmpp", "grpc")]
        with process(command) as started:
            yield json.loads(await asyncio.to_thread(line_of, started)), started.pid


def streams(target: str, method: str, number: int, each: int, count: Count) -> list[Member]:
    """So many, `each` of them on a connection."""
    channels = [
        grpc.aio.insecure_channel(target, options=_OWN_CONNECTION) for _ in range((number + each - 1) // each)
    ]
    return [Member(channels[n // each], method, count) for n in range(number)]


async def enter(target: str, number: int, each: int, count: Count, prefix: str = "g") -> list[Member]:
    """So many guests."""
    members = streams(target, CONNECT, number, each, count)
    numbers = {member: n for n, member in enumerate(members)}
    await bounded(lambda member: member.hello(f"{prefix}{numbers[member]}"), members)
    return members


async def enter_bare(target: str, number: int, each: int, count: Count) -> list[Member]:
    """So many streams that were echoed once."""
    members = streams(target, ECHO, number, each, count)
    await bounded(lambda member: member.call.write(b"hello"), members)
    for member in members:
        await member.call.read()
    return members


async def fanout(given: argparse.Namespace) -> dict[str, Any]:
    async with served() as (ready, pid):
        count, meter = Count(), Meter()
        members = await enter(ready["grpc"].removeprefix("grpc://"), given.members, 1, count)
        sender = Client("sender", meter)
        await sender.connect(parse_target(ready["tcp"]))
        await sender.hello()
        count.conversation = (await sender.ask("create", kind="group", title="load"))["conversation"]
        for start in range(0, len(members), INVITED_AT_ONCE):
            users = [member.id for member in members[start : start + INVITED_AT_ONCE]]
            await sender.ask("invite", conversation=count.conversation, users=users)
        feed = Feed(count.conversation, TEXT_BYTES, True)
        feed.add(sender)
        await asyncio.sleep(SETTLE_S)
        page = await sender.ask("history", conversation=count.conversation, limit=1)
        first = page["entries"][-1]["seq"]
        for member in members:
            member.head = first
            member.listen(Member.heard)
        start, before, own = now_us(), of(pid), of(os.getpid())
        await play(steady(given.rate / given.burst, given.seconds), lambda due: sender.say(due, given.burst))
        await fallen_to_zero(lambda: sender.waiting + sum(feed.head - member.head for member in members))
        report = told(count, start, before, own, pid)
        lost = sum(feed.head - member.head for member in members)
        sender.leave()
        for member in members:
            await member.leave()
    wrong = count.wrong + lost + sum(meter.errors.values())
    return report | {"ok": not wrong, "lost": lost, "out_of_order": count.wrong, "errors": dict(meter.errors)}


async def echo(given: argparse.Namespace) -> dict[str, Any]:
    async with bare() as (target, pid):
        count = Count()
        members = await enter_bare(target, given.members, 1, count)
        for member in members:
            member.listen(Member.echoed)
        data, sent = b"x" * given.bytes, 0
        start, before, own = now_us(), of(pid), of(os.getpid())
        for _ in range(round(given.rate * given.seconds)):
            sent += len(members)
            await asyncio.gather(*(member.call.write(data) for member in members))
            await asyncio.sleep(max(0.0, (start - now_us()) / 1e6 + sent / len(members) / given.rate))
        await fallen_to_zero(lambda: sent - count.delivered)
        report = told(count, start, before, own, pid)
        for member in members:
            await member.leave()
    return report | {"ok": count.delivered == sent}


async def idle(given: argparse.Namespace) -> dict[str, Any]:
    count = Count()
    if given.bare:
        async with bare() as (target, pid):
            return await grown(given, pid, partial(enter_bare, target, count=count))
    async with served() as (ready, pid):
        target = ready["grpc"].removeprefix("grpc://")
        return await grown(given, pid, partial(enter, target, count=count))


async def grown(given: argparse.Namespace, pid: int, come: Any) -> dict[str, Any]:
    """What each of so many costs that come in by `come`. What the first ones cost is the server's."""
    first = await come(number=FIRST, each=FIRST, **({} if given.bare else {"prefix": "first"}))
    await asyncio.sleep(SETTLE_S)
    before = of(pid)
    others = await come(number=given.members, each=given.streams)
    await asyncio.sleep(SETTLE_S)
    after = of(pid)
    for member in first + others:
        await member.leave()
    return {
        "ok": True,
        "rss_bytes_per_session": (after.rss - before.rss) / given.members,
        "rss": after.rss,
        "cpu_ms_per_session": (after.cpu_s - before.cpu_s) / given.members * 1e3,
    }


def of(pid: int) -> Usage:
    found = usage(pid)
    assert found is not None
    return found


def told(count: Count, start: int, before: Usage, own: Usage, pid: int) -> dict[str, Any]:
    after, own_after = of(pid), of(os.getpid())
    seconds = (count.last_us - start) / 1e6
    cpu_s = after.cpu_s - before.cpu_s
    return {
        "delivered": count.delivered,
        "delivered_per_s": count.delivered / seconds,
        "deliveries_per_message": count.delivered / max(1, count.messages),
        "p99_ms": count.latency.summary().p99,
        "cpu_us_per_delivery": cpu_s / max(1, count.delivered) * 1e6,
        "server_cores": cpu_s / seconds,
        "server_waited_cores": (after.wait_s - before.wait_s) / seconds,
        "generator_cores": (own_after.cpu_s - own.cpu_s) / seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("fanout", "echo", "idle"))
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--rate", type=float, default=10.0, help="messages to everybody a second")
    parser.add_argument("--burst", type=int, default=1, help="so many of them at the same moment")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--bytes", type=int, default=400, help="what is echoed")
    parser.add_argument("--streams", type=int, default=1, help="on each connection, when idle")
    parser.add_argument("--bare", action="store_true", help="idle streams of a bare echo")
    given = parser.parse_args()
    print(json.dumps(asyncio.run({"fanout": fanout, "echo": echo, "idle": idle}[given.what](given))))


if __name__ == "__main__":
    main()
