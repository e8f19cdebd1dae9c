"""A plain client over TCP, for tests that meet the server as a stranger would: lines of JSON and nothing else."""

import asyncio
import json
from itertools import count
from typing import Any

Json = dict[str, Any]


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


class Refused(Exception):
    def __init__(self, error: Json) -> None:
        super().__init__(error)
        self.code: str = error["code"]


class LineClient:
    """One connection. `ask` waits for the answer; events that come meanwhile are kept in `events`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.events: list[Json] = []
        self._ids = count(1)

    @classmethod
    async def connect(cls, port: int) -> "LineClient":
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 22))

    @classmethod
    async def guest(cls, port: int, nick: str) -> "LineClient":
        client = await cls.connect(port)
        await client.ask("hello", nick=nick)
        return client

    def say(self, op: str, **fields: Any) -> None:
        self.writer.write(json.dumps({"op": op, **fields}).encode() + b"\n")

    async def line(self) -> Json:
        """The next frame; ConnectionError when there are no more."""
        async with asyncio.timeout(20):
            line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise ConnectionResetError("the server has closed the connection")
        frame: Json = json.loads(line)
        return frame

    async def ask(self, op: str, **fields: Any) -> Json:
        number = next(self._ids)
        self.say(op, id=number, **fields)
        while (frame := await self.line()).get("re") != number:
            self.events.append(frame)
        if "error" in frame:
            raise Refused(frame["error"])
        ok: Json = frame["ok"]
        return ok

    async def refused(self, op: str, **fields: Any) -> str:
        """The code a command is refused with."""
        try:
            ok = await self.ask(op, **fields)
        except Refused as refused:
            return refused.code
        raise AssertionError(f"{op} was not refused: {ok}")

    async def event(self, ev: str, **having: Any) -> Json:
        """The next event of this kind with these fields; those before it are dropped."""
        while True:
            frame = self.events.pop(0) if self.events else await self.line()
            if frame.get("ev") == ev and all(frame.get(name) == value for name, value in having.items()):
                return frame

    async def history(self, conversation: str) -> list[Json]:
        """All of it, from the first entry on."""
        entries: list[Json] = []
        more = True
        while more:
            after = entries[-1]["seq"] if entries else 0
            page = await self.ask("history", conversation=conversation, after=after, limit=200)
            entries += page["entries"]
            more = page["more"]
        return entries

    def close(self) -> None:
        self.writer.transport.abort()
