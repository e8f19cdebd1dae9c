"""What one decode, encode, route, fan-out and append costs, in one process and without sockets.

For comparison from change to change: these numbers have no goal.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

import uvloop

from bench.roster import roster
from bench.verdict import RESULTS, keep, show
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.engine import Engine
from teahouse.model.commands import Hello, Send
from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.events import Bye
from teahouse.model.results import Sent
from teahouse.ops.load.framing import Frames
from teahouse.ports.link import Wire
from teahouse.wire.json import JsonWire, decode
from teahouse.wire.ndjson import LineSplitter
from teahouse.wire.websocket import Decoder, text_frame
from tests.support.house import House

TEXT = "x" * 150
GROUP = "c" * 33
COMMAND = json.dumps({"op": "send", "id": 7, "cid": "0" * 32, "to": GROUP, "text": TEXT}).encode()
CONTENT = json.dumps({"body": {"type": "text", "text": TEXT}}, separators=(",", ":")).encode()
WIRE = JsonWire(text_frame)

MEMBERS = 1000
BURST = 50
CONVERSATIONS = 100


def micro(rounds: int, _seconds: float) -> bool:
    """All costs in microseconds; the median of `rounds`."""
    costs: dict[str, float | str] = {name: _each(once, rounds) for name, once in _codecs().items()}
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        costs |= runner.run(_engine(rounds))
        costs |= runner.run(_store(rounds))
        costs |= runner.run(roster())
    print("      micro: microseconds of wall time each")
    show(costs)
    keep({"bench": "micro", "microseconds": costs})
    return True


def _codecs() -> dict[str, Callable[[], object]]:
    entry = Entry(GROUP, 123_456, Kind.MESSAGE, "u" * 33, "alice", 1_700_000_000_000, CONTENT)
    sent = Sent(GROUP, 123_456, f"{GROUP}.123456", 1_700_000_000_000)
    masked = Frames().wrap(COMMAND)
    frames, lines = Decoder(65536), LineSplitter(65536)
    return {
        "find a WebSocket frame of a send": lambda: list(frames.feed(masked)),
        "find a line of a send": lambda: list(lines.feed(COMMAND + b"\n")),
        "decode a send": lambda: decode(COMMAND),
        "encode an entry as a framed event": lambda: WIRE.entry(entry, False),
        "encode the answer to a send": lambda: WIRE.answer(7, sent),
    }


def _each(once: Callable[[], object], rounds: int, times: int = 20_000) -> float:
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(times):
            once()
        found.append((time.perf_counter() - begin) / times * 1e6)
    return median(found)


class DeafLink:
    """A link that takes everything and keeps nothing: what is left is the engine's own cost."""

    wire: Wire = WIRE
    gateway = "bench"

    def __init__(self, engine: Engine) -> None:
        self.session = engine.open(self, "bench")

    def write(self, data: bytes) -> None: ...

    def hold(self, on: bool) -> None: ...

    def probe(self) -> bool:
        return True

    def close(self, bye: Bye | None) -> None: ...


async def _engine(rounds: int) -> dict[str, float]:
    """A send from its command to its answer, on a log in memory."""
    async with House() as house:
        links = [DeafLink(house.engine) for _ in range(MEMBERS)]
        for n, link in enumerate(links):
            house.engine.submit(link.session, Hello(nick=f"n{n}"))
            await _done(lambda link=link: link.session.user is not None)  # type: ignore[misc]
        alone = await _sends(house.engine, links[0], "lobby", 1, 50 * rounds)
        burst = await _sends(house.engine, links[0], "lobby", BURST, 2 * rounds)
        direct = await _sends(house.engine, links[0], "@n1", 100, 50 * rounds)
    return {
        f"engine: deliver one message, {MEMBERS} sessions, each": alone / (MEMBERS - 1),
        f"engine: deliver {BURST} at once, {MEMBERS} sessions, each": burst / (MEMBERS - 1),
        "engine: a direct message, routed, fanned out, answered": direct,
    }


async def _sends(engine: Engine, link: DeafLink, to: str, at_once: int, times: int) -> float:
    """Microseconds of a send, `at_once` of them in one turn of the loop."""
    numbers = count(1)
    begin = time.perf_counter()
    for _ in range(times):
        for _ in range(at_once):
            engine.submit(link.session, Send(id=next(numbers), to=to, text=TEXT))
        await _done(lambda: link.session.inflight == 0 and not link.session.running)
    return (time.perf_counter() - begin) / (times * at_once) * 1e6


async def _done(is_done: Callable[[], bool]) -> None:
    await asyncio.sleep(0)
    while not is_done():  # noqa: ASYNC110 - turns of the loop are what is measured
        await asyncio.sleep(0)


async def _store(rounds: int) -> dict[str, float]:
    """Rows through the writer thread, durable, on the disk of bench/results."""
    RESULTS.mkdir(exist_ok=True)
    costs = {}
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        store = SqliteStore(Path(folder))
        numbers = count()
        for size, calls in ((1, 1), (1, 256), (64, 16)):
            rows = [await _append(store, numbers, size, calls) for _ in range(rounds)]
            costs[f"store: a row, {size} a call, {calls} calls at once"] = median(rows)
        await store.close()
    return costs


async def _append(store: SqliteStore, numbers: "count[int]", size: int, calls: int) -> float:
    """Microseconds a row."""
    turns = max(1, 8192 // (size * calls)) if calls > 1 else 200
    batches = [[_draft(next(numbers)) for _ in range(size)] for _ in range(turns * calls)]
    begin = time.perf_counter()
    for start in range(0, len(batches), calls):
        await asyncio.gather(*map(store.log.append_many, batches[start : start + calls]))
    return (time.perf_counter() - begin) / (len(batches) * size) * 1e6


def _draft(number: int) -> Draft:
    conversation = f"c{number % CONVERSATIONS:032d}"
    return Draft(conversation, Kind.MESSAGE, "u" * 33, "alice", number, CONTENT, f"{number:032d}")
