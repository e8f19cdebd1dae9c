"""A server moves from SQLite to MariaDB with MongoDB, to PostgreSQL with MongoDB, and back, while what moves it and
what it moves to are killed: people stay logged in, and are shown what they were shown before."""

import asyncio
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.archive import HISTORY
from tests.app.server import TEAHOUSE, Server, environment, serving, teahouse
from tests.support import mariadb, mongo, postgres
from tests.support.lines import LineClient, port_of
from tests.support.mongo import URL
from tests.support.rows import made

pytestmark = [pytest.mark.service, pytest.mark.timeout(300)]

MOVE_S = 120.0
FILLERS = 1200
"""Entries nobody asks for, so that there is a middle in which to kill."""

Json = dict[str, Any]


class Migration:
    """`teahouse migrate` from one settings file to another."""

    def __init__(self, place: Path, old: str, new: str) -> None:
        self._place = place
        self._files = ("--from", old, "--to", new)
        self._ledger = place / f"{old}-{new}.ledger"

    def begin(self) -> "subprocess.Popen[str]":
        command = [*TEAHOUSE, "migrate", *self._files, "--ledger", self._ledger.name]
        return subprocess.Popen(
            command,
            cwd=self._place,
            env=environment(),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def go_on(self) -> None:
        """To its end."""
        with self.begin() as process:
            said, complaints = process.communicate(timeout=MOVE_S)
        assert process.returncode == 0, complaints
        assert "moved and verified" in said

    def disturbed(self, times: int, disturb: "Callable[[subprocess.Popen[str]], None]") -> None:
        """So often, in the middle of the entries, and then to its end."""
        for _ in range(times):
            begun = self._noted()
            with self.begin() as process:
                while process.poll() is None and self._noted() in (begun, 0):
                    time.sleep(0.002)
                time.sleep(random.uniform(0, 0.1))
                disturb(process)
                process.communicate(timeout=MOVE_S)
        self.go_on()

    def _noted(self) -> int:
        """Another number whenever something of the entries was noted; 0 before."""
        if not self._ledger.exists() or '"entry"' not in self._ledger.read_text():
            return 0
        return self._ledger.stat().st_mtime_ns


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=MOVE_S) == -signal.SIGKILL, "it had ended before"


class People:
    """Two with accounts, and what they are shown."""

    def __init__(self) -> None:
        self.tokens: dict[str, Json] = {}
        self.group = ""
        self.file = ""

    def register(self, home: str) -> None:
        for name in ("ada", "bob"):
            account = {"user": name, "password": "a pot of oolong, twice"}
            self.tokens[name] = httpx2.post(f"{home}/auth/register", json=account).json()

    def headers(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[name]['access_token']}"}

    async def client(self, server: Server, name: str) -> LineClient:
        client = await LineClient.connect(port_of(server.ready["tcp"]))
        await client.ask("hello", token=self.tokens[name]["access_token"], device=name)
        return client

    async def talk(self, server: Server) -> None:
        home = f"{server.ready['http']}/api/v1"
        self.register(home)
        ada, bob = await self.client(server, "ada"), await self.client(server, "bob")
        made = await ada.ask("create", kind="group", title="Tea", members=["@bob"])
        self.group = made["conversation"]
        tea = await ada.ask("send", to=self.group, text="今天天气 oolong", cid="1")
        milk = await ada.ask("send", to=self.group, text="with milk")
        await bob.ask("read", conversation=self.group, seq=milk["seq"])
        await ada.ask("edit", conversation=self.group, seq=tea["seq"], text="今天天气 darjeeling")
        await ada.ask("recall", conversation=self.group, seq=milk["seq"])
        await ada.ask("react", conversation=self.group, seq=tea["seq"], emoji="🍵", on=True)
        await ada.ask("pin", conversation=self.group, seq=tea["seq"], on=True)
        await ada.ask("send", to=self.group, text="for @bob", thread=tea["seq"])
        sent = httpx2.post(
            f"{home}/files", params={"name": "茶.txt"}, content=b"leaves", headers=self.headers("ada")
        )
        self.file = sent.json()["id"]
        await ada.ask("send", to=self.group, body={"type": "file", "file": self.file})
        await ada.ask("send", to="@bob", text="between us")

    async def sees(self, server: Server, before: Json) -> None:
        """Bob is shown what he was shown, once it is indexed."""
        async with asyncio.timeout(20):
            while await self.picture(server) != before:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.2)

    async def whole_picture(self, server: Server) -> Json:
        """What bob is shown once it is indexed."""
        async with asyncio.timeout(20):
            while True:
                picture = await self.picture(server)
                if picture["found"]["us"] and picture["found"]["has:file"]:
                    return picture
                await asyncio.sleep(0.2)

    async def picture(self, server: Server) -> Json:
        bob = await self.client(server, "bob")
        home, headers = f"{server.ready['http']}/api/v1", self.headers("bob")
        synced = (await bob.ask("sync", cursors={}))["conversations"]
        threads = await bob.ask("history", conversation=self.group, thread=2, limit=9)
        found = {}
        for words in ("天气", "darjeeling", "oolong", "milk", "us", "has:file"):
            found[words] = (await bob.ask("search", query=words, limit=9))["hits"]
        return {
            "synced": synced,
            "history": await bob.history(self.group),
            "thread": threads["entries"],
            "found": found,
            "pins": httpx2.get(f"{home}/conversations/{self.group}/pins", headers=headers).json(),
            "file": httpx2.get(f"{home}/files/{self.file}", headers=headers).text,
        }


def settings(url: str = "", history: str = "", **fields: str) -> str:
    store = f'[store]\nkind = "sql"\n[sql]\nurl = "{url}"\n' if url else ""
    mongodb = f'[mongodb]\nurl = "{history}"\ndatabase = "{fields["database"]}"\n' if history else ""
    return f'data = "{fields["data"]}"\n[blobs]\nfolder = "files"\n{store}{mongodb}'


async def test_a_server_moves(tmp_path: Path) -> None:
    for name in ("mariadb", "postgres", "mongo"):
        (tmp_path / name).mkdir()
    people = People()
    (tmp_path / "one.toml").write_text(settings(data="one"))
    (tmp_path / "four.toml").write_text(settings(data="four"))
    with serving(tmp_path, "--config", "one.toml") as server:
        await people.talk(server)
        before = await people.whole_picture(server)
        assert server.stop() == 0
    assert [conversation["unread"] for conversation in before["synced"]] == [0, 2, 1]
    await fill(tmp_path / "one")
    with mongo.running(tmp_path / "mongo") as history, mariadb.running(tmp_path / "mariadb") as database:
        await history.ready()
        database.create("teahouse")
        two = settings(database.address(), history.url, data="two", database="tea-two")
        (tmp_path / "two.toml").write_text(two)
        Migration(tmp_path, "one.toml", "two.toml").disturbed(2, kill)
        refused = teahouse("migrate", "--from", "one.toml", "--to", "two.toml", "--ledger", "x", cwd=tmp_path)
        assert (refused.returncode, "not empty" in refused.stderr) == (1, True)
        with serving(tmp_path, "--config", "two.toml") as server:
            await people.sees(server, before)
            await goes_on(people, server)
            before = await people.picture(server)
            assert server.stop() == 0
        with postgres.running(tmp_path / "postgres") as other:
            other.create("teahouse")
            three = settings(other.address(), history.url, data="three", database="tea-three")
            (tmp_path / "three.toml").write_text(three)

            def restart(_: object) -> None:
                if URL not in os.environ:
                    history.kill()
                    history.start()

            Migration(tmp_path, "two.toml", "three.toml").disturbed(1, restart)
            Migration(tmp_path, "three.toml", "four.toml").go_on()
    with serving(tmp_path, "--config", "four.toml") as server:
        await people.sees(server, before)
        home = f"{server.ready['http']}/api/v1"
        refresh = {"refresh_token": people.tokens["ada"]["refresh_token"]}
        assert httpx2.post(f"{home}/auth/refresh", json=refresh).status_code == 200


async def fill(data: Path) -> None:
    """Another thousands of entries, of conversations nobody is in."""
    store = SqliteStore(data)
    kind = next(kind for kind in HISTORY if kind.name == "entry")
    await store.archive.put(kind, made(kind, FILLERS))
    await store.close()


async def goes_on(people: People, server: Server) -> None:
    """Keys are known, and seqs go on."""
    ada = await people.client(server, "ada")
    again = await ada.ask("send", to=people.group, text="今天天气 oolong", cid="1")
    assert (again["seq"], again["duplicate"]) == (2, True)
    last = (await ada.history(people.group))[-1]["seq"]
    assert (await ada.ask("send", to=people.group, text="and on"))["seq"] == last + 1
