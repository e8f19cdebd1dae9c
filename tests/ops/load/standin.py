"""A stand-in for the server: the few commands the load generator uses, over TCP lines and WebSocket.

It can misbehave on purpose (`Faults`), to show that the generator notices.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from teahouse.ops.load.plan import Target

UPGRADED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)


def copies_always(_seq: int, _user: str) -> int:
    return 1


@dataclass
class Faults:
    """How many copies of an event a user gets; whether events go out in pairs, swapped; sends refused from a seq."""

    copies: Callable[[int, str], int] = copies_always
    swap: bool = False
    refuse_from: int = 1 << 60
    garbage: bool = False
    sent_away: int = 0


@dataclass
class Room:
    members: set[str] = field(default_factory=set)
    log: list[bytes] = field(default_factory=list)
    held: dict[str, bytes] = field(default_factory=dict)


class Standin:
    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.users: dict[str, str] = {}
        self.links: dict[str, Peer] = {}
        self.rooms: dict[str, Room] = {}

    def hello(self, peer: "Peer", nick: str, resume: str | None = None, cursors: Any = None, **_: Any) -> Any:
        peer.user = resume or f"u{nick}"
        self.users[nick] = peer.user
        self.links[peer.user] = peer
        missed = [event for room, seq in (cursors or {}).items() for event in self.rooms[room].log[seq:]]
        for event in missed:
            asyncio.get_running_loop().call_soon(peer.write, event)
        return {"user": {"id": peer.user, "nick": nick, "guest": True}, "session": "s", "resume": peer.user}

    def create(self, peer: "Peer", kind: str, title: str, **_: Any) -> Any:
        name = f"c{len(self.rooms)}"
        self.rooms[name] = Room({peer.user})
        self.append(name, "system", {"ev": "conversation"})
        return {"conversation": name, "seq": 1, "kind": kind, "title": title}

    def invite(self, peer: "Peer", conversation: str, users: list[str], **_: Any) -> Any:
        self.rooms[conversation].members.update(users)
        return {"seq": self.append(conversation, peer.user, {"ev": "member"})}

    def send(self, peer: "Peer", to: str, text: str, **_: Any) -> Any:
        if to[0] == "@":
            both = {peer.user, self.users[to[1:]]}
            to = "d" + "".join(sorted(both))
            self.rooms.setdefault(to, Room(both))
        seq = len(self.rooms[to].log) + 1
        if seq >= self.faults.refuse_from:
            raise PermissionError
        sender = {"id": peer.user, "nick": "x"}
        self.append(
            to, peer.user, {"ev": "message", "sender": sender, "body": {"type": "text", "text": text}}
        )
        return {"conversation": to, "seq": seq, "message": f"{to}.{seq}", "at": 0, "duplicate": False}

    def append(self, name: str, sender: str, content: dict[str, Any]) -> int:
        room = self.rooms[name]
        seq = len(room.log) + 1
        kind = content.pop("ev")
        head = {"ev": kind, "conversation": name, "seq": seq, "message": f"{name}.{seq}", "at": 0}
        event = json.dumps(head | content, separators=(",", ":")).encode()
        if self.faults.garbage and seq > 10:
            event = event.replace(b'"text":"', b'"text":7,"x":"')
        room.log.append(event)
        for user in room.members - {sender}:
            for _ in range(self.faults.copies(seq, user)):
                self.deliver(room, user, event)
        return seq

    def deliver(self, room: Room, user: str, event: bytes) -> None:
        if self.faults.swap and len(room.log) > 20:
            before = room.held.pop(user, None)
            if before is None:
                room.held[user] = event
                return
            self.links[user].write(event)
            event = before
        self.links[user].write(event)


class Peer(asyncio.Protocol):
    def __init__(self, standin: Standin) -> None:
        self.standin = standin
        self.user = ""
        self.websocket: bool | None = None
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.websocket is None:
            self.websocket = data.startswith(b"GET ")
            if self.websocket:
                self.buffer = b""
                self.transport.write(UPGRADED)
        for message in self.messages():
            self.command(json.loads(message))

    def messages(self) -> list[bytes]:
        if not self.websocket:
            *lines, self.buffer = self.buffer.split(b"\n")
            return lines
        found = []
        while len(self.buffer) >= 8:
            length, start = self.buffer[1] & 127, 6
            if length == 126:
                length, start = int.from_bytes(self.buffer[2:4], "big"), 8
            if len(self.buffer) < start + length:
                break
            assert self.buffer[start - 4 : start] == bytes(4)
            found.append(self.buffer[start : start + length])
            self.buffer = self.buffer[start + length :]
        return found

    def command(self, command: dict[str, Any]) -> None:
        op, re = command.pop("op"), command.pop("id")
        faults = self.standin.faults
        if op == "hello" and "cursors" in command and faults.sent_away:
            faults.sent_away -= 1
            self.write(b'{"ev":"bye","reason":"full","reconnect":true,"after_ms":50}')
            self.transport.close()
            return
        try:
            answer = {"re": re, "ok": getattr(self.standin, op)(self, **command)}
        except PermissionError:
            answer = {"re": re, "error": {"code": "forbidden", "message": "no", "retry": False}}
        self.write(json.dumps(answer, separators=(",", ":")).encode())

    def write(self, message: bytes) -> None:
        if self.transport.is_closing():
            return
        if not self.websocket:
            self.transport.write(message + b"\n")
        elif len(message) < 126:
            self.transport.write(bytes((0x81, len(message))) + message)
        else:
            self.transport.write(b"\x81\x7e" + len(message).to_bytes(2, "big") + message)


@asynccontextmanager
async def standin(scheme: str, faults: Faults | None = None) -> AsyncIterator[Target]:
    server = Standin(faults or Faults())
    listener = await asyncio.get_running_loop().create_server(lambda: Peer(server), "127.0.0.1", 0)
    try:
        yield Target(scheme, *listener.sockets[0].getsockname())
    finally:
        listener.close()
