"""The messages of gRPC against the JSON protocol, which they mirror."""

import json
from contextlib import nullcontext
from typing import Any, get_args

import msgspec
import pytest
from google.protobuf.json_format import MessageToDict
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model import commands, events, results
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import HistoryPage, Quote, Reacted, View
from teahouse.model.threads import Thread
from teahouse.v1 import chat_pb2 as pb
from teahouse.wire.errors import WireError
from teahouse.wire.proto import LONGEST_ID, ProtoWire, command_of, decode, snake
from teahouse.wire.schema import RESULTS

WIRE = ProtoWire()
CONTENT = {"body": {"type": "text", "text": "hi"}, "mentions": ["u2"]}


def entry(content: Any = None, kind: Kind = Kind.MESSAGE, **fields: Any) -> Entry:
    given: dict[str, Any] = {
        "conversation": "c1",
        "seq": 7,
        "kind": kind,
        "sender": "u1",
        "nick": "alice",
        "at": 9,
    } | fields
    return Entry(**given, content=json.dumps(CONTENT if content is None else content).encode())


def frames(data: bytes) -> list[pb.ServerFrame]:
    return list(pb.EventBatch.FromString(data).frames)


def refused(data: bytes) -> WireError:
    with pytest.raises(WireError) as error:
        decode(data)
    return error.value


# --- in ---


def test_a_command() -> None:
    frame = pb.ClientFrame(id="7", send=pb.SendRequest(to="lobby", text="hi"))
    assert decode(frame.SerializeToString()) == commands.Send(id="7", to="lobby", text="hi")


def test_a_field_that_is_set_to_zero_is_there_and_one_that_is_not_set_is_not() -> None:
    off = pb.ClientFrame(typing=pb.TypingRequest(conversation="c", on=False)).SerializeToString()
    assert decode(off) == commands.Typing(conversation="c", on=False)
    assert decode(pb.ClientFrame(typing=pb.TypingRequest(conversation="c")).SerializeToString()) == (
        commands.Typing(conversation="c", on=True)
    )


def test_cursors_and_originals() -> None:
    hello = pb.ClientFrame(hello=pb.HelloRequest(nick="a", cursors={"c1": 3, "c2": 0}))
    assert decode(hello.SerializeToString()) == commands.Hello(nick="a", cursors={"c1": 3, "c2": 0})
    send = pb.ClientFrame(send=pb.SendRequest(to="c", forward=[pb.Original(conversation="d", seq=2)]))
    assert decode(send.SerializeToString()) == (
        commands.Send(to="c", forward=[commands.Original(conversation="d", seq=2)])
    )


def test_a_body_of_a_type_of_the_clients_own() -> None:
    body = pb.Body(type="poll", text="tea?")
    body.other.update({"options": [1, 2.5, None, {"a": [True]}], "big": 2**40})
    command = decode(pb.ClientFrame(send=pb.SendRequest(to="c", body=body)).SerializeToString())
    assert isinstance(command, commands.Send)
    assert command.body == {
        "type": "poll",
        "text": "tea?",
        "options": [1, 2.5, None, {"a": [True]}],
        "big": 2**40,
    }
    assert type(command.body["big"]) is int


def test_what_is_no_frame() -> None:
    assert refused(b"\xff\xff").problem.code is Code.BAD_FRAME
    assert refused(b"\x52\x04\x0a\x02\xff\xfe").problem.code is Code.BAD_FRAME  # a nick that is not UTF-8
    nothing = refused(pb.ClientFrame(id="3").SerializeToString())
    assert (nothing.problem.code, nothing.re) == (Code.UNKNOWN_OP, "3")


def test_what_a_field_may_not_be() -> None:
    error = refused(pb.ClientFrame(id="3", send=pb.SendRequest(to="")).SerializeToString())
    assert (error.problem.code, error.re) == (Code.BAD_REQUEST, "3")
    negative = pb.ClientFrame(history=pb.HistoryRequest(conversation="c", before=-1))
    assert refused(negative.SerializeToString()).problem.code is Code.BAD_REQUEST
    long = pb.ClientFrame(id="x" * (LONGEST_ID + 1), ping=pb.PingRequest())
    assert refused(long.SerializeToString()).problem.code is Code.BAD_REQUEST


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_are_finite(number: float) -> None:
    body = pb.Body(type="x")
    body.other.update({"n": number})
    said = pb.ClientFrame(send=pb.SendRequest(to="c", body=body))
    assert refused(said.SerializeToString()).problem.code is Code.BAD_REQUEST
    place = pb.Body(type="location", lat=number, lon=0)
    said = pb.ClientFrame(send=pb.SendRequest(to="c", body=place))
    assert refused(said.SerializeToString()).problem.code is Code.BAD_REQUEST


def test_values_are_no_deeper_than_in_json() -> None:
    def nested(depth: int) -> bytes:
        value: Any = 1
        for _ in range(depth):
            value = [value]
        body = pb.Body(type="x")
        body.other.update({"v": value})
        return pb.ClientFrame(send=pb.SendRequest(to="c", body=body)).SerializeToString()

    assert isinstance(decode(nested(13)), commands.Send)
    assert refused(nested(14)).problem.code is Code.BAD_REQUEST


@given(st.binary(max_size=200))
def test_any_bytes_are_a_command_or_refused(data: bytes) -> None:
    try:
        command = decode(data)
    except WireError as error:
        assert error.problem.code in (Code.BAD_FRAME, Code.UNKNOWN_OP, Code.BAD_REQUEST)
    else:
        assert isinstance(command, get_args(commands.AnyCommand))


def test_every_command_has_a_message() -> None:
    for command in get_args(commands.AnyCommand):
        op = command.__struct_config__.tag
        assert op in pb.ClientFrame.DESCRIPTOR.fields_by_name
        with pytest.raises(WireError) if _needs(command) else nullcontext():
            command_of(op, getattr(pb, f"{command.__name__}Request")(), 1)


def _needs(command: type) -> bool:
    return any(field.required for field in msgspec.structs.fields(command))


# --- out ---


def test_an_entry() -> None:
    (frame,) = frames(WIRE.entry(entry(cid="x", ref=3), False))
    message = frame.message
    assert (message.conversation, message.seq, message.message, message.at) == ("c1", 7, "c1.7", 9)
    assert (message.sender.id, message.sender.nick) == ("u1", "alice")
    assert (message.body.type, message.body.text, list(message.mentions)) == ("text", "hi", ["u2"])
    assert (message.reply_to, message.cid) == (3, "")
    (own,) = frames(WIRE.entry(entry(cid="x"), True))
    assert own.message.cid == "x"


def test_frames_may_be_joined_to_a_batch() -> None:
    long = {"body": {"type": "text", "text": "x" * 40_000}}
    data = WIRE.entry(entry(), False) + WIRE.entry(entry(long, seq=8), False)
    data += WIRE.event(events.Typing("c1", "u2", True))
    one, two, three = frames(data)
    assert (one.message.seq, two.message.seq, len(two.message.body.text)) == (7, 8, 40_000)
    assert three.typing.on


def test_each_kind_of_entry_has_its_message() -> None:
    change = {"kind": "group", "title": "T", "members": [{"id": "u1", "nick": "a"}]}
    (frame,) = frames(WIRE.entry(entry(change, Kind.CONVERSATION), False))
    assert frame.conversation.members[0].nick == "a"
    assert not frame.conversation.HasField("expires_s")
    (frame,) = frames(WIRE.entry(entry({"emoji": "🍵", "on": False}, Kind.REACTION, ref=2), False))
    assert (frame.reaction.ref, frame.reaction.emoji, frame.reaction.on) == (2, "🍵", False)


def test_a_body_that_is_not_as_its_type_says() -> None:
    body = {"type": "own", "text": {"deep": [1]}, "width": "wide", "name": "n", "more": None}
    (frame,) = frames(WIRE.entry(entry({"body": body}), False))
    said = frame.message.body
    assert (said.type, said.name, said.HasField("text"), said.HasField("width")) == ("own", "n", False, False)
    assert dict(said.other)["width"] == "wide"
    assert MessageToDict(said.other)["text"] == {"deep": [1]}
    assert said.other["more"] is None


def test_what_later_entries_made_of_a_message() -> None:
    view = View(entry(), own=True)
    view.edited_seq, view.edited_at, view.pinned = 9, 10, True
    view.reactions = (Reacted("🍵", 2, ("u1", "u2")),)
    view.thread, view.quote = Thread(2, 8, 9), Quote(1, Person("u3", "eve"), "text", "what?")
    (frame,) = frames(WIRE.answer("1", HistoryPage((view,), True)))
    (found,) = frame.answer.history_page.entries
    assert frame.answer.history_page.more
    assert (found.message.edited.seq, found.message.pinned) == (9, True)
    assert list(found.message.reactions[0].users) == ["u1", "u2"]
    assert (found.message.replies.replies, found.message.quote.sender.nick) == (2, "eve")


def test_answers() -> None:
    (frame,) = frames(WIRE.answer(7, results.Sent("c", 3, "c.3", 9, True)))
    assert (frame.answer.re, frame.answer.sent.seq, frame.answer.sent.duplicate) == ("7", 3, True)
    (frame,) = frames(WIRE.answer("x", results.Done()))
    assert frame.answer.WhichOneof("ok") == "done"
    welcome = results.Welcome(User("u1", "alice", True), "s", 30, "teahouse", "lobby", "secret")
    (frame,) = frames(WIRE.answer(1, welcome))
    assert (frame.answer.welcome.user.guest, frame.answer.welcome.resume) == (True, "secret")
    hit = results.Hit(View(entry()), "hi", ((0, 2),))
    (frame,) = frames(WIRE.answer(1, results.SearchPage((hit,), False)))
    found = frame.answer.search_page
    assert (found.hits[0].marks[0].length, found.HasField("next")) == (2, False)


def test_a_refusal() -> None:
    (frame,) = frames(WIRE.failure("3", Problem(Code.RATE_LIMITED, "slowly", 200)))
    assert (frame.failure.re, frame.failure.error.code) == ("3", "rate_limited")
    assert (frame.failure.error.retry, frame.failure.error.retry_after_ms) == (True, 200)
    (frame,) = frames(WIRE.failure(None, Problem(Code.BAD_FRAME, "what?")))
    assert frame.failure.re == ""


def test_every_event_and_every_result_has_a_field() -> None:
    for event in get_args(events.AnyEvent):
        assert event.__name__.lower() in pb.ServerFrame.DESCRIPTOR.fields_by_name
    for answers in RESULTS.values():
        for answer in answers:
            assert snake(answer.__name__) in pb.Answer.DESCRIPTOR.fields_by_name


def test_a_resync_says_from_where() -> None:
    (frame,) = frames(WIRE.event(events.Resync("c", 5)))
    assert frame.resync.from_seq == 5
