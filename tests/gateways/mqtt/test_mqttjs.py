"""MQTT.js, the client of programs in Node.js and of pages, over TCP and WebSocket."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.server import Server, serving

TALK = Path(__file__).parents[2] / "mqttjs" / "talk.mjs"

pytestmark = pytest.mark.service


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    applied = {"TEAHOUSE_MQTT_TOPICS": "sensors/#", "TEAHOUSE_MQTT_TOPICS_IN": "lobby"}
    with serving(tmp_path, "--limits", "off", **applied) as running:
        assert running.ready
        yield running


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("over", ["tcp", "websocket"])
def test_mqttjs(server: Server, version: int, over: str) -> None:
    assert shutil.which("node"), "node is missing: `make test` installs it"
    assert (TALK.parent / "node_modules").exists(), "MQTT.js is missing: `make test` installs it"
    web = server.ready["http"].replace("http", "ws") + "/mqtt"
    done = subprocess.run(
        ["node", str(TALK), web if over == "websocket" else server.ready["mqtt"], str(version)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    said = [one for one in heard if one["topic"] == "chat/global"]
    assert [one["text"] for one in said] == [f"m{n}" for n in range(9)]
    assert {one["qos"] for one in said} == {2}
    assert {tuple(one["user"]) for one in said} == ({("seq", "sender")} if version == 5 else {()})
    applied = {(one["topic"], one["text"]): (one["qos"], one["answer"]) for one in heard if one not in said}
    assert applied == {
        ("sensors/heat", "21"): (1, "sensors/answers" if version == 5 else None),
        ("sensors/heat", "22"): (0, None),
        ("sensors/alice", "gone"): (1, None),
    }
