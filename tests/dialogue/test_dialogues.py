"""The same conversations through every gateway, word for word."""

import json
from pathlib import Path

import pytest

from tests.dialogue.gateways import GATEWAYS
from tests.dialogue.play import Play, lines_of

SCRIPTS = [
    pytest.param(path.stem, path.read_text(encoding="utf-8"), id=path.stem)
    for path in sorted((Path(__file__).parent / "scripts").glob("*.txt"))
]

UNSAYABLE = {
    ("grpc", "errors"): "a number where a text belongs has no form there",
    (
        "grpc",
        "credentials",
    ): "a number where a text belongs has no form there; what can be said: tests/gateways/grpc",
    ("mqtt", "errors"): "of JSON frames, and of hello",
    ("mqtt", "credentials"): "of hello; those of CONNECT: tests/gateways/mqtt",
    ("mqtt", "resume"): "by cursors; sessions of MQTT keep their own: tests/gateways/mqtt",
}


def marks(gateway: str) -> list[pytest.MarkDecorator]:
    return [] if gateway == "engine" else [pytest.mark.service]


@pytest.mark.parametrize("gateway", [pytest.param(name, marks=marks(name)) for name in GATEWAYS])
@pytest.mark.parametrize(("about", "script"), SCRIPTS)
async def test_dialogue(about: str, script: str, gateway: str, tmp_path: Path) -> None:
    if (reason := UNSAYABLE.get((gateway, about))) is not None:
        pytest.skip(reason)
    async with GATEWAYS[gateway](tmp_path) as running:
        await Play(running).perform(script)


class Parrot:
    """A server that says what it hears, for the player's own test."""

    def __init__(self) -> None:
        self._said: list[str] = []

    async def connect(self) -> "Parrot":
        return self

    async def say(self, frame: str) -> None:
        self._said.append(frame)

    async def hear(self) -> dict | None:
        said = json.loads(self._said.pop(0))
        return {"re": said["id"], "ok": said}

    async def leave(self) -> None:
        self._said.clear()


@pytest.mark.parametrize(
    "line",
    [
        'A < {"ok": {"op": "y"}}',
        'A < {"ok": {"op": "<none>"}}',
        'A < {"ok": {"missing": "<any>"}}',
        'A < {"ok": {"list": [1]}}',
        'A < {"ok": {"list": [1, "$other"]}}\nA > {"op": "x"}\nA < {"ok": {"op": "$other"}}',
        'A < {"error": {}}',
    ],
)
async def test_the_player_notices(line: str) -> None:
    with pytest.raises(AssertionError):
        await Play(Parrot()).perform('A > {"op": "x", "list": [1, 2]}\n' + line)


async def test_the_player_is_content_with_what_it_wanted() -> None:
    await Play(Parrot()).perform(
        'A > {"op": "x", "list": [1, 2]}\nA < {"ok": {"op": "$op", "list": [1, "<any>"]}}\n'
        'A > {"op": "$op"}\nA < {"ok": {\n  "op": "x"}}\n'
    )


def test_a_script_is_made_of_lines_that_mean_something() -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(lines_of("A leaves\nA dances\n"))
