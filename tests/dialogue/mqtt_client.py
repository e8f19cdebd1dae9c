"""Somebody with an MQTT 5 client, for dialogues: what is said goes to `$teahouse/command`, what is heard comes from the
topics of the user's conversations.

Rule: only the codec is the server's, and that is tested against other ones (tests/wire/mqtt). A hello is a CONNECT,
whose answer has not all that the JSON protocol's has; what is missing is put in its place.
"""

import asyncio
import json
from collections import deque
from typing import Any
from uuid import uuid4

from teahouse.wire.mqtt import properties
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import (
    V5,
    Connack,
    Connect,
    Disconnect,
    Filter,
    Granted,
    Packet,
    Publish,
    Subscribe,
)
from teahouse.wire.mqtt.splitter import PacketSplitter

NO_RETAINED = 2
FILTERS = ("chat/+", "chat/+/events", "presence/+", "user/me/inbox", "$teahouse/answer")
NOT_TOLD = {"session": "", "heartbeat_s": 30, "server": "teahouse", "lobby": "lobby"}
"""What only the JSON protocol's answer to hello has."""


class MqttConnection:
    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._in = False
        self._splitter = PacketSplitter(1 << 20)
        self._packets: deque[Packet] = deque()
        self._heard: deque[dict[str, Any]] = deque()

    async def say(self, frame: str) -> None:
        command = json.loads(frame)
        if command.get("op") == "hello" and not self._in:
            await self._enter(command)
        else:
            self._send(Publish("$teahouse/command", frame.encode()))

    async def hear(self) -> dict[str, Any] | None:
        while not self._heard:
            packet = await self._next()
            if packet is None:
                return None
            if isinstance(packet, Disconnect):
                reason = packet.properties.get(properties.REASON_STRING, "")
                return {"ev": "bye", "reason": reason, "reconnect": packet.reason not in (0x87, 0x8E, 0x98)}
            if isinstance(packet, Publish):
                return json.loads(packet.payload)
        return self._heard.popleft()

    async def leave(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()

    async def _enter(self, hello: dict[str, Any]) -> None:
        self._reader, self._writer = await asyncio.open_connection(*self._place)
        user, password = hello.get("nick") or hello.get("user"), hello.get("password")
        if "resume" in hello:
            user, password = f"resume/{hello.get('nick', '')}", hello["resume"]
        self._send(
            Connect(
                client=hello.get("device") or uuid4().hex,
                user=user,
                password=None if password is None else password.encode(),
            )
        )
        answer = await self._next()
        assert isinstance(answer, Connack)
        told = dict(properties.pairs(answer.properties))
        if answer.reason:
            code = {"code": told["code"], "retry": False}
            self._heard.append({"re": hello["id"], "error": code})
            return
        self._in = True
        wanted = tuple(Filter(text, 0, no_local=True, handling=NO_RETAINED) for text in FILTERS)
        self._send(Subscribe(1, wanted))
        while not isinstance(packet := await self._next(), Granted):
            assert isinstance(packet, Publish)
        assert packet.reasons == (0,) * len(wanted)
        me = {"id": told["user"], "nick": told["nick"], "guest": "resume" in told}
        ok = {"user": me, **NOT_TOLD} | ({"resume": told["resume"]} if "resume" in told else {})
        self._heard.append({"re": hello["id"], "ok": ok})

    def _send(self, packet: Packet) -> None:
        assert self._writer is not None
        self._writer.write(encode(packet, V5))

    async def _next(self) -> Packet | None:
        assert self._reader is not None
        while not self._packets:
            data = await self._reader.read(65_536)
            if not data:
                return None
            self._packets += [decode(first, body, V5) for first, body in self._splitter.feed(data)]
        return self._packets.popleft()
