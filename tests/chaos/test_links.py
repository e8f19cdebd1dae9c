"""The server is killed while a crowd comes in by a link. The link lets in as many as it says, and has counted them."""

import asyncio
import random
import signal
import sqlite3
from pathlib import Path

import pytest

from teahouse.backends.sqlite.store import FILE
from tests.app.server import Server, serving
from tests.chaos.test_kill import KILLS, SEED
from tests.support.lines import LineClient, Refused, port_of

pytestmark = [pytest.mark.service, pytest.mark.slow]

USES = 12
CROWD = 40


async def come_in(port: int, nick: str, link: str) -> str:
    """`in`, a code, or `lost` when the server went away."""
    try:
        client = await LineClient.guest(port, nick)
        await client.ask("join", link=link)
    except Refused as refused:
        return refused.code
    except OSError:
        return "lost"
    return "in"


async def owner_of(port: int) -> tuple[LineClient, str, str]:
    owner = await LineClient.guest(port, "owner")
    group = (await owner.ask("create", kind="group", title="Tea"))["conversation"]
    link = (await owner.ask("link", conversation=group, uses=USES))["token"]
    return owner, group, link


async def kill(server: Server, delay: float) -> None:
    await asyncio.sleep(delay)
    server.process.send_signal(signal.SIGKILL)


async def storm(port: int, link: str, names: str, kill: "asyncio.Future[None]") -> list[str]:
    """A crowd that comes at once; `kill` is done by somebody meanwhile."""
    crowd = [asyncio.create_task(come_in(port, f"{names}{n}", link)) for n in range(CROWD)]
    await kill
    return await asyncio.gather(*crowd)


async def test_a_link_lets_in_as_many_as_it_says_whatever_is_killed(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    data = tmp_path / "data"
    for round_ in range(KILLS):
        with serving(tmp_path, "--data", str(data), "--limits", "off") as server:
            port = port_of(server.ready["tcp"])
            _owner, group, link = await owner_of(port)

            killed = asyncio.ensure_future(kill(server, rng.uniform(0, 0.25)))
            outcomes = await storm(port, link, f"a{round_}-", killed)
        with serving(tmp_path, "--data", str(data), "--limits", "off") as server:
            port = port_of(server.ready["tcp"])
            idle: asyncio.Future[None] = asyncio.ensure_future(asyncio.sleep(0))
            outcomes += await storm(port, link, f"b{round_}-", idle)
        acknowledged = outcomes.count("in")
        with sqlite3.connect(data / FILE) as database:
            (used,) = database.execute("SELECT used FROM link WHERE conversation = ?", (group,)).fetchone()
            (members,) = database.execute(
                "SELECT count(*) FROM member WHERE conversation = ?", (group,)
            ).fetchone()
        assert used == members - 1 == USES, f"SEED={SEED}"
        assert acknowledged <= USES, f"SEED={SEED}"
