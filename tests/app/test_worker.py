"""`teahouse worker`: a real server, a real RabbitMQ, and a worker between them and the push services."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.app.server import TEAHOUSE, Server, environment, teahouse
from tests.app.test_push import Somebody, ringing, served, variables
from tests.support.push_services import PushServices
from tests.support.rabbit import Rabbit, running

pytestmark = [pytest.mark.service, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbit]:
    with running(tmp_path_factory.mktemp("rabbitmq")) as rabbit:
        yield rabbit


def by_rabbit(rabbit: Rabbit, **more: str) -> dict[str, str]:
    return {"TEAHOUSE_JOBS_KIND": "rabbitmq", "TEAHOUSE_JOBS_URL": rabbit.url, **more}


@contextmanager
def working(place: Path, services: PushServices, rabbit: Rabbit) -> Iterator[Server]:
    log = place / "worker.log"
    with (
        log.open("a") as stderr,
        subprocess.Popen(
            [*TEAHOUSE, "worker"],
            cwd=place,
            env=environment(**variables(services, **by_rabbit(rabbit))),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        try:
            yield Server(process, log)
        finally:
            process.kill()


async def test_a_worker_calls_and_the_server_writes(tmp_path: Path, rabbit: Rabbit) -> None:
    """Also when the worker is killed while it calls: the next one does."""
    await rabbit.ready()
    async with ringing(tmp_path) as (services, place):
        with ExitStack() as stack:
            more = by_rabbit(rabbit, TEAHOUSE_JOBS_WORKER="false")
            server = await served(stack, place, services, **more)
            worker = await asyncio.to_thread(stack.enter_context, working(place, services, rabbit))
            assert worker.ready == {"ready": True}
            alice, bob = await Somebody(server).register("alice"), await Somebody(server).register("bob")
            await bob.wake(services)
            await alice.send("@bob", "tea?")
            assert len(await services.wait(3)) == 3
            services.faults = {"/wpush/": ["hang"], "/v1/": ["hang"], "/3/": ["hang"]}
            tried = asyncio.create_task(bob.http.post("/users/me/push/test", json={}, timeout=30))
            await asyncio.sleep(0.5)
            worker.process.kill()
            services.faults.clear()
            services.pushed.clear()
            second = await asyncio.to_thread(stack.enter_context, working(place, services, rabbit))
            assert second.ready == {"ready": True}
            assert [one["sent"] for one in (await tried).json()["devices"]] == [True] * 3
            services.gone.add("an-android-phone:1")
            tried = (await bob.http.post("/users/me/push/test", json={}, timeout=30)).json()["devices"]
            assert len((await bob.http.get("/users/me/push")).json()["devices"]) == 2  # forgotten here
            assert second.stop(signal.SIGTERM) == 0
            assert '"calls": 6' in second.log.replace('"calls":6', '"calls": 6')
            for secret in ("guest:guest", "an-android-phone", "tea?", "cd" * 32):
                assert secret not in server.log + second.log


async def test_what_cannot_be(tmp_path: Path, rabbit: Rabbit) -> None:
    """One sentence each, and no start."""
    alone = teahouse("worker", cwd=tmp_path)
    assert alone.returncode == 1
    assert "with jobs.kind = store the server does its jobs itself" in alone.stderr
    keyless = teahouse("worker", cwd=tmp_path, **by_rabbit(rabbit))
    assert keyless.returncode == 1
    assert "the key that browsers subscribed with is missing" in keyless.stderr
    nobody = teahouse("serve", cwd=tmp_path, TEAHOUSE_JOBS_WORKER="false")
    assert nobody.returncode == 2
    assert "jobs.worker = false leaves work to another process" in nobody.stderr
    shown = teahouse("config", "--json", cwd=tmp_path, **by_rabbit(rabbit))
    assert "guest:guest" not in shown.stdout
    assert json.loads(shown.stdout)["settings"]["jobs"]["kind"] == "rabbitmq"


async def test_a_server_starts_and_chats_while_rabbitmq_is_away(tmp_path: Path) -> None:
    async with ringing(tmp_path) as (services, place):
        with ExitStack() as stack:
            more = {"TEAHOUSE_JOBS_KIND": "rabbitmq", "TEAHOUSE_JOBS_URL": "amqp://eve:pass@127.0.0.1:1/"}
            server = await served(stack, place, services, **more)
            alice = await Somebody(server).register("alice")
            assert (await alice.send("lobby", "tea?"))["seq"] >= 1
            await asyncio.sleep(0.5)
            assert "RabbitMQ is away" in server.log
            assert "Traceback" not in server.log
            assert "eve:pass" not in server.log
            assert await asyncio.to_thread(server.stop) == 0
