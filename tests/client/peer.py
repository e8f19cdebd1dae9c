"""A scripted peer: just enough of a server for the client to be led through bad days.

It answers hello, ping, conversations and sends like the real one; `on` replaces any answer; `say` tells events.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

Frame = dict[str, Any]
Answer = Callable[[Frame], Awaitable[Frame | None] | Frame | None]
"""Given a command: what to send back without `re`, or None for silence."""


def message(seq: int, text: str = "hi", **more: Any) -> Frame:
    sender = {"id": "u2", "nick": "bob"}
    return {
        "ev": "message",
        "conversation": "lobby",
        "seq": seq,
        "message": f"lobby.{seq}",
        "sender": sender,
        "at": 1000 + seq,
        "body": {"type": "text", "text": text},
        **more,
    }


class Peer:
    """`heard` are all commands, in order. `head` is the last seq of the lobby."""

    def __init__(self) -> None:
        self.heard: list[Frame] = []
        self.head = 0
        self.port = 0
        self._answers: dict[str, Answer] = {}
        self._cids: dict[str, int] = {}
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Lose all connections."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def on(self, op: str, answer: Answer) -> None:
        self._answers[op] = answer

    def say(self, *frames: Frame) -> None:
        for frame in frames:
            self._writers[-1].write(json.dumps(frame).encode() + b"\n")

    def ops(self, op: str) -> list[Frame]:
        return [frame for frame in self.heard if frame["op"] == op]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        while line := await reader.readline():
            command = json.loads(line)
            self.heard.append(command)
            answer = self._answers.get(command["op"], self._usual)(command)
            if isinstance(answer, Awaitable):
                answer = await answer
            if answer is not None and "id" in command and not writer.is_closing():
                writer.write(json.dumps({"re": command["id"], **answer}).encode() + b"\n")

    def _usual(self, command: Frame) -> Frame | None:
        match command["op"]:
            case "hello":
                user = {"id": "u1", "nick": command["nick"]}
                welcome = {
                    "user": user,
                    "session": "s1",
                    "heartbeat_s": 30,
                    "server": "peer",
                    "lobby": "lobby",
                }
                return {"ok": {**welcome, "resume": "secret"}}
            case "ping":
                return {"ok": {"at": 1}}
            case "conversations":
                lobby = {"conversation": "lobby", "kind": "room", "title": "Lobby", "last_seq": self.head}
                return {"ok": {"conversations": [lobby]}}
            case "send":
                return self.store(command)
            case "history":
                return {"ok": {"entries": [], "more": False}}
        return {"error": {"code": "unknown_op", "message": "not in this play"}}

    def store(self, command: Frame) -> Frame:
        duplicate = command["cid"] in self._cids
        if not duplicate:
            self.head += 1
            self._cids[command["cid"]] = self.head
        seq = self._cids[command["cid"]]
        sent = {
            "conversation": "lobby",
            "seq": seq,
            "message": f"lobby.{seq}",
            "at": 1,
            "duplicate": duplicate,
        }
        return {"ok": sent}
