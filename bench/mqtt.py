"""MQTT: what a delivery costs the server in CPU at QoS 0 and 1, and an idle session in memory, against mosquitto in the
same run, with the same program.
"""

import asyncio
import json
import os
import resource
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from bench.playing import Failed
from bench.served import FREE, line_of, process
from bench.verdict import Verdict, tell
from teahouse.wire.mqtt import packets
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V3_1_1, Ack, Connect, Filter, Publish, Subscribe
from teahouse.wire.mqtt.splitter import PacketSplitter

SUBSCRIBERS = 1000
TOPIC = "chat/global"
PAYLOAD = b"x" * 100
CALM, BURST = (100, 1), (20, 10)
"""Rounds, and messages in each; the next one begins when all of one have come to everybody."""

GOAL_BYTES = 15_000
WAIT_S = 120.0
SETTLE_S = 2.0
_SERVE = (sys.executable, "-m", "teahouse", "serve", "--limits", "off", *FREE)
_TICK = os.sysconf("SC_CLK_TCK")


class Subscriber(asyncio.Protocol):
    """Counts what comes, and confirms it where that is asked for."""

    def __init__(self, crowd: "Crowd", number: int, qos: int | None) -> None:
        self._crowd = crowd
        self._number = number
        self._qos = qos
        self._splitter = PacketSplitter(1 << 20)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        name = f"s{self._number}"
        data = encode(Connect(client=name, version=V3_1_1, user=name))
        if self._qos is not None:
            data += encode(Subscribe(1, (Filter(TOPIC, self._qos),)), V3_1_1)
        transport.write(data)

    def data_received(self, data: bytes) -> None:
        confirmed = b""
        for first, body in self._splitter.feed(data):
            kind = first >> 4
            if kind == packets.PUBLISH:
                if not first & 1:  # what is retained is not counted
                    self._crowd.heard(1)
                if first & 6:
                    at = 2 + int.from_bytes(body[:2], "big")
                    confirmed += b"\x40\x02" + body[at : at + 2]
            elif kind == packets.SUBACK or (kind == packets.CONNACK and self._qos is None):
                self._crowd.heard(1)
            elif kind == packets.PUBACK:
                self._crowd.stored(Ack(packets.PUBACK, int.from_bytes(body[:2], "big")))
        if confirmed:
            self.transport.write(confirmed)


class Crowd:
    def __init__(self) -> None:
        self._wanted = 0
        self._count = 0
        self._done = asyncio.Event()
        self.acks = asyncio.Semaphore(0)

    def heard(self, count: int) -> None:
        self._count += count
        if self._count >= self._wanted:
            self._done.set()

    def stored(self, _ack: Ack) -> None:
        self.acks.release()

    async def until(self, count: int) -> None:
        self._wanted = count
        if self._count < count:
            self._done.clear()
            await asyncio.wait_for(self._done.wait(), WAIT_S)
        self._count -= count


@asynccontextmanager
async def crowd(port: int, qos: int | None) -> AsyncIterator[tuple[Crowd, Subscriber]]:
    """All subscribed, and somebody who publishes."""
    loop, made = asyncio.get_running_loop(), Crowd()
    several: list[Subscriber] = []
    for number in range(SUBSCRIBERS + 1):
        wanted = None if number == SUBSCRIBERS else qos
        _, one = await loop.create_connection(
            lambda n=number, w=wanted: Subscriber(made, n, w),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        several.append(one)
        await made.until(1)
    try:
        yield made, several[-1]
    finally:
        for one in several:
            one.transport.abort()
        await asyncio.sleep(0.5)


async def delivered(port: int, pid: int, qos: int, rounds: int, each: int) -> float:
    """Microseconds of the server's CPU for one message to one subscriber."""
    async with crowd(port, qos) as (made, publisher):
        await asyncio.sleep(SETTLE_S)
        before = cpu_s(pid)
        for number in range(rounds):
            several = (Publish(TOPIC, PAYLOAD, 1, number * each % 60_000 + n + 1) for n in range(each))
            publisher.transport.write(b"".join(encode(one, V3_1_1) for one in several))
            await made.until(each * SUBSCRIBERS)
            for _ in range(each):
                await made.acks.acquire()
        return (cpu_s(pid) - before) / (rounds * each * SUBSCRIBERS) * 1e6


async def idle_bytes(port: int, pid: int) -> float:
    """What one more session costs."""
    await asyncio.sleep(SETTLE_S)
    before = rss(pid)
    async with crowd(port, 0):
        await asyncio.sleep(SETTLE_S)
        return (rss(pid) - before) / SUBSCRIBERS


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def rss(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def mosquitto(disk: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a mosquitto as it comes, but for anybody."""
    path = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None:
        raise Failed("mosquitto is not installed (apt install mosquitto)")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with TemporaryDirectory(dir=disk) as place:
        config = Path(place) / "mosquitto.conf"
        config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n")
        with process([path, "-c", str(config)]) as started:
            yield port, started.pid


async def measure(port: int, pid: int) -> dict[str, float]:
    found = {"idle_bytes": await idle_bytes(port, pid)}
    for qos in (0, 1):
        for name, (rounds, each) in (("calm", CALM), ("burst", BURST)):
            found[f"qos_{qos}_{name}"] = await delivered(port, pid, qos, rounds, each)
    return found


async def wait_for(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def compare(disk: Path) -> bool:
    with mosquitto(disk) as (port, pid):
        await wait_for(port)
        theirs = await measure(port, pid)
    with process([*_SERVE, "--data", str(disk / "data")]) as started:
        ours = await measure(int(json.loads(line_of(started))["mqtt"].rpartition(":")[2]), started.pid)
    seen = {f"ours_{name}": round(value, 2) for name, value in ours.items()}
    seen |= {f"mosquitto_{name}": round(value, 2) for name, value in theirs.items()}
    held = [
        tell(
            Verdict(
                "mqtt",
                "an idle session at most 15 kB",
                ours["idle_bytes"],
                GOAL_BYTES,
                True,
                " B",
                dict(seen),
            )
        )
    ]
    for qos, goal in ((0, 0.5), (1, 1.0)):
        ratio = ours[f"qos_{qos}_burst"] / theirs[f"qos_{qos}_burst"]
        promise = f"CPU of a delivery at QoS {qos}, of mosquitto's"
        held.append(tell(Verdict("mqtt", promise, ratio, goal, True, " x")))
    return all(held)


def mqtt(repeats: int, seconds: float) -> bool:
    """Once, whatever is asked for: each number is of a hundred thousand deliveries."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with TemporaryDirectory() as disk:
        return uvloop.run(compare(Path(disk)))
