"""The reference is complete and current: what is generated, every op, field, event and error code, every example."""

import json
import re
from typing import Any, get_args

import jsonschema
import pytest
from msgspec.structs import fields

from teahouse.model.commands import AnyCommand, Command
from teahouse.model.entries import Kind
from teahouse.model.errors import RETRYABLE, Code
from teahouse.model.events import AnyEvent
from teahouse.wire.json import decode
from teahouse.wire.schema import RESULTS
from teahouse.wire.schema import schema as protocol
from tests.docs.markdown import document
from tools import metrics, openapi, proto, schema, settings

PROTOCOL = document("docs/reference/protocol.md")

SMALL_OPS = {"ping": "hello", "online": "People", "presence": "People", "archive": "One's own list"}
"""Commands without a heading of their own, and where they stand."""

COMMANDS = {command.__struct_config__.tag: command for command in get_args(AnyCommand)}


def test_the_schema_is_current() -> None:
    assert schema.FILE.read_text(encoding="utf-8") == schema.document(), "run `python -m tools.schema`"


def test_the_messages_of_grpc_and_their_stubs_are_current() -> None:
    for name in proto.FILES:
        assert (proto.FOLDER / name).read_text(encoding="utf-8") == proto.written(name), (
            "run `python -m tools.proto`"
        )
    stubs = proto.STUBS / "teahouse" / "v1"
    for name, text in proto.made().items():
        assert (stubs / name).read_text(encoding="utf-8") == text, "run `python -m tools.proto`"


def test_a_field_of_grpc_keeps_its_number_when_others_come_and_go() -> None:
    before = (proto.FOLDER / "chat.proto").read_text(encoding="utf-8")
    moved = re.sub(r"  optional string text = \d+;", "  optional string text = 77;", before)
    assert moved != before
    assert "  optional string text = 77;" in proto.document(moved)
    moved = before.replace("    SendRequest send = ", "    SendRequest send = 7")
    assert re.search(r"SendRequest send = 7\d+;", proto.document(moved))


def test_the_openapi_document_is_current() -> None:
    assert openapi.FILE.read_text(encoding="utf-8") == openapi.document(), "run `make generate`"


def test_the_settings_are_current() -> None:
    assert settings.FILE.read_text(encoding="utf-8") == settings.document(), "run `python -m tools.settings`"


def test_the_metrics_are_current() -> None:
    assert metrics.FILE.read_text(encoding="utf-8") == metrics.document(), "run `python -m tools.metrics`"


@pytest.mark.parametrize("op", COMMANDS)
def test_every_command_is_described_with_all_its_fields(op: str) -> None:
    text = PROTOCOL.section(SMALL_OPS.get(op, op))
    command: type[Command] = COMMANDS[op]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", text))))
    missing = {field.encode_name for field in fields(command)} - {"id"} - named
    assert not missing, f"{op}: {missing}"


@pytest.mark.parametrize("op", COMMANDS)
def test_every_field_of_an_answer_is_named(op: str) -> None:
    text = PROTOCOL.section(SMALL_OPS.get(op, op)) + PROTOCOL.section("send")
    for result in RESULTS[COMMANDS[op]]:
        missing = {
            f.encode_name for f in fields(result) if not re.search(rf"[`\"]{f.encode_name}[`\"]", text)
        }
        assert not missing, f"{op}: {result.__name__}: {missing}"


def test_every_event_is_described() -> None:
    described = set(re.findall(r"^\| `(\w+)` \|", PROTOCOL.section("Events"), re.MULTILINE))
    assert described == {kind.value for kind in Kind} | {
        event.__struct_config__.tag for event in get_args(AnyEvent)
    }


@pytest.mark.parametrize("event", get_args(AnyEvent), ids=lambda event: event.__name__)
def test_every_field_of_an_event_is_named(event: Any) -> None:
    tag = event.__struct_config__.tag
    row = [line for line in PROTOCOL.section("Events").splitlines() if line.startswith(f"| `{tag}` |")][-1]
    missing = {f.encode_name for f in fields(event)} - set(re.findall(r"`(\w+)`", row))
    assert not missing, missing


def test_every_error_code_is_described_with_whether_to_retry() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (yes|no) \|$", PROTOCOL.section("Errors"), re.MULTILINE)
    assert {code: retry == "yes" for code, retry in rows} == {code.value: code in RETRYABLE for code in Code}


def examples() -> list[str]:
    blocks = [block for block in PROTOCOL.blocks() if block.language == "json"]
    return [line for block in blocks for line in block.text.splitlines()]


def test_there_are_examples() -> None:
    assert len(examples()) >= 10


@pytest.mark.parametrize("line", examples())
def test_examples_are_what_the_code_takes_and_gives(line: str) -> None:
    frame = json.loads(line)
    if "op" in frame:
        decode(line.encode())
    else:
        server = {"$ref": "#/$defs/ServerFrame", "$defs": protocol()["$defs"]}
        jsonschema.Draft202012Validator(server).validate(frame)
