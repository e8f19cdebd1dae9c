"""Writes proto/teahouse/v1/ from the structs of the protocol, and the Python stubs of it: `python -m tools.proto`.

Rule: what is written follows from wire/schema.py, from what REST declares of accounts, and from the files that are
there: a field keeps its number for ever. A field that is gone must be reserved by hand here.
tests/docs/test_reference.py compares it with the files.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap
from typing import Any, get_args

import msgspec
from msgspec import NODEFAULT
from msgspec import inspect as look

from teahouse.gateways.grpc.operations import SERVICES, carried, method_name
from teahouse.gateways.rest.operation import Operation
from teahouse.model import bodies
from teahouse.model.commands import Command
from teahouse.model.events import AnyEvent
from teahouse.model.results import View
from teahouse.wire.schema import RESULTS, Error, LoggedEvent

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "proto" / "teahouse" / "v1"
STUBS = ROOT / "src"

HEAD = """\
// The Teahouse protocol, version 1, for gRPC: the same commands, answers and events as the JSON protocol, field by
// field. Written by `python -m tools.proto` from the structs of the JSON protocol; fields keep their numbers.

syntax = "proto3";

package teahouse.v1;

import "google/protobuf/struct.proto";
"""

ACCOUNTS = """\
// Accounts, version 1: logging in, oneself, and other people. What each call does, who may make it and what its fields
// must be is what REST says of it (/docs). Written by `python -m tools.proto`; fields keep their numbers.
//
// Calls need the metadata `authorization: Bearer <access token>`, but for those of Auth that give one. What is refused
// has the code and the sentence in the trailing metadata `teahouse-error-bin`, an Error of chat.proto.

syntax = "proto3";

package teahouse.v1;
"""

SERVICE = """\
// The chat. Say who you are with the metadata `authorization: Bearer <access token>`; a stream may say hello as a guest
// instead. What is refused has the code and the sentence of the JSON protocol in the trailing metadata
// `teahouse-error-bin`, an Error.
service Chat {
  // One connection: the first frame is `hello`, unless metadata hold a token. What happens in one turn of the server
  // travels together.
  rpc Connect(stream ClientFrame) returns (stream EventBatch);
"""

FIXED = """\
// A command. With an `id` it is answered by an Answer or a Failure whose `re` is that id.
message ClientFrame {
  string id = 1;
  oneof command {
%(commands)s
  }
}

// What the server says, in order; at least one frame.
message EventBatch {
  repeated ServerFrame frames = 1;
}

message ServerFrame {
  oneof frame {
    Answer answer = 1;
    Failure failure = 2;
%(events)s
  }
}

// An entry of a conversation's log.
message Entry {
  oneof entry {
%(entries)s
  }
}

message Answer {
  string re = 1;
  oneof ok {
%(results)s
  }
}

// Without `re`, the frame could not be understood far enough.
message Failure {
  string re = 1;
  Error error = 2;
}

// Where something found stands in a snippet, in characters (Unicode code points).
message Mark {
  int64 start = 1;
  int64 length = 2;
}
"""

BODY = (
    "What a message says. `type` tells which fields it has: those of the JSON protocol. What is not listed here, as in "
    "types that clients agreed on, is in `other`."
)


PURPOSES = {
    "Auth": "Logging in and out, and making accounts.",
    "Account": "Oneself: profile, devices, password, and taking one's leave.",
    "Users": "Other people: who they are, and how to find them.",
}


class Numbers:
    """The numbers fields have, from the file that is there; what is new gets the next ones."""

    def __init__(self, text: str) -> None:
        self._known: dict[str, dict[str, int]] = {}
        for message, body in re.findall(r"^message (\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
            fields = re.findall(r"^ +(?:\w+ )?[\w.<>, ]+ (\w+) = (\d+);", body, re.MULTILINE)
            self._known[message] = {name: int(number) for name, number in fields}

    def of(self, message: str, field: str, least: int = 1) -> int:
        known = self._known.setdefault(message, {})
        if field not in known:
            known[field] = max(least - 1, *known.values(), 0) + 1
        return known[field]


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def comment(text: str | None, indent: str = "") -> str:
    lines = wrap(" ".join(text.split()), 112 - len(indent)) if text else []
    return "".join(f"{indent}// {line}\n" for line in lines)


class Writer:
    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._done: dict[str, str] = {}

    def struct(self, info: look.StructType, name: str = "") -> str:
        """The message of a struct, written once. Its name."""
        name = name or info.cls.__name__
        if name in self._done:
            return name
        self._done[name] = ""
        doc = info.cls.__dict__.get("__doc__")
        lines = [
            self._field(name, field)
            for field in info.fields
            if not (name.endswith("Request") and field.name == "id" and issubclass(info.cls, Command))
        ]
        self._done[name] = comment(doc) + f"message {name} {{\n" + "".join(lines) + "}\n"
        return name

    def request(self, name: str, operation: Operation) -> str:
        """The message of a request: the parameters of the path, then the fields of query and body."""
        lines = [
            f"  string {parameter} = {self._numbers.of(name, parameter)};\n"
            for parameter in operation.path_parameters
        ]
        for part in operation.parts.values():
            info = look.type_info(part)
            assert isinstance(info, look.StructType)
            lines += [self._field(name, field) for field in info.fields]
        self._done[name] = (
            f"message {name} {{\n" + "".join(lines) + "}\n" if lines else f"message {name} {{}}\n"
        )
        return name

    def body(self) -> None:
        fields: dict[str, str] = {"type": "string"}
        for struct in bodies.TYPES.values():
            info = look.type_info(struct)
            assert isinstance(info, look.StructType)
            for field in info.fields:
                fields.setdefault(field.encode_name, self._type(field.type)[0])
        fields["other"] = "google.protobuf.Struct"
        lines = []
        for name, type_ in fields.items():
            optional = "" if name in ("type", "other") or type_.startswith("repeated") else "optional "
            lines.append(f"  {optional}{type_} {name} = {self._numbers.of('Body', name)};\n")
        self._done["Body"] = comment(BODY) + "message Body {\n" + "".join(lines) + "}\n"

    def _field(self, message: str, field: look.Field) -> str:
        type_, doc, nullable = self._type(field.type)
        name = "from_seq" if field.encode_name == "from" else field.encode_name
        scalar = type_ in ("string", "int64", "bool", "double")
        optional = "optional " if scalar and (nullable or _telling(field)) else ""
        number = self._numbers.of(message, name)
        return comment(doc, "  ") + f"  {optional}{type_} {name} = {number};\n"

    def _type(self, info: look.Type) -> tuple[str, Any, bool]:
        """The type in proto, what is said of it, and whether null or absent is something of its own."""
        (info, doc), nullable = _bare(info), False
        if isinstance(info, look.UnionType):
            types = [each for each in info.types if not isinstance(each, look.NoneType | look.AnyType)]
            types = [each for each in types if not _is_unset(each)]
            (info, inner), nullable = _bare(types[0]), True
            doc = doc or inner
        return self._plain(info), doc, nullable

    def _plain(self, info: look.Type) -> str:
        if isinstance(info, look.StrType | look.LiteralType | look.EnumType):
            return "string"
        if isinstance(info, look.IntType):
            return "int64"
        if isinstance(info, look.BoolType):
            return "bool"
        if isinstance(info, look.FloatType):
            return "double"
        if isinstance(info, look.DictType):
            return "map<string, int64>" if isinstance(info.value_type, look.IntType) else "Body"
        if isinstance(info, look.TupleType):
            return "Mark"
        if isinstance(info, look.ListType | look.VarTupleType):
            return f"repeated {self._type(info.item_type)[0]}"
        if isinstance(info, look.CustomType) and info.cls is View:
            return "Entry"
        if isinstance(info, look.StructType):
            return self.struct(info)
        raise TypeError(f"{info} has no form in proto")

    @property
    def text(self) -> str:
        return "\n".join(self._done.values())


def _bare(info: look.Type) -> tuple[look.Type, str | None]:
    """The type without what is said of it, and that."""
    if isinstance(info, look.Metadata):
        return info.type, (info.extra_json_schema or {}).get("description")
    return info, None


def _is_unset(info: look.Type) -> bool:
    return isinstance(info, look.CustomType) and info.cls is msgspec.UnsetType


def _telling(field: look.Field) -> bool:
    """Absent, the field means something else than zero. What may be unset is shown as neither required nor having a
    default."""
    if field.default is NODEFAULT:
        return not field.required and field.default_factory is NODEFAULT
    return field.default is None or bool(field.default)


def document(before: str) -> str:
    """The whole file; `before` is the one that is there."""
    numbers = Numbers(before)
    writer = Writer(numbers)
    commands, rpcs, responses = [], [], []
    for command, answers in RESULTS.items():
        info = look.type_info(command)
        assert isinstance(info, look.StructType)
        request = writer.struct(info, f"{command.__name__}Request")
        tag = str(info.tag)
        commands.append(f"    {request} {tag} = {numbers.of('ClientFrame', tag, 10)};")
        if tag in ("hello", "ping"):
            continue
        response = f"{command.__name__}Response"
        rpcs.append(f"  rpc {command.__name__}({request}) returns ({response});")
        responses.append(_response(writer, numbers, response, answers))
    results = []
    for answer in dict.fromkeys(answer for answers in RESULTS.values() for answer in answers):
        name = snake(answer.__name__)
        results.append(f"    {_named(writer, answer)} {name} = {numbers.of('Answer', name, 2)};")
    entries, events = [], []
    for event in get_args(LoggedEvent):
        name = snake(event.__name__.removesuffix("Event"))
        entries.append(f"    {_named(writer, event)} {name} = {numbers.of('Entry', name)};")
        events.append(f"    {event.__name__} {name} = {numbers.of('ServerFrame', name, 3)};")
    for event in get_args(AnyEvent):
        name = snake(event.__name__)
        type_ = _named(writer, event, f"{event.__name__}Event")
        events.append(f"    {type_} {name} = {numbers.of('ServerFrame', name, 3)};")
    _named(writer, Error)
    writer.body()
    fixed = FIXED % {
        "commands": "\n".join(commands),
        "events": "\n".join(events),
        "entries": "\n".join(entries),
        "results": "\n".join(results),
    }
    service = SERVICE + "\n".join(rpcs) + "\n}\n"
    return "\n".join((HEAD, service, fixed, "\n".join(responses), writer.text))


def accounts(before: str) -> str:
    """The whole file of what concerns accounts; `before` is the one that is there."""
    numbers = Numbers(before)
    writer = Writer(numbers)
    services, responses = [], []
    for service, kind in SERVICES.items():
        lines = []
        for operation in carried(kind):
            method = method_name(operation)
            request = writer.request(f"{service}{method}Request", operation)
            response = f"{service}{method}Response"
            responses.append(_response(writer, numbers, response, operation.answers))
            lines.append(comment(operation.text.partition("\n\n")[0], "  "))
            lines.append(f"  rpc {method}({request}) returns ({response});\n")
        services.append(comment(PURPOSES[service]) + f"service {service} {{\n" + "".join(lines) + "}\n")
    return "\n".join((ACCOUNTS, *services, *responses, writer.text))


FILES = {"chat.proto": document, "accounts.proto": accounts}


def written(name: str) -> str:
    """A file as it would be written now."""
    path = FOLDER / name
    return FILES[name](path.read_text("utf-8") if path.exists() else "")


def _named(writer: Writer, type_: type, name: str = "") -> str:
    info = look.type_info(type_)
    assert isinstance(info, look.StructType)
    return writer.struct(info, name)


def _response(writer: Writer, numbers: Numbers, name: str, answers: Iterable[type]) -> str:
    fields = [(_named(writer, answer), snake(answer.__name__)) for answer in answers]
    if not fields:
        return f"message {name} {{}}\n"
    lines = [f"{type_} {field} = {numbers.of(name, field)};" for type_, field in fields]
    if len(lines) == 1:
        return f"message {name} {{\n  {lines[0]}\n}}\n"
    inner = "".join(f"    {line}\n" for line in lines)
    return f"message {name} {{\n  oneof result {{\n{inner}  }}\n}}\n"


def stubs(folder: Path) -> None:
    """Write what protoc makes of the file, under `folder`."""
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{ROOT / 'proto'}", f"--python_out={folder}"]
    command += [f"--pyi_out={folder}", f"--grpc_python_out={folder}", *(str(FOLDER / name) for name in FILES)]
    subprocess.run(command, check=True)


def made() -> dict[str, str]:
    """The stubs by name, as they would be written now."""
    with tempfile.TemporaryDirectory() as folder:
        stubs(Path(folder))
        found = sorted((Path(folder) / "teahouse" / "v1").glob("*.py*"))
        return {path.name: path.read_text("utf-8") for path in found}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        (FOLDER / file).write_text(written(file), encoding="utf-8")
    (STUBS / "teahouse" / "v1").mkdir(exist_ok=True)
    stubs(STUBS)
    print(f"wrote {FOLDER} and its stubs")
