"""Jobs: how many a second are put and done on SQLite, and whether a dead push service holds up who sends.

First, in this process: a store on disk, the engine's own worker, and producers that put one job each as a message does,
all at once, until every job is done. Half of what happens to a job is three commits, shared with others (0002).

Second, two servers in turn (A B B A ...), many short windows each; the one that is not measured is stopped: so what
else the machine does hits both. For one of them 10,000 notifications wait for a service that takes connections and
never answers: they are tried, and put off, while it is measured. The medians of the windows' p99 are compared.
"""

import asyncio
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.bare_jobs import bare_jobs
from bench.playing import ROOT, check, load
from bench.served import line_of
from bench.verdict import RESULTS, Verdict, tell
from teahouse.backends.clock import SystemClock
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.tally import Tally
from teahouse.engine.told import Told, service_of
from teahouse.engine.worker import Worker
from teahouse.model.jobs import Job

RATE_GOAL = 5000.0
PRODUCERS = 256
EACH = 100
WAITING = 10_000
SENDS = 500
USERS = 100
MIN_WINDOWS = 24
SHORTEST_S = 1.5
P99_GOAL = 1.10
PASSWORD = "a long enough password"


def jobs(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    return all([_throughput(rounds), _beside_a_dead_service(rounds, seconds)])


def _throughput(rounds: int) -> bool:
    """In turn with the bare loop: a disk differs from hour to hour."""
    runs, floors = [], []
    for _ in range(rounds):
        floors.append(bare_jobs(RESULTS, PRODUCERS * EACH))
        runs.append(asyncio.run(_put_and_do()))
    rate, put, floor = median(run[0] for run in runs), median(run[1] for run in runs), median(floors)
    return tell(
        Verdict(
            "jobs",
            f"{PRODUCERS * EACH:,} jobs put one by one and done, SQLite",
            rate,
            RATE_GOAL,
            at_most=False,
            unit="/s",
            seen={
                "put/s, while others are done": put,
                "slowest round/s": min(run[0] for run in runs),
                "a bare loop of SQLite/s": floor,
                "ratio to it": rate / floor,
            },
        )
    )


async def _put_and_do() -> tuple[float, float]:
    """Jobs done a second, and put a second, from the first put on."""
    total, done = PRODUCERS * EACH, 0

    async def do(job: Job) -> None:
        nonlocal done
        done += 1

    with tempfile.TemporaryDirectory(dir=RESULTS) as data:
        store = SqliteStore(Path(data))
        worker = Worker(store.jobs, SystemClock(), 8, {"tea": do}, Tally())
        worker.start()

        async def produce(number: int) -> None:
            for count in range(EACH):
                await store.jobs.put([Job("tea", f"tea:{number}:{count}", 0)])
                worker.poke(0)

        begun = time.perf_counter()
        await asyncio.gather(*(produce(number) for number in range(PRODUCERS)))
        put_s = time.perf_counter() - begun
        while await store.jobs.due() is not None:  # noqa: ASYNC110 - asked seldom, and it is measured
            await asyncio.sleep(0.01)
        done_s = time.perf_counter() - begun
        await worker.stop()
        await store.close()
    if done != total:
        raise AssertionError(f"{done} of {total} jobs were done")
    return total / done_s, total / put_s


def _beside_a_dead_service(rounds: int, seconds: float) -> bool:
    """Two servers on the same machine and disk; while one is measured, the other is stopped."""
    windows = max(2 * rounds, MIN_WINDOWS)
    span = max(seconds / 4, SHORTEST_S)
    runs: dict[str, list[dict[str, Any]]] = {"none": [], "waiting": []}
    with tempfile.TemporaryDirectory(dir=RESULTS) as place, _dead_service() as port, ExitStack() as stack:
        seed = Path(place) / "seed"
        _register(seed, port)
        servers = {name: _prepared(stack, seed, Path(place) / name, name == "waiting") for name in runs}
        for number in range(windows):
            for name in list(runs) if number % 2 else list(reversed(runs)):
                runs[name].append(servers[name].measure(span))
        for server in servers.values():
            server.end()
        tried = asyncio.run(_tried(Path(place) / "waiting"))
    before, during = _p99(runs["none"]), _p99(runs["waiting"])
    every = [*runs["none"], *runs["waiting"]]
    return tell(
        Verdict(
            "jobs",
            f"{SENDS} sends/s: p99 of the sender's wait, {WAITING:,} jobs for a dead push service / none",
            during / before,
            P99_GOAL,
            at_most=True,
            unit="x",
            seen={
                **{f"{name}, p50 ms": _median(of, "p50") for name, of in runs.items()},
                **{f"{name}, p99 ms": _median(of, "p99") for name, of in runs.items()},
                **{f"{name}, p99 ms of each window": _each(of) for name, of in runs.items()},
                "jobs tried meanwhile": tried,
                "checked": next((check(run) for run in every if not run["ok"]), "ok"),
            },
        )
    )


class _Measured:
    """A server that runs only while it is measured."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        ready = json.loads(line_of(process))
        self._target = ready["http"].replace("http", "ws", 1) + "/ws"
        load("direct", users=USERS, rate=SENDS, seconds=1, target=self._target)  # warm
        process.send_signal(signal.SIGSTOP)

    def measure(self, seconds: float) -> dict[str, Any]:
        self._process.send_signal(signal.SIGCONT)
        run = load("direct", users=USERS, rate=SENDS, seconds=seconds, target=self._target)
        self._process.send_signal(signal.SIGSTOP)
        return run

    def end(self) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        self._process.wait()


def _prepared(stack: ExitStack, seed: Path, data: Path, waits: bool) -> _Measured:
    shutil.copytree(seed, data)
    if waits:
        asyncio.run(_fill(data))
    return _Measured(stack.enter_context(_started(data)))


def _median(runs: list[dict[str, Any]], which: str) -> float:
    return median(run["answer_ms"][which] for run in runs)


def _each(runs: list[dict[str, Any]]) -> str:
    return " ".join(f"{run['answer_ms']['p99']:.1f}" for run in runs)


def _p99(runs: list[dict[str, Any]]) -> float:
    return _median(runs, "p99")


@contextmanager
def _dead_service() -> Iterator[int]:
    """The port of one that takes connections, as the kernel does for it, and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def _started(data: Path) -> "Iterator[subprocess.Popen[str]]":
    ports = ("--http-port", "0", "--tcp-port", "0", "--xmpp-port", "0")
    command = [sys.executable, "-m", "teahouse", "serve", "--limits", "off", "--data", str(data), *ports]
    wanted = {
        "TEAHOUSE_PUSH_ALLOW_PRIVATE": "true",
        "TEAHOUSE_PUSH_TIMEOUT_S": "1",
        "TEAHOUSE_IDENTITY_REGISTRATION": "open",
    }
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **wanted},
    ) as started:
        try:
            yield started
        finally:
            started.send_signal(signal.SIGCONT)
            started.terminate()


def _register(data: Path, port: int) -> None:
    """One who has a browser of the dead service, and one who wrote to them."""
    with _started(data) as process:
        ready = json.loads(line_of(process))
        url = f"{ready['http']}/api/v1"
        bob, alice = (
            _post(f"{url}/auth/register", "", user=name, password=PASSWORD)["access_token"]
            for name in ("bob", "alice")
        )
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _base64(point), "auth": _base64(bytes(16))}
        endpoint = f"https://127.0.0.1:{port}/wpush/1"
        _post(f"{url}/users/me/push", bob, kind="webpush", endpoint=endpoint, keys=keys)
        _post(f"{url}/conversations/@bob/messages", alice, text="tea?")


def _post(url: str, bearer: str, **body: object) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - our own
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        found: dict[str, Any] = json.loads(answer.read())
    return found


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


async def _fill(data: Path) -> None:
    """Jobs as the server makes them, one a message that bob has not read."""
    store = SqliteStore(data)
    (bob,) = await store.push_devices.holders("", 9)
    (device,) = (await store.push_devices.of([bob]))[bob]
    (place,) = await store.directory.memberships(bob)
    told = msgspec.json.encode(Told(bob, device.id, service=service_of(device)))
    made = [
        Job("notify", f"notify:{device.id}:{n}", 0, told, conversation=place, seq=1) for n in range(WAITING)
    ]
    await store.jobs.put(made)
    await store.close()


async def _tried(data: Path) -> float:
    """How many of the jobs were taken."""
    store = SqliteStore(data)
    rows = await store._readers.query("SELECT count(*) FROM job WHERE kind = 'notify' AND attempt > 0")
    await store.close()
    return float(rows[0][0])
