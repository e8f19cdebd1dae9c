"""The server is killed again and again while people talk. What was acknowledged is there, once, and was heard once.

KILLS says how often (3 by itself, 50 in `make chaos`), SEED repeats a run's moments.
"""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import Server, serving
from tests.support.lines import LineClient, port_of

pytestmark = [pytest.mark.service, pytest.mark.slow]

KILLS = int(os.environ.get("KILLS", "3"))
SEED = int(os.environ.get("SEED", random.randrange(2**32)))
NICKS = ("romeo", "juliet", "nurse", "friar", "tybalt", "prince")
IN_FLIGHT = 20


class Survivor:
    """A client that outlives the server: it comes back with its cursors and repeats what was not answered."""

    def __init__(self, nick: str) -> None:
        self.nick = nick
        self.resume: str | None = None
        self.cursors = {"lobby": 0}
        self.unanswered: dict[str, str] = {}
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.heard: dict[tuple[str, int], str] = {}
        self._numbers = count()

    async def meet(self, port: int) -> LineClient:
        client = await LineClient.connect(port)
        hello: dict[str, Any] = {"nick": self.nick, "cursors": self.cursors}
        if self.resume is not None:
            hello["resume"] = self.resume
        self.resume = (await client.ask("hello", **hello))["resume"]
        return client

    async def talk(self, port: int, quiet: asyncio.Event) -> None:
        """Come back, repeat what was not answered, and talk until it is to be quiet and all is answered, or the
        server is gone."""
        try:
            client = await self.meet(port)
            for cid in self.unanswered:
                self._send(client, cid)
            for frame in client.events:
                self.hear(frame)
            while not (quiet.is_set() and not self.unanswered):
                while not quiet.is_set() and len(self.unanswered) < IN_FLIGHT:
                    self._say_something(client)
                self.hear(await client.line())
            client.close()
        except OSError:
            return

    async def listen(self, port: int, conversation: str, head: int) -> None:
        """Hear what others said after one had stopped listening."""
        client = await self.meet(port)
        for frame in client.events:
            self.hear(frame)
        while self.cursors[conversation] < head:
            self.hear(await client.line())
        client.close()

    def _say_something(self, client: LineClient) -> None:
        number = next(self._numbers)
        cid = f"{self.nick}-{number}"
        self.unanswered[cid] = list(self.cursors)[number % len(self.cursors)]
        self._send(client, cid)

    def _send(self, client: LineClient, cid: str) -> None:
        client.say("send", id=cid, cid=cid, to=self.unanswered[cid], text=cid)

    def hear(self, frame: dict[str, Any]) -> None:
        if "ok" in frame:
            ok, cid = frame["ok"], frame["re"]
            del self.unanswered[cid]
            self.acknowledged[cid] = ok["conversation"], ok["seq"]
            if not ok["duplicate"]:
                self._place(ok["conversation"], ok["seq"], cid)
        elif "seq" in frame:
            text = frame["body"]["text"] if frame["ev"] == "message" else frame["ev"]
            self._place(frame["conversation"], frame["seq"], text)
        else:
            assert frame.get("ev") in ("presence", "typing", "receipt"), frame

    def _place(self, conversation: str, seq: int, text: str) -> None:
        last = self.cursors[conversation]
        assert seq == last + 1, f"{self.nick} was told of {seq} after {last}"
        self.cursors[conversation] = seq
        self.heard[conversation, seq] = text


@asynccontextmanager
async def talking(survivors: list[Survivor], server: Server) -> AsyncIterator[asyncio.Event]:
    """Everybody talks; at the end, until the server is gone or, once `quiet` is set, all is answered."""
    quiet = asyncio.Event()
    port = port_of(server.ready["tcp"])
    async with asyncio.TaskGroup() as group:
        for survivor in survivors:
            group.create_task(survivor.talk(port, quiet))
        yield quiet


async def open_group(survivors: list[Survivor], port: int) -> str:
    """Everybody meets for the first time, in a group, too."""
    clients = [await survivor.meet(port) for survivor in survivors]
    others = [f"@{nick}" for nick in NICKS[1:]]
    made = await clients[0].ask("create", kind="group", title="Verona", members=others)
    for survivor, client in zip(survivors, clients, strict=True):
        survivor.cursors[made["conversation"]] = 1
        client.close()
    conversation: str = made["conversation"]
    return conversation


@pytest.mark.timeout(60 + 20 * KILLS)
async def test_what_was_acknowledged_survives_every_kill_once(tmp_path: Path) -> None:
    print(f"KILLS={KILLS} SEED={SEED}")
    moments = random.Random(SEED)
    survivors = [Survivor(nick) for nick in NICKS]
    with serving(tmp_path, "--limits", "off") as server:
        group = await open_group(survivors, port_of(server.ready["tcp"]))
        server.stop(signal.SIGKILL)
    for _ in range(KILLS):
        with serving(tmp_path, "--limits", "off") as server:
            async with talking(survivors, server):
                await asyncio.sleep(moments.uniform(0.01, 0.8))
                server.process.kill()
    with serving(tmp_path, "--limits", "off") as server:
        async with talking(survivors, server) as quiet:
            await asyncio.sleep(0.3)
            quiet.set()
        for conversation in ("lobby", group):
            await check(survivors, conversation, server)


async def check(survivors: list[Survivor], conversation: str, server: Server) -> None:
    """The log against what each client was told, live or on coming back."""
    port = port_of(server.ready["tcp"])
    reader = await survivors[0].meet(port)
    entries = await reader.history(conversation)
    reader.close()
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    texts = {entry["seq"]: entry["body"]["text"] for entry in entries if entry["ev"] == "message"}
    assert len(set(texts.values())) == len(texts), "a message is there twice"
    for survivor in survivors:
        await survivor.listen(port, conversation, len(entries))
        assert survivor.unanswered == {}
        assert len(survivor.acknowledged) > 0
        for cid, (where, seq) in survivor.acknowledged.items():
            if where == conversation:
                assert texts[seq] == cid
        heard = {seq: text for (where, seq), text in survivor.heard.items() if where == conversation}
        assert {seq: text for seq, text in heard.items() if seq in texts} == texts
    print(f"{conversation}: {len(entries)} entries")
