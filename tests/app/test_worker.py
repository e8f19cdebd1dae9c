"""`teahouse worker`: a real server, and workers between it and the world, by the data directory and by
RabbitMQ."""

import asyncio
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.app.server import TEAHOUSE, Server, environment, serving, teahouse
from tests.app.test_push import Somebody, ringing, served, variables
from tests.service.test_outgoing import LETTING, Alice
from tests.support.push_services import PushServices
from tests.support.rabbit import Rabbit, running
from tests.support.receiver import Receiver, receiver

pytestmark = [pytest.mark.service, pytest.mark.timeout(180)]

ROADS = ["data directory", "rabbitmq"]
ELSEWHERE = {"TEAHOUSE_JOBS_WORKER": "false"}


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbit]:
    with running(tmp_path_factory.mktemp("rabbitmq")) as rabbit:
        yield rabbit


@pytest.fixture(params=ROADS)
async def road(request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings, for both sides."""
    if request.param == "data directory":
        return ELSEWHERE
    rabbit: Rabbit = request.getfixturevalue("rabbit")
    await rabbit.ready()
    name = request.node.name.replace("[", "-").split("-")[0]
    return by_rabbit(rabbit, TEAHOUSE_JOBS_NAME=name, **ELSEWHERE)


def by_rabbit(rabbit: Rabbit, **more: str) -> dict[str, str]:
    return {"TEAHOUSE_JOBS_KIND": "rabbitmq", "TEAHOUSE_JOBS_URL": rabbit.url, **more}


@contextmanager
def working(place: Path, **given: str) -> Iterator[Server]:
    log = place / "worker.log"
    with (
        log.open("a") as stderr,
        subprocess.Popen(
            [*TEAHOUSE, "worker"],
            cwd=place,
            env=environment(**given),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        try:
            yield Server(process, log)
        finally:
            process.kill()


def pushing(services: PushServices, road: dict[str, str]) -> dict[str, str]:
    return variables(services, **road)


async def test_a_worker_calls_and_the_server_writes(tmp_path: Path, road: dict[str, str]) -> None:
    """Also when the worker is killed while it calls: the next one does."""
    async with ringing(tmp_path) as (services, place):
        with ExitStack() as stack:
            server = await served(stack, place, services, **road)
            worker = await asyncio.to_thread(stack.enter_context, working(place, **pushing(services, road)))
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
            second = await asyncio.to_thread(stack.enter_context, working(place, **pushing(services, road)))
            assert second.ready == {"ready": True}
            assert [one["sent"] for one in (await tried).json()["devices"]] == [True] * 3
            services.gone.add("an-android-phone:1")
            tried = (await bob.http.post("/users/me/push/test", json={}, timeout=30)).json()["devices"]
            assert len((await bob.http.get("/users/me/push")).json()["devices"]) == 2  # forgotten here
            assert second.stop(signal.SIGTERM) == 0
            assert '"calls": 6' in second.log.replace('"calls":6', '"calls": 6')
            for secret in ("guest:guest", "an-android-phone", "tea?", "cd" * 32):
                assert secret not in server.log + second.log


async def test_webhooks_while_workers_and_the_server_are_killed(tmp_path: Path, road: dict[str, str]) -> None:
    """Nothing is lost, and each conversation is told in its order. A repetition has the id of the first time."""
    given = LETTING | road | {"TEAHOUSE_OUTGOING_FIRST_PAUSE_S": "0.2", "TEAHOUSE_PUSH_ENABLED": "false"}
    said = 0
    async with receiver() as outside:
        outside.answer = b"thanks"
        with ExitStack() as stack:
            server = await asyncio.to_thread(
                stack.enter_context, serving(tmp_path, "--limits", "off", **given)
            )
            workers = [await _worker(stack, tmp_path, given) for _ in range(2)]
            alice = Alice(server)
            groups = [await asyncio.to_thread(alice.group) for _ in range(3)]
            for group in groups:
                await asyncio.to_thread(alice.webhook, group, outside.url)
            for number in range(4):
                said = await _say(alice, groups, said)
                workers.pop(0).process.kill()
                said = await _say(alice, groups, said)
                workers.append(await _worker(stack, tmp_path, given))
                if number == 1:
                    server.stop(signal.SIGKILL)
                    server = await asyncio.to_thread(
                        stack.enter_context, serving(tmp_path, "--limits", "off", **given)
                    )
                    alice = Alice(server, "/auth/login")
            for group in groups:
                await _told(outside, group, said)
        assert "Traceback" not in server.log + (tmp_path / "worker.log").read_text()


async def _worker(stack: ExitStack, place: Path, given: dict[str, str]) -> Server:
    worker = await asyncio.to_thread(stack.enter_context, working(place, **given))
    assert worker.ready == {"ready": True}
    return worker


async def _say(alice: Alice, groups: list[str], said: int) -> int:
    """Ten more in each group."""
    for number in range(said, said + 10):
        for group in groups:
            await asyncio.to_thread(alice.say, group, f"{number}")
    return said + 10


async def _told(outside: Receiver, group: str, count: int) -> None:
    """All of it, in order; what came again is known by its id."""
    wanted = [str(number) for number in range(count)]
    found: dict[str, str] = {}
    ends = time.monotonic() + 100
    while list(found.values()) != wanted and time.monotonic() < ends:
        await asyncio.sleep(0.1)
        heard = [one for one in outside.taken if one.event["conversation"] == group]
        found = {one.id: one.event["body"]["text"] for one in reversed(heard)}  # the first of each id stays
        found = dict(sorted(found.items(), key=lambda item: [one.id for one in heard].index(item[0])))
    assert list(found.values()) == wanted


async def test_without_a_worker_nothing_is_given_up(tmp_path: Path) -> None:
    """What waits for one is told when it comes. Of alerts the server tells itself, for they may be about that."""
    async with receiver() as outside, receiver() as operator:
        alerts = {
            "TEAHOUSE_ALERTS_WEBHOOK": operator.url,
            "TEAHOUSE_ALERTS_WEBHOOK_SECRET": "whs_x",
            "TEAHOUSE_ALERTS_EVERY_S": "0.2",
            "TEAHOUSE_ALERTS_GROUP_S": "0",
        }
        given = (
            LETTING | ELSEWHERE | alerts | {"TEAHOUSE_PUSH_ENABLED": "false", "TEAHOUSE_OUTGOING_TRIES": "1"}
        )
        with ExitStack() as stack:
            server = await asyncio.to_thread(stack.enter_context, serving(tmp_path, **given))
            alice = Alice(server)
            group = await asyncio.to_thread(alice.group)
            made = await asyncio.to_thread(alice.webhook, group, outside.url)
            await asyncio.to_thread(alice.say, group, "one")
            (alert,) = await operator.wait(1, seconds=30)
            (firing,) = json.loads(alert.body)["alerts"]
            assert (firing["rule"], firing["state"]) == ("workers", "firing")
            await _worker(stack, tmp_path, given)
            await outside.wait(1, seconds=30)
            _, over = await operator.wait(2, seconds=30)
            assert json.loads(over.body)["alerts"][0]["state"] == "over"
            row = alice.client.get(f"/conversations/{group}/outgoing-webhooks/{made['webhook']['id']}").json()
            assert (row["failing"], row["cause"]) == (0, "")


async def test_what_cannot_be(tmp_path: Path, rabbit: Rabbit) -> None:
    """One sentence each, and no start."""
    by_itself = teahouse("worker", cwd=tmp_path)
    assert by_itself.returncode == 1
    assert "with jobs.worker = true the server makes its calls itself" in by_itself.stderr
    alone = teahouse("worker", cwd=tmp_path, **ELSEWHERE)
    assert alone.returncode == 1
    assert "there is no data directory teahouse-data" in alone.stderr
    keyless = teahouse("worker", cwd=tmp_path, **by_rabbit(rabbit, **ELSEWHERE))
    assert keyless.returncode == 1
    assert "the key that browsers subscribed with is missing" in keyless.stderr
    nobody = teahouse("serve", cwd=tmp_path, TEAHOUSE_STORE_KIND="memory", **ELSEWHERE)
    assert nobody.returncode == 2
    assert "jobs.worker = false leaves calls to another process" in nobody.stderr
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
