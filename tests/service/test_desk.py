"""The desk on real servers that are killed: nobody who waits is forgotten."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.app.server import Server, serving, teahouse
from tests.support import mariadb, redis
from tests.support.lines import LineClient, port_of

pytestmark = pytest.mark.service

PASSWORD = "a long enough password"
Json = dict[str, Any]


def api(server: Server, token: str = "") -> httpx2.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx2.Client(base_url=f"{server.ready['http']}/api/v1", headers=headers, timeout=20)


def done(answer: httpx2.Response) -> Json:
    assert answer.status_code in (200, 201), answer.text
    found: Json = answer.json()
    return found


def registered(server: Server, name: str) -> tuple[str, str]:
    """The id and the access token of a new account."""
    answer = done(api(server).post("/auth/register", json={"user": name, "password": PASSWORD}))
    return answer["user"]["id"], answer["access_token"]


def founded(server: Server, cwd: Path, agents: list[str], **variables: str) -> Json:
    """A team of these agents, whose timers are short."""
    root_is = ("user", "add", "root", "--admin", "--password-stdin")
    made = teahouse(*root_is, cwd=cwd, stdin=PASSWORD, **variables)
    assert made.returncode == 0, made.stderr
    login = done(api(server).post("/auth/login", json={"user": "root", "password": PASSWORD}))
    root = api(server, login["access_token"])
    team = done(root.post("/desk/teams", json={"name": "Tea"}))
    done(root.patch(f"/desk/teams/{team['id']}", json={"ring_s": 5, "reply_s": 5}))
    for agent in agents:
        done(root.put(f"/desk/agents/{agent}", json={"teams": [team["id"]]}))
    return team


async def until(
    ask: Callable[[], Awaitable[Json] | Json], wanted: Callable[[Json], bool], within_s: float = 20
) -> Json:
    """What is answered, once it is as wanted."""
    async with asyncio.timeout(within_s):
        while True:
            found = ask()
            answer = found if isinstance(found, dict) else await found
            if wanted(answer):
                return answer
            await asyncio.sleep(0.1)


async def present(server: Server, token: str) -> LineClient:
    """An agent who is connected and online."""
    done(api(server, token).put("/desk/me", json={"status": "online"}))
    client = await LineClient.connect(port_of(server.ready["tcp"]))
    await client.ask("hello", token=token)
    return client


async def test_a_server_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """In the middle of a ring: the timer runs on, and the ticket comes to somebody else."""
    with serving(tmp_path, "--limits", "off") as server:
        (alice, first), (bob, second) = registered(server, "alice"), registered(server, "bob")
        team = founded(server, tmp_path, [alice, bob])
        welcome = done(api(server).post("/desk/hello", json={"team": team["key"]}))
        _rung = await present(server, first)  # while it is kept, it is connected
        visitor = api(server, welcome["token"])
        path = f"/conversations/{welcome['conversation']}/messages"
        done(visitor.post(path, json={"text": "human"}))
        await until(lambda: done(visitor.get("/desk/matter")), lambda matter: matter["state"] == "ringing")
        server.stop(signal.SIGKILL)
    with serving(tmp_path, "--limits", "off") as server:
        listening = await present(server, second)
        agent, visitor = api(server, second), api(server, welcome["token"])
        tickets = await until(
            lambda: done(agent.get("/desk/tickets")), lambda found: found["tickets"][0]["agent"] == bob
        )
        (ticket,) = tickets["tickets"]
        event = await listening.event("desk", what="rung")
        assert (event["ticket"], event["agent"]) == (ticket["id"], bob)
        done(agent.post(f"/desk/tickets/{ticket['id']}/accept"))
        done(agent.post(path, json={"text": "Here I am"}))
        said = [e["body"]["text"] for e in done(visitor.get(path))["entries"] if e["ev"] == "message"]
        assert said[0] == "human" and said[-1] == "Here I am"


@pytest.mark.slow
async def test_a_node_dies_and_the_other_has_its_visitors(tmp_path: Path) -> None:
    """Two nodes on MariaDB and Redis. The agent of the one that is killed loses the ticket to one on the other."""
    for name in ("db", "redis", "a", "b"):
        (tmp_path / name).mkdir()
    with ExitStack() as stack:
        database = stack.enter_context(mariadb.running(tmp_path / "db"))
        broker = stack.enter_context(redis.running(tmp_path / "redis"))
        database.create("desk")
        shared = {
            "TEAHOUSE_STORE_KIND": "sql",
            "TEAHOUSE_SQL_URL": database.address("desk"),
            "TEAHOUSE_BROKER_KIND": "redis",
            "TEAHOUSE_REDIS_URL": broker.url,
            "TEAHOUSE_REDIS_ALIVE_S": "3",
            "TEAHOUSE_BLOBS_FOLDER": str(tmp_path / "files"),
        }
        servers = []
        for name in ("a", "b"):
            server = serving(tmp_path / name, "--limits", "off", "--node", name, **shared)
            servers.append(stack.enter_context(server))
            assert servers[-1].ready
        here, there = servers
        (alice, first), (bob, second) = registered(here, "alice"), registered(there, "bob")
        team = founded(here, tmp_path / "a", [alice, bob], TEAHOUSE_NODE_NAME="a", **shared)
        _alice = await present(there, first)
        welcomes = [done(api(here).post("/desk/hello", json={"team": team["key"]})) for _ in range(3)]
        for number, welcome in enumerate(welcomes):
            through = api(servers[number % 2], welcome["token"])
            done(through.post(f"/conversations/{welcome['conversation']}/messages", json={"text": "human"}))
        agent = api(there, first)
        await until(
            lambda: done(agent.get("/desk/tickets?state=ringing")), lambda found: len(found["tickets"]) == 3
        )
        for ticket in done(agent.get("/desk/tickets"))["tickets"]:
            done(agent.post(f"/desk/tickets/{ticket['id']}/accept"))
        there.stop(signal.SIGKILL)
        _bob = await present(here, second)
        agent = api(here, second)
        found = await until(
            lambda: done(agent.get(f"/desk/tickets?agent={bob}")),
            lambda found: len(found["tickets"]) == 3,
            40,
        )
        for ticket in found["tickets"]:
            if ticket["state"] == "ringing":
                done(agent.post(f"/desk/tickets/{ticket['id']}/accept"))
            kinds = [
                event["kind"] for event in done(agent.get(f"/desk/tickets/{ticket['id']}/events"))["events"]
            ]
            assert kinds.count("opened") == kinds.count("abandoned") == 1
            assert kinds.count("owned") == 2
