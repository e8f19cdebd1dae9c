"""People at the doors that speak the JSON protocol, or mirror it: TCP, WebSocket, gRPC, MQTT."""

import asyncio
import itertools
import json
from typing import Any
from uuid import uuid4

import aiomqtt
import grpc
from google.protobuf.json_format import MessageToDict
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from websockets.asyncio.client import ClientConnection, connect

from teahouse.v1 import chat_pb2 as pb
from teahouse.v1 import chat_pb2_grpc
from tests.matrix.person import WAIT_S, Json, Person


class JsonPerson(Person):
    """What the doors have in common that speak the JSON protocol, or mirror it."""

    def __init__(self, name: str, token: str, ready: Json) -> None:
        super().__init__(name, token, ready)
        self._ids = itertools.count(1)
        self._answers: dict[str, asyncio.Future[Json]] = {}
        self._nicks: dict[str, str] = {}

    async def ask(self, op: str, **fields: Any) -> Json:
        id_ = str(next(self._ids))
        answer = self._answers[id_] = asyncio.get_running_loop().create_future()
        await self.submit(op, id_, fields)
        return await asyncio.wait_for(answer, WAIT_S)

    async def submit(self, op: str, id_: str, fields: Json) -> None:
        raise NotImplementedError

    async def meet(self) -> None:
        """Who is in the conversation: receipts name users by their ids."""
        page = await self.ask("members", conversation=self.conversation)
        self._nicks = {member["id"]: member["nick"] for member in page["members"]}

    async def say(self, text: str) -> int:
        cid = uuid4().hex
        return int((await self.ask("send", to=self.conversation, text=text, cid=cid))["seq"])

    async def edit(self, seq: int, text: str) -> None:
        await self.ask("edit", conversation=self.conversation, seq=seq, text=text)

    async def recall(self, seq: int) -> None:
        await self.ask("recall", conversation=self.conversation, seq=seq)

    async def read(self, seq: int) -> None:
        await self.ask("read", conversation=self.conversation, seq=seq)

    def take(self, frame: Json) -> None:
        """An answer, or an event."""
        if "re" in frame:
            answer = self._answers.pop(str(frame["re"]))
            if "error" in frame:
                answer.set_exception(AssertionError(frame["error"]))
            else:
                answer.set_result(frame["ok"])
        elif frame.get("conversation") == self.conversation:
            self._event(frame)

    def _event(self, event: Json) -> None:
        match event["ev"]:
            case "message":
                self.note("message", event["seq"], event["body"]["text"])
            case "edit":
                self.note("edit", event["ref"], event["body"]["text"])
            case "recall":
                self.note("recall", event["ref"])
            case "receipt" if "read" in event:
                self.note("read", event["read"], self._nicks[event["user"]])


class TcpPerson(JsonPerson):
    """Lines of JSON over a bare socket."""

    async def enter(self, conversation: str) -> None:
        host, port = self.ready["tcp"].removeprefix("tcp://").rsplit(":", 1)
        self._reader, self._writer = await asyncio.open_connection(host, int(port), limit=1 << 22)
        await super().enter(conversation)
        await self.ask("hello", token=self.token)
        await self.meet()

    async def submit(self, op: str, id_: str, fields: Json) -> None:
        self._writer.write(json.dumps({"op": op, "id": id_, **fields}).encode() + b"\n")

    async def _listen(self) -> None:
        while line := await self._reader.readline():
            self.take(json.loads(line))

    async def leave(self) -> None:
        self._writer.transport.abort()
        await super().leave()


class WebSocketPerson(JsonPerson):
    """The same in frames, by the library `websockets`."""

    _socket: ClientConnection

    async def enter(self, conversation: str) -> None:
        self._socket = await connect(self.ready["http"].replace("http", "ws", 1) + "/ws")
        await super().enter(conversation)
        await self.ask("hello", token=self.token)
        await self.meet()

    async def submit(self, op: str, id_: str, fields: Json) -> None:
        await self._socket.send(json.dumps({"op": op, "id": id_, **fields}))

    async def _listen(self) -> None:
        async for frame in self._socket:
            self.take(json.loads(frame))

    async def leave(self) -> None:
        await super().leave()
        await self._socket.close()


class GrpcPerson(JsonPerson):
    """`Chat.Connect`, by grpcio and the stubs that are shipped."""

    async def enter(self, conversation: str) -> None:
        self._channel = grpc.aio.insecure_channel(self.ready["grpc"].removeprefix("grpc://"))
        self._stream = chat_pb2_grpc.ChatStub(self._channel).Connect()
        await super().enter(conversation)
        await self.ask("hello", token=self.token)
        await self.meet()

    async def submit(self, op: str, id_: str, fields: Json) -> None:
        await self._stream.write(pb.ClientFrame(id=id_, **{op: fields}))

    async def _listen(self) -> None:
        while (batch := await self._stream.read()) is not grpc.aio.EOF:
            for frame in batch.frames:
                self._frame(frame)

    def _frame(self, frame: pb.ServerFrame) -> None:
        kind = frame.WhichOneof("frame")
        said = MessageToDict(getattr(frame, kind), preserving_proto_field_name=True)
        if kind == "failure":
            self.take({"re": said["re"], "error": said})
        elif kind == "answer":
            self.take({"re": said.pop("re"), "ok": next(iter(said.values()), {})})
        else:
            self.take({"ev": kind, **said} | {n: int(said[n]) for n in ("seq", "ref", "read") if n in said})

    async def leave(self) -> None:
        self._stream.cancel()
        await super().leave()
        await self._channel.close()


class MqttPerson(JsonPerson):
    """MQTT 5 at QoS 1, by aiomqtt over paho. Messages are published where they are heard; the rest are commands."""

    async def enter(self, conversation: str) -> None:
        host, port = self.ready["mqtt"].removeprefix("mqtt://").rsplit(":", 1)
        self._client = aiomqtt.Client(
            host,
            int(port),
            username="token",
            password=self.token,
            identifier=uuid4().hex,
            protocol=aiomqtt.ProtocolVersion.V5,
        )
        self._echoes: dict[str, asyncio.Future[int]] = {}
        await self._client.__aenter__()
        for topic in (f"chat/{conversation}", f"chat/{conversation}/events", "$teahouse/answer"):
            await self._client.subscribe(topic, qos=1)
        await super().enter(conversation)
        await self.meet()

    async def submit(self, op: str, id_: str, fields: Json) -> None:
        await self._client.publish("$teahouse/command", json.dumps({"op": op, "id": id_, **fields}), qos=1)

    async def say(self, text: str) -> int:
        """What one says is heard, too, with its cid, which tells the seq."""
        cid = uuid4().hex
        properties = Properties(PacketTypes.PUBLISH)
        properties.UserProperty = ("cid", cid)
        echo = self._echoes[cid] = asyncio.get_running_loop().create_future()
        await self._client.publish(f"chat/{self.conversation}", text, qos=1, properties=properties)
        return await asyncio.wait_for(echo, WAIT_S)

    async def _listen(self) -> None:
        async for message in self._client.messages:
            given = dict(getattr(message.properties, "UserProperty", []))
            if (echo := self._echoes.pop(given.get("cid", ""), None)) is not None:
                echo.set_result(int(given["seq"]))
            assert isinstance(message.payload, bytes)
            self.take(json.loads(message.payload))

    async def leave(self) -> None:
        await super().leave()
        await self._client.__aexit__(None, None, None)
