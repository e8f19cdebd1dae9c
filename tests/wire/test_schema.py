import json
from typing import get_args

import jsonschema
import pytest

from teahouse.model import events, results
from teahouse.model.commands import AnyCommand
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person
from teahouse.model.results import Reacted, View
from teahouse.wire.json import JsonWire
from teahouse.wire.schema import RESULTS, schema

WIRE = JsonWire(lambda body: body)
SCHEMA = schema()

CONTENTS = {
    Kind.MESSAGE: b'{"body":{"type":"text","text":"hi"},"mentions":["u2"]}',
    Kind.EDIT: b'{"body":{"type":"text","text":"ho"}}',
    Kind.RECALL: b"{}",
    Kind.REACTION: b'{"emoji":"x","on":true}',
    Kind.PIN: b'{"on":false}',
    Kind.MEMBER: b'{"user":{"id":"u2","nick":"bob"},"change":"joined"}',
    Kind.CONVERSATION: b'{"kind":"group","title":"T"}',
}


def check(frame: bytes, definition: str) -> None:
    part = {"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(part).validate(json.loads(frame))


def entry(kind: Kind) -> Entry:
    return Entry("lobby", 1, kind, "u1", "alice", 5, CONTENTS[kind], "cid", 1)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    json.dumps(SCHEMA)


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(SCHEMA)
    wanted = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert wanted <= SCHEMA["$defs"].keys()


def test_every_command_says_what_it_answers() -> None:
    assert set(get_args(AnyCommand)) == RESULTS.keys()


@pytest.mark.parametrize("kind", Kind)
def test_entries(kind: Kind) -> None:
    check(WIRE.entry(entry(kind), own=True), "Event")
    check(WIRE.entry(entry(kind), own=False), f"event.{kind.value.capitalize()}Event")


@pytest.mark.parametrize(
    "event",
    [
        events.Ephemeral("lobby", Person("u1", "a"), 5, {"type": "text"}),
        events.Receipt("lobby", "u1", read=3),
        events.Typing("lobby", "u1", False),
        events.Presence("u1", "online", 5),
        events.Notice("welcome", "hello"),
        events.Resync("lobby", 5),
        events.Bye("slow", True, 100),
    ],
    ids=lambda event: type(event).__name__,
)
def test_events(event: events.AnyEvent) -> None:
    check(WIRE.event(event), f"event.{type(event).__name__}")
    check(WIRE.event(event), "ServerFrame")


def test_answers_and_failures() -> None:
    view = View(entry(Kind.MESSAGE))
    view.edited_seq = view.edited_at = 3
    view.reactions = (Reacted("x", 1, ("u1",)),)
    answer = WIRE.answer("id", results.HistoryPage((view,), more=False))
    check(answer, "ServerFrame")
    check(json.dumps(json.loads(answer)["ok"]).encode(), "result.HistoryPage")
    check(WIRE.failure(1, Problem(Code.RATE_LIMITED, "slow", 5)), "ServerFrame")


def test_wrong_frames_do_not_pass() -> None:
    for frame in (b'{"op":"nope"}', b'{"op":"send"}', b'{"op":"read","conversation":"x","seq":-1}'):
        with pytest.raises(jsonschema.ValidationError):
            check(frame, "ClientFrame")
