"""The reference for fan-out: a bare uvloop loop that writes ready frames, and nothing else.

`serve` accepts N sockets and, at a rate, calls `transport.write(frame)` for each of them: no protocol, no
log, no sender.
`receive` starts it, receives with the load generator's own client, checks and times every frame as the real
measurement does, and prints one JSON line.

    python -m bench.bare_fanout receive --members 1000 --rate 100 --seconds 5 --bytes 424
"""

import argparse
import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
from typing import cast

import uvloop

from teahouse.ops.load.client import Client
from teahouse.ops.load.crowd import bounded, fallen_to_zero
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.gauge import usage
from teahouse.ops.load.meter import Meter, now_us
from teahouse.ops.load.pace import play, steady
from teahouse.ops.load.plan import Target

CONVERSATION = "bare"
UPGRADED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)


class Member(asyncio.Protocol):
    """A socket to write to. What it sends, after the upgrade, is dropped."""

    def __init__(self, members: list[asyncio.Transport]) -> None:
        self.members = members

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.transport.write(UPGRADED)
        self.members.append(self.transport)


def ready_frames(count: int, size: int) -> list[bytes]:
    """Frames that look like message events 1, 2, 3 ..., of this many bytes of payload (126 to 65,535)."""
    event = (
        f'{{{{"ev":"message","conversation":"{CONVERSATION}","seq":{{seq}},"message":"m","at":0,'
        '"sender":{{"id":"u","nick":"n"}},"body":{{"type":"text","text":"{due:016d} {padding}"}}}}'
    )
    frames = []
    for seq in range(1, count + 1):
        missing = size - len(event.format(seq=seq, due=0, padding=""))
        payload = event.format(seq=seq, due=0, padding="x" * missing).encode()
        frames.append(b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload)
    return frames


async def serve(given: argparse.Namespace) -> None:
    """Begin when a line comes on standard input; stay until it is closed."""
    members: list[asyncio.Transport] = []
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: Member(members), "127.0.0.1", 0, backlog=2048)
    frames = iter(ready_frames(round(given.rate * given.seconds), given.bytes))
    print(listener.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    gc.disable()

    def write(_due: int) -> None:
        frame = next(frames)
        for member in members:
            member.write(frame)

    await play(steady(given.rate, given.seconds, given.burst), write)
    await loop.run_in_executor(None, sys.stdin.readline)


async def receive(given: argparse.Namespace) -> None:
    names = ("members", "rate", "seconds", "burst", "bytes")
    flags = [f"--{name}={getattr(given, name)}" for name in names]
    server = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs yet
        [sys.executable, "-m", "bench.bare_fanout", "serve", *flags],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdin is not None
        assert server.stdout is not None
        target = Target("ws", "127.0.0.1", int(server.stdout.readline()))
        meter = Meter()
        clients = await _connect(given.members, target, meter)
        before, own = usage(server.pid), usage(os.getpid())
        start = now_us()
        server.stdin.write("go\n")
        server.stdin.flush()
        await asyncio.sleep(given.seconds)
        await _receive_all(clients, round(given.rate * given.seconds))
        after, own_after = usage(server.pid), usage(os.getpid())
        seconds = (now_us() - start) / 1e6
        for client in clients:
            client.leave()
    finally:
        server.kill()
        server.wait()
    assert before is not None
    assert after is not None
    assert own is not None
    assert own_after is not None
    cpu_s = after.cpu_s - before.cpu_s
    lost = sum(client.ledger.lacks(client.feed.head) for client in clients)
    report = {
        "ok": not (lost or meter.errors),
        "errors": dict(meter.errors),
        "lost": lost,
        "delivered": meter.delivered,
        "seconds": seconds,
        "deliveries_per_read": meter.delivered / max(1, meter.pieces),
        "server_cpu_s": cpu_s,
        "generator_cpu_s": own_after.cpu_s - own.cpu_s,
        "cpu_us_per_delivery": cpu_s / max(1, meter.delivered) * 1e6,
    }
    print(json.dumps(report))


async def _connect(count: int, target: Target, meter: Meter) -> list[Client]:
    clients = [Client("", meter) for _ in range(count)]
    feed = Feed(CONVERSATION, 0, False)
    for client in clients:
        feed.add(client)
        client.ledger.start(0)
    await bounded(lambda client: client.connect(target), clients)
    return clients


async def _receive_all(clients: list[Client], head: int) -> None:
    clients[0].feed.head = head
    await fallen_to_zero(lambda: sum(client.ledger.lacks(head) for client in clients))


def main() -> None:
    parser = argparse.ArgumentParser(description="A bare uvloop fan-out, the reference for bench fanout.")
    parser.add_argument("role", choices=("serve", "receive"))
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--burst", type=int, default=1)
    parser.add_argument("--bytes", type=int, default=400, help="payload of a frame")
    given = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(given) if given.role == "serve" else receive(given))


if __name__ == "__main__":
    main()
