"""Jobs: how many a second are put and done on SQLite, and whether a dead push service holds up who sends.

First, in this process: a store on disk, the engine's own worker, and producers that put one job each as a message does,
all at once, until every job is done. Half of what happens to a job is three commits, shared with others (0002).

Second, servers in turn (A B A B ...): in every other one, 10,000 notifications wait for a service that takes
connections and never answers. Each is a fresh start, so that they are tried, and put off, while it is measured.
"""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

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
P99_GOAL = 1.10
PASSWORD = "a long enough password"


def jobs(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    return all([_throughput(rounds), _beside_a_dead_service(rounds, seconds)])


def _throughput(rounds: int) -> bool:
    runs = [asyncio.run(_put_and_do()) for _ in range(rounds)]
    rate, put = median(run[0] for run in runs), median(run[1] for run in runs)
    return tell(
        Verdict(
            "jobs",
            f"{PRODUCERS * EACH:,} jobs put one by one and done, SQLite",
            rate,
            RATE_GOAL,
            at_most=False,
            unit="/s",
            seen={"put/s, while others are done": put, "slowest round/s": min(run[0] for run in runs)},
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
    quiet: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []
    tried: list[float] = []
    with tempfile.TemporaryDirectory(dir=RESULTS) as place, _dead_service() as port:
        data = Path(place) / "seed"
        _register(data, port)
        for number in range(2 * max(rounds, 2)):
            waits = bool(number % 2)
            used = Path(place) / "used"
            shutil.copytree(data, used)
            if waits:
                asyncio.run(_fill(used))
            with _server(used) as ready:
                target = ready["http"].replace("http", "ws", 1) + "/ws"
                load("direct", users=USERS, rate=SENDS, seconds=1, target=target)  # warm
                run = load("direct", users=USERS, rate=SENDS, seconds=seconds, target=target)
            (beside if waits else quiet).append(run)
            if waits:
                tried.append(asyncio.run(_tried(used)))
            shutil.rmtree(used)
    before, during = _p99(quiet), _p99(beside)
    return tell(
        Verdict(
            "jobs",
            f"{SENDS} sends/s: p99 of the sender's wait, {WAITING:,} jobs for a dead push service / none",
            during / before,
            P99_GOAL,
            at_most=True,
            unit="x",
            seen={
                "none, p50 ms": median(run["answer_ms"]["p50"] for run in quiet),
                "none, p99 ms": before,
                "none, p99 ms of each round": " ".join(f"{run['answer_ms']['p99']:.1f}" for run in quiet),
                "waiting, p50 ms": median(run["answer_ms"]["p50"] for run in beside),
                "waiting, p99 ms": during,
                "waiting, p99 ms of each round": " ".join(f"{run['answer_ms']['p99']:.1f}" for run in beside),
                "jobs tried meanwhile": median(tried),
                "checked": next((check(run) for run in (*quiet, *beside) if not run["ok"]), "ok"),
            },
        )
    )


def _p99(runs: list[dict[str, Any]]) -> float:
    return median(run["answer_ms"]["p99"] for run in runs)


@contextmanager
def _dead_service() -> Iterator[int]:
    """The port of one that takes connections, as the kernel does for it, and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def _server(data: Path) -> Iterator[dict[str, Any]]:
    ports = ("--http-port", "0", "--tcp-port", "0")
    command = [sys.executable, "-m", "teahouse", "serve", "--limits", "off", "--data", str(data), *ports]
    wanted = {
        "TEAHOUSE_PUSH_ALLOW_PRIVATE": "true",
        "TEAHOUSE_PUSH_TIMEOUT_S": "1",
        "TEAHOUSE_IDENTITY_REGISTRATION": "open",
    }
    environment = {"PATH": "/usr/bin:/bin", **wanted}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as started:
        try:
            yield json.loads(line_of(started))
        finally:
            started.terminate()


def _register(data: Path, port: int) -> None:
    """One who has a browser of the dead service, and one who wrote to them."""
    with _server(data) as ready:
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
