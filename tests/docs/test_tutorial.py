"""The tutorial of the README, played line by line against a real server.

What the README shows is what comes, field by field and in this order. Only ids, secrets and times differ from one
server to the next: `u...aa01` (with an ellipsis) is an id that begins with `u`, and the same one wherever it stands.
"""

import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.app.server import serving
from tests.docs.markdown import document

README = document("README.md")
LINE = re.compile(r"^(\w+) +([<>]) (\{.*\})$")
SHORTENED = re.compile(r"(?P<begin>[a-z]?)…(?P<name>\w{4})")

pytestmark = pytest.mark.service


def tutorial() -> list[tuple[str, str, str]]:
    """(who, `>` typed or `<` received, line), in order."""
    blocks = [block for block in README.blocks() if block.language == "text"]
    found = [LINE.match(line) for block in blocks for line in block.text.splitlines()]
    assert None not in found, "a line that is neither typed nor received"
    return [(match[1], match[2], match[3]) for match in found if match]


class Ids:
    """The ids behind the shortened ones, learnt when they are first seen."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def full(self, line: str) -> str:
        """A line to type, with the ids in full."""
        return SHORTENED.sub(lambda match: self._known[match["name"]], line)

    def match(self, shown: str, real: str) -> bool:
        """Whether the text `real` is what the README shows as `shown`."""
        if not (match := SHORTENED.search(shown)):
            return shown == real
        end = shown[match.end() :]
        found = real.removesuffix(end)
        same = self._known.setdefault(match["name"], found) == found
        return same and real.endswith(end) and real.startswith(match["begin"])


def pairs(items: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Objects as pairs, so that the order of fields counts."""
    return items


def check(shown: Any, real: Any, ids: Ids, key: str = "") -> None:
    if isinstance(shown, list):
        assert isinstance(real, list) and len(shown) == len(real), f"{key}: {real}"
        for one, other in zip(shown, real, strict=True):
            check(one, other, ids, key)
    elif isinstance(shown, tuple):
        assert shown[0] == real[0]
        check(shown[1], real[1], ids, shown[0])
    elif isinstance(shown, str):
        assert isinstance(real, str) and ids.match(shown, real), f"{key}: {shown} is {real}"
    elif key == "at":
        assert isinstance(real, int) and real > 1_700_000_000_000
    else:
        assert shown == real, key


class Terminal:
    """One person with `nc`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._lines = self._socket.makefile("r", encoding="utf-8")

    def type(self, line: str) -> None:
        self._socket.sendall(line.encode() + b"\n")

    def read(self) -> str:
        return self._lines.readline()

    def close(self) -> None:
        self._lines.close()
        self._socket.close()


def test_the_tutorial_is_what_happens(tmp_path: Path) -> None:
    ids = Ids()
    with serving(tmp_path) as server:
        port = int(server.ready["tcp"].rpartition(":")[2])
        people = {who: Terminal(port) for who in ("alice", "bob")}
        for who, direction, line in tutorial():
            if direction == ">":
                people[who].type(ids.full(line))
            else:
                real = people[who].read()
                check(
                    json.loads(line, object_pairs_hook=pairs), json.loads(real, object_pairs_hook=pairs), ids
                )
        for person in people.values():  # and nothing came that the tutorial does not show
            person.type('{"op":"ping","id":"end"}')
            assert json.loads(person.read())["re"] == "end"
            person.close()
        assert server.stop() == 0


def test_what_is_typed_into_the_browser_works(tmp_path: Path) -> None:
    (script,) = (block.text for block in README.blocks() if block.language == "js")
    frames = re.findall(r"'(\{.*\})'", script)
    with serving(tmp_path) as server, connect(server.ready["http"].replace("http", "ws") + "/ws") as browser:
        for frame in frames:
            browser.send(frame)
            assert "ok" in json.loads(browser.recv(timeout=5))
        assert len(frames) == 3


def test_the_port_numbers_are_those_of_the_tutorial() -> None:
    from teahouse.gateways.options import HttpOptions, TcpOptions

    assert f"nc 127.0.0.1 {TcpOptions().port}" in README.text
    assert f"ws://127.0.0.1:{HttpOptions().port}/ws" in README.text
