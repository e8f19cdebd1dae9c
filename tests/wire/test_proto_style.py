"""The files of proto/ keep buf's standard rules of style, but for what decision 0065 says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from teahouse.v1 import accounts_pb2, chat_pb2

FILES = [chat_pb2.DESCRIPTOR, accounts_pb2.DESCRIPTOR]
PASCAL, SNAKE = re.compile(r"([A-Z][a-z0-9]*)+"), re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
FOLDER = Path(__file__).parents[2] / "proto"

STREAM = {("Chat", "Connect"): ("ClientFrame", "EventBatch")}
"""Messages that say what they are, in the place of ConnectRequest and ConnectResponse."""


def methods() -> Iterator[tuple[str, Any]]:
    return (
        (service.name, method) for file in FILES for service in services(file) for method in service.methods
    )


def services(file: Any) -> list[Any]:
    return list(file.services_by_name.values())


def messages() -> Iterator[Any]:
    return (message for file in FILES for message in file.message_types_by_name.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_package_and_place(file: Any) -> None:
    """PACKAGE_DIRECTORY_MATCH, PACKAGE_LOWER_SNAKE_CASE, PACKAGE_VERSION_SUFFIX, FILE_LOWER_SNAKE_CASE."""
    folder, _, name = file.name.rpartition("/")
    assert file.package == folder.replace("/", ".")
    assert re.fullmatch(r"([a-z][a-z0-9_]*\.)+v[1-9]\d*", file.package)
    assert SNAKE.fullmatch(name.removesuffix(".proto"))
    assert (FOLDER / file.name).exists()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_syntax_and_imports(file: Any) -> None:
    """IMPORT_USED, IMPORT_NO_PUBLIC, IMPORT_NO_WEAK, SYNTAX_SPECIFIED."""
    text = (FOLDER / file.name).read_text(encoding="utf-8")
    assert text.count('syntax = "proto3";') == 1
    assert not re.search(r"^import (public|weak)", text, re.MULTILINE)
    for imported in file.dependencies:
        assert any(message.full_name in text for message in imported.message_types_by_name.values())


def test_names() -> None:
    """MESSAGE_PASCAL_CASE, FIELD_LOWER_SNAKE_CASE, ONEOF_LOWER_SNAKE_CASE, SERVICE_PASCAL_CASE, RPC_PASCAL_CASE."""
    for message in messages():
        assert PASCAL.fullmatch(message.name)
        for field in message.fields:
            assert SNAKE.fullmatch(field.name), field.full_name
        for oneof in message.oneofs:
            assert SNAKE.fullmatch(oneof.name.removeprefix("_")), oneof.full_name
    for service, method in methods():
        assert PASCAL.fullmatch(service)
        assert PASCAL.fullmatch(method.name)


def test_each_call_has_its_own_request_and_response() -> None:
    """RPC_REQUEST_STANDARD_NAME, RPC_RESPONSE_STANDARD_NAME, RPC_REQUEST_RESPONSE_UNIQUE, RPC_NO_CLIENT_STREAMING and
    RPC_NO_SERVER_STREAMING but for the stream."""
    used: list[str] = []
    for service, method in methods():
        names = (method.input_type.name, method.output_type.name)
        used += names
        if (service, method.name) in STREAM:
            assert names == STREAM[service, method.name]
            assert method.client_streaming and method.server_streaming
            continue
        assert names in [
            (f"{before}{method.name}Request", f"{before}{method.name}Response") for before in ("", service)
        ]
        assert not (method.client_streaming or method.server_streaming)
    assert len(used) == len(set(used))


def test_closed_sets_are_words() -> None:
    """No enum, so no rule about them: what a client does not know it passes over, as in JSON (decision 0065)."""
    for file in FILES:
        assert not file.enum_types_by_name
    assert not any(message.enum_types or message.extensions for message in messages())


def test_services_are_told_of() -> None:
    """COMMENT_SERVICE."""
    for file in FILES:
        text = (FOLDER / file.name).read_text(encoding="utf-8")
        for service in services(file):
            assert re.search(rf"^// .*\nservice {service.name} {{", text, re.MULTILINE)
