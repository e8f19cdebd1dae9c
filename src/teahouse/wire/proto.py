"""Protocol buffers: the frames of teahouse.v1.Chat from and to the structs of the protocol.

Rule: the messages mirror the JSON protocol field by field (tools/proto.py writes them from the same structs), so what
is filled in here is what that codec would say, and no kind of message needs code of its own. What comes in is checked
by the same structs. A frame that stands in a batch is its bytes with the tag of `EventBatch.frames`
before them: joined frames are a batch (the encoding guide of protobuf, "Last One Wins": repeated fields are
concatenated), which is what the fan-out does with them. Used by gateways/grpc.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from math import isfinite
from typing import Any

import msgspec
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.struct_pb2 import ListValue, Struct

from teahouse.model.commands import AnyCommand, Id
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.events import AnyEvent
from teahouse.model.results import Result
from teahouse.v1 import chat_pb2 as pb
from teahouse.wire.errors import WireError
from teahouse.wire.json import DEPTH, encode, entry_object

Object = dict[str, Any]
Filler = Callable[[Message, Any], None]

LONGEST_ID = 64

_OTHER_NAMES = {"from_seq": "from"}
"""Fields that are not called as in JSON: what Python or C++ could not name."""

_BATCH_TAG = bytes([pb.EventBatch.DESCRIPTOR.fields_by_name["frames"].number << 3 | 2])


def snake(name: str) -> str:
    """The field that holds a message of this name."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


# --- out: what the server says ---


def fill(message: Message, value: Any) -> None:
    """Put a JSON object into the message that mirrors it. Members without a field, and nulls, are left out."""
    plan = _plan(message.DESCRIPTOR)
    for name, member in value.items():
        if member is not None and (filler := plan.get(name)) is not None:
            filler(message, member)


@cache
def _plan(descriptor: Descriptor) -> Mapping[str, Filler]:
    return {_OTHER_NAMES.get(field.name, field.name): _filler(field) for field in descriptor.fields}


def _filler(field: FieldDescriptor) -> Filler:
    name = field.name
    if field.message_type is None:
        return _scalars(name) if field.is_repeated else lambda message, value: setattr(message, name, value)
    if field.message_type.GetOptions().map_entry:
        return lambda message, value: getattr(message, name).update(value)
    inner = _FILLERS.get(field.message_type.name, fill)
    if field.is_repeated:
        return _several(name, inner)
    return _one(name, inner)


def _scalars(name: str) -> Filler:
    return lambda message, value: getattr(message, name).extend(value)


def _several(name: str, inner: Filler) -> Filler:
    def several(message: Message, values: Any) -> None:
        items = getattr(message, name)
        for value in values:
            inner(items.add(), value)

    return several


def _one(name: str, inner: Filler) -> Filler:
    def one(message: Message, value: Any) -> None:
        field = getattr(message, name)
        field.SetInParent()  # there, even if there is nothing in it
        inner(field, value)

    return one


def _fill_body(message: Message, value: Any) -> None:
    """What is not as its type says stands in `other`, as it is: clients may have types of their own."""
    plan, other = _plan(message.DESCRIPTOR), {}
    for name, member in value.items():
        if name in plan and name != "other":
            try:
                plan[name](message, member)
                continue
            except (TypeError, ValueError, AttributeError):
                message.ClearField(name)
        other[name] = member
    if other:
        plan["other"](message, other)


def _fill_mark(message: Message, value: Any) -> None:
    fill(message, {"start": value[0], "length": value[1]})


def _fill_entry(message: Message, value: Any) -> None:
    _plan(message.DESCRIPTOR)[value["ev"]](message, value)


def _fill_struct(message: Message, value: Any) -> None:
    """A google.protobuf.Struct knows how to take an object."""
    assert isinstance(message, Struct)
    message.update(value)


_FILLERS: Mapping[str, Filler] = {
    "Body": _fill_body,
    "Mark": _fill_mark,
    "Entry": _fill_entry,
    "Struct": _fill_struct,
}


def _object(json: bytes) -> Object:
    found: Object = msgspec.json.decode(json)
    return found


def result_into(message: Message, result: Result) -> None:
    """Put a result where it belongs in an Answer or the response of a call: into the field named for it."""
    _plan(message.DESCRIPTOR)[snake(type(result).__name__)](message, _object(encode(result)))


def error_of(problem: Problem) -> pb.Error:
    """The refusal as it travels."""
    return pb.Error(
        code=problem.code,
        message=problem.message,
        retry=problem.retry,
        retry_after_ms=problem.retry_after_ms or 0,
    )


def _framed(frame: pb.ServerFrame) -> bytes:
    data = frame.SerializeToString()
    return _BATCH_TAG + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """The encoding guide of protobuf, "Base 128 Varints"."""
    if value < 0x80:
        return bytes((value,))
    digits = bytearray()
    while value >= 0x80:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)


class ProtoWire:
    """The Wire port: frames ready to be joined to an EventBatch."""

    def entry(self, entry: Entry, own: bool) -> bytes:
        frame = pb.ServerFrame()
        _fill_entry(frame, _object(entry_object(entry, own)))
        return _framed(frame)

    def event(self, event: AnyEvent) -> bytes:
        frame = pb.ServerFrame()
        _plan(frame.DESCRIPTOR)[snake(type(event).__name__)](frame, _object(encode(event)))
        return _framed(frame)

    def answer(self, re: Id, result: Result) -> bytes:
        frame = pb.ServerFrame()
        frame.answer.re = str(re)
        result_into(frame.answer, result)
        return _framed(frame)

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        failure = pb.Failure(error=error_of(problem))
        if re is not None:
            failure.re = str(re)
        return _framed(pb.ServerFrame(failure=failure))


# --- in: what a client says ---


def to_object(message: Message) -> Object:
    """The JSON object that a message mirrors, of the fields that are set. ValueError for what JSON has no form for."""
    found: Object = {}
    for field, value in message.ListFields():
        found[_OTHER_NAMES.get(field.name, field.name)] = _value(field, value)
    if message.DESCRIPTOR.name == "Body" and "other" in found:
        found = {**_plain(found.pop("other"), DEPTH - 2), **found}
    return found


def _value(field: FieldDescriptor, value: Any) -> Any:
    if field.message_type is None:
        return list(value) if field.is_repeated else _finite(value)
    if field.message_type.GetOptions().map_entry:
        return dict(value)
    if field.message_type.full_name == Struct.DESCRIPTOR.full_name:
        return value
    return [to_object(item) for item in value] if field.is_repeated else to_object(value)


def _plain(value: Any, depth: int) -> Any:
    """A google.protobuf.Struct, and what is in it. Its numbers are doubles: whole ones were integers."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else _finite(value)
    if not isinstance(value, Struct | ListValue):
        return value
    if not depth:
        raise ValueError(f"values may lie {DEPTH} deep in one another")
    if isinstance(value, Struct):
        return {name: _plain(value[name], depth - 1) for name in value}
    return [_plain(item, depth - 1) for item in value]


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("a number must be finite")
    return value


def command_of(op: str, message: Message, id: Id | None) -> AnyCommand:
    """The command that a request is. Raises WireError `bad_request`."""
    try:
        fields = to_object(message)
        fields["op"] = op
        if id is not None:
            fields["id"] = id
        command: AnyCommand = msgspec.convert(fields, AnyCommand)
    except ValueError as error:  # of msgspec, too
        raise WireError(Problem(Code.BAD_REQUEST, str(error)), id) from None
    return command


def decode(data: bytes) -> AnyCommand:
    """The command in a ClientFrame. WireError as of wire/json.py: `bad_frame`, `unknown_op` or `bad_request`."""
    frame = pb.ClientFrame()
    try:
        frame.ParseFromString(data)
    except DecodeError as error:
        raise WireError(Problem(Code.BAD_FRAME, f"not a ClientFrame: {error}")) from None
    id = frame.id or None
    if id is not None and len(id) > LONGEST_ID:
        raise WireError(Problem(Code.BAD_REQUEST, f"an id has {LONGEST_ID} characters at most"))
    op = frame.WhichOneof("command")
    if op is None:
        raise WireError(Problem(Code.UNKNOWN_OP, "the frame has no command that this server knows"), id)
    return command_of(op, getattr(frame, op), id)
