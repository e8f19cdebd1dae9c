"""`teahouse serve` and `teahouse mongo` with the history in MongoDB."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.app.server import serving, teahouse
from tests.support.lines import LineClient, Refused, port_of
from tests.support.mongo import URL, Mongo, shared

pytestmark = [pytest.mark.service, pytest.mark.timeout(120)]


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


async def refused(bob: LineClient, group: str) -> bool:
    try:
        await bob.ask("send", to=group, text="tea", cid="2")
    except Refused:
        return True
    return False


async def test_a_chat_goes_on_when_mongodb_is_back(tmp_path: Path, mongo: Mongo) -> None:
    """Killed, it answers `unavailable`; started again, nobody has to do anything."""
    await mongo.ready()
    with serving(tmp_path, TEAHOUSE_MONGODB_URL=mongo.url, TEAHOUSE_MONGODB_TIMEOUT_S="1") as server:
        bob = await LineClient.guest(port_of(server.ready["tcp"]), "bob")
        group = (await bob.ask("create", kind="group", title="Tea"))["conversation"]
        sent = await bob.ask("send", to=group, text="今天天气", cid="1")
        await bob.ask("recall", conversation=group, seq=(await bob.ask("send", to=group, text="oh"))["seq"])
        mongo.kill()
        assert await bob.refused("send", to=group, text="tea", cid="2") == "unavailable"
        mongo.start()
        await mongo.ready()
        async with asyncio.timeout(20):
            while await refused(bob, group):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        entries = await bob.history(group)
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
        assert entries[-1]["cid"] == "2"
        hits = (await bob.ask("search", query="天气"))["hits"]
        assert [hit["entry"]["seq"] for hit in hits] == [sent["seq"]]


def test_a_mongodb_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    url = "mongodb://127.0.0.1:1/?directConnection=true"
    ended = teahouse("serve", cwd=tmp_path, TEAHOUSE_MONGODB_URL=url, TEAHOUSE_MONGODB_TIMEOUT_S="0.5")
    assert ended.returncode == 1
    assert "MongoDB" in ended.stderr and "Traceback" not in ended.stderr


async def test_init(tmp_path: Path) -> None:
    """--dry-run shows what it would do; it may be done twice."""
    mongo = shared()
    await mongo.ready()
    settings = {"TEAHOUSE_MONGODB_URL": mongo.url, "TEAHOUSE_MONGODB_DATABASE": f"test-{uuid4().hex}"}
    shown = teahouse("mongo", "init", "--dry-run", cwd=tmp_path, **settings)
    assert shown.returncode == 0, shown.stderr
    assert '{"create": "entries"' in shown.stdout and "done" not in shown.stdout
    for verb in ("create", "collMod"):
        done = teahouse("mongo", "init", cwd=tmp_path, **settings)
        assert done.returncode == 0, done.stderr
        assert f'{{"{verb}": "entries"' in done.stdout
        assert "done: 6 commands" in done.stdout


def test_init_without_a_url_says_what_to_set(tmp_path: Path) -> None:
    ended = teahouse("mongo", "init", cwd=tmp_path)
    assert ended.returncode == 2
    assert "mongodb.url" in ended.stderr
