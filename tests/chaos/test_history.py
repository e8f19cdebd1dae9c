"""The same as test_kill.py with the history in MongoDB, which is killed, too, by turns: what was acknowledged is there,
once, and what entries changed in the other store is as the entries say."""

import asyncio
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.server import serving
from tests.chaos.test_kill import NICKS, SEED, Survivor, check, open_group, talking
from tests.support.lines import port_of
from tests.support.mongo import URL, Mongo

pytestmark = [pytest.mark.service, pytest.mark.slow]

TURNS = int(os.environ.get("KILLS", "3"))


@pytest.fixture
def mongo(tmp_path: Path) -> Iterator[Mongo]:
    if URL in os.environ:
        pytest.skip("somebody else's MongoDB is not killed")
    directory = tmp_path / "mongo"
    directory.mkdir()
    mongo = Mongo(directory)
    mongo.start()
    yield mongo
    mongo.kill()


@pytest.mark.timeout(120 + 40 * TURNS)
async def test_what_was_acknowledged_survives_both(tmp_path: Path, mongo: Mongo) -> None:
    print(f"KILLS={TURNS} SEED={SEED}")
    moments = random.Random(SEED)
    survivors = [Survivor(nick) for nick in NICKS]
    settings = {"TEAHOUSE_MONGODB_URL": mongo.url, "TEAHOUSE_MONGODB_TIMEOUT_S": "2"}
    await mongo.ready()
    with serving(tmp_path, "--limits", "off", **settings) as server:
        group = await open_group(survivors, port_of(server.ready["tcp"]))
        server.stop(signal.SIGKILL)
    for _ in range(TURNS):
        with serving(tmp_path, "--limits", "off", **settings) as server:
            async with talking(survivors, server):
                await asyncio.sleep(moments.uniform(0.2, 0.8))
                mongo.kill()
                await asyncio.sleep(moments.uniform(0.01, 0.3))
                server.process.kill()
            mongo.start()
            await mongo.ready()
    with serving(tmp_path, "--limits", "off", **settings) as server:
        async with talking(survivors, server) as quiet:
            await asyncio.sleep(0.5)
            quiet.set()
        for conversation in ("lobby", group):
            await check(survivors, conversation, server)
        client = await survivors[0].meet(port_of(server.ready["tcp"]))
        members = (await client.ask("members", conversation=group))["members"]
        assert len(members) == len(NICKS)
