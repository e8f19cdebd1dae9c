"""Somebody at `Chat.Connect`, with the stubs that are shipped: a dialogue's JSON goes in as messages, and what is heard
comes back as the JSON it mirrors.

Rule: the mapping here is the test's own, by protobuf's JSON mapping, so that the server's is not tested with itself.
What proto3 does not send, because it is zero, is put back where the JSON protocol always has the field.
"""

import json
from collections import deque
from typing import Any, get_args

import grpc
import msgspec
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from google.protobuf.message import Message
from msgspec import NODEFAULT

from teahouse.model.events import AnyEvent
from teahouse.v1 import chat_pb2 as pb
from teahouse.v1 import chat_pb2_grpc
from teahouse.wire.schema import RESULTS, EntryEvent, Error, LoggedEvent


def _structs() -> dict[str, type]:
    """The structs of the JSON protocol by the names of their messages."""
    found: dict[str, type] = {"Error": Error}
    for answers in RESULTS.values():
        for answer in answers:
            _collect(msgspec.inspect.type_info(answer), found)
    for event in get_args(LoggedEvent):
        _collect(msgspec.inspect.type_info(event), found)
    return found | {f"{event.__name__}Event": event for event in get_args(AnyEvent)}


def _collect(info: Any, found: dict[str, type]) -> None:
    if isinstance(info, msgspec.inspect.StructType) and info.cls.__name__ not in found:
        found[info.cls.__name__] = info.cls
        for field in info.fields:
            _collect(field.type, found)
    for inner in ("item_type", "type"):
        if (one := getattr(info, inner, None)) is not None:
            _collect(one, found)
    for one in getattr(info, "types", ()):
        _collect(one, found)


_STRUCTS = _structs()
_BODY = {field.name for field in pb.Body.DESCRIPTOR.fields}


class GrpcConnection:
    def __init__(self, target: str) -> None:
        self._channel = grpc.aio.insecure_channel(target)
        self._stream = chat_pb2_grpc.ChatStub(self._channel).Connect()
        self._frames: deque[pb.ServerFrame] = deque()
        self._ids: dict[str, Any] = {}

    async def say(self, frame: str) -> None:
        await self._stream.write(self._message(frame))

    def _message(self, frame: str) -> pb.ClientFrame:
        said = json.loads(frame)
        op, id = said.pop("op"), said.pop("id", None)
        message = pb.ClientFrame(id="" if id is None else str(id))
        self._ids[message.id] = id
        body = said.get("body")
        if isinstance(body, dict):
            other = {name: body.pop(name) for name in list(body) if name not in _BODY}
            said["body"] = body | ({"other": other} if other else {})
        try:
            ParseDict({op: said}, message, ignore_unknown_fields=True)
        except ParseError as error:
            raise Unsayable(str(error)) from None
        return message

    async def hear(self) -> dict[str, Any] | None:
        while not self._frames:
            batch = await self._stream.read()
            if batch is grpc.aio.EOF:
                return None
            self._frames.extend(batch.frames)
        frame = self._frames.popleft()
        kind = frame.WhichOneof("frame")
        if kind == "answer":
            ok = frame.answer.WhichOneof("ok")
            return {"re": self._ids[frame.answer.re], "ok": _json(getattr(frame.answer, ok))}
        heard = _json(getattr(frame, kind))
        if kind == "failure":
            return ({"re": self._ids[heard.pop("re")]} if "re" in heard else {}) | heard
        return heard

    async def leave(self) -> None:
        self._stream.cancel()
        await self._channel.close()


class Unsayable(Exception):
    """What a dialogue says has no form here: the stubs refuse it before the server could."""


def _json(message: Message) -> Any:
    name = message.DESCRIPTOR.name
    if name == "Entry":
        kind = message.WhichOneof("entry")
        return _json(getattr(message, kind))
    if isinstance(message, pb.Mark):
        return [message.start, message.length]
    if name == "Struct":
        return _whole(MessageToDict(message))
    found: dict[str, Any] = {}
    for field, value in message.ListFields():
        key = "from" if field.name == "from_seq" else field.name
        if field.message_type is None:
            found[key] = list(value) if field.is_repeated else value
        elif field.message_type.GetOptions().map_entry:
            found[key] = dict(value)
        else:
            found[key] = [_json(item) for item in value] if field.is_repeated else _json(value)
    if name == "Body":
        return {**found.pop("other", {}), **found}
    return _with_zeros(name, found)


def _whole(value: Any) -> Any:
    """The numbers of a Struct are doubles; those that are whole were integers."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _with_zeros(name: str, found: dict[str, Any]) -> dict[str, Any]:
    struct = _STRUCTS.get(name)
    if struct is None:
        return found
    config: Any = getattr(struct, "__struct_config__")  # noqa: B009 - no type of structs has it
    if config.tag_field and isinstance(config.tag, str):
        found = {config.tag_field: config.tag, **found}
    sparing = config.omit_defaults or issubclass(struct, EntryEvent)
    for field in msgspec.structs.fields(struct):
        always = field.default is NODEFAULT and field.default_factory is NODEFAULT
        if field.encode_name not in found and (always or not sparing):
            kind = msgspec.inspect.type_info(field.type)
            if isinstance(kind, msgspec.inspect.UnionType):
                found[field.encode_name] = None
            elif type(kind) in _ZEROS:
                found[field.encode_name] = _ZEROS[type(kind)]
    return found


_ZEROS: dict[type, Any] = {
    msgspec.inspect.StrType: "",
    msgspec.inspect.BoolType: False,
    msgspec.inspect.IntType: 0,
    msgspec.inspect.VarTupleType: [],
    msgspec.inspect.ListType: [],
}
