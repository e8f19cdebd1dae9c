"""Six doors, one set of conversations: what is sent at each is heard at each other, with the same seq; and so are
edits, recalls and receipts. docs/reference/doors.md says so, in a table that is compared here.
"""

import asyncio
import itertools
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import serving
from tests.matrix.people import PEOPLE, People, gathered
from tests.matrix.person import Json, Person

pytestmark = pytest.mark.service

DOORS = tuple(PEOPLE)
WHAT = ("message", "edit", "recall", "receipt")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "doors.md"

Outcome = dict[tuple[str, str, str], str]
"""What went wrong, by who sent, who received, and what; "" for nothing."""


async def played(ready: Json) -> Outcome:
    outcome: Outcome = {}
    async with gathered(ready) as (speakers, listeners):
        for door, speaker in speakers.items():
            for what, told in (await told_by(speaker, f"from {door}", listeners)).items():
                outcome |= {(door, receiver, what): trouble for receiver, trouble in told.items()}
    return outcome


async def told_by(speaker: Person, text: str, listeners: People) -> dict[str, dict[str, str]]:
    """What one says, betters, has read and takes back; the trouble with each by listener, "" for none."""
    told: dict[str, dict[str, str]] = {}
    seq = await speaker.say(text)
    told["message"] = await all_of({door: one.until("message", seq, text) for door, one in listeners.items()})
    await speaker.edit(seq, f"better {text}")
    told["edit"] = await all_of(
        {door: one.until("edit", seq, f"better {text}") for door, one in listeners.items()}
    )
    for one in listeners.values():
        await one.read(seq)
    told["receipt"] = await all_of(
        {door: speaker.until("read", seq, one.name) for door, one in listeners.items()}
    )
    await speaker.recall(seq)
    told["recall"] = await all_of({door: one.until("recall", seq, "") for door, one in listeners.items()})
    return told


async def all_of(happenings: dict[str, Coroutine[Any, Any, None]]) -> dict[str, str]:
    ends = await asyncio.gather(*happenings.values(), return_exceptions=True)
    return {door: "" if end is None else repr(end) for door, end in zip(happenings, ends, strict=True)}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    with serving(
        tmp_path_factory.mktemp("doors"), TEAHOUSE_IDENTITY_REGISTRATION="open", TEAHOUSE_LIMITS="off"
    ) as server:
        return asyncio.run(played(server.ready))


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize(("sender", "receiver"), list(itertools.product(DOORS, DOORS)))
def test_every_door_hears_every_other(outcome: Outcome, sender: str, receiver: str, what: str) -> None:
    assert outcome[sender, receiver, what] == ""


def test_the_page_says_so(outcome: Outcome) -> None:
    said = PAGE.read_text(encoding="utf-8")
    for sender in DOORS:
        cells = (came_through(outcome, sender, receiver) for receiver in DOORS)
        assert f"| {sender} | {' | '.join(cells)} |" in said


def came_through(outcome: Outcome, sender: str, receiver: str) -> str:
    good = [what for what in WHAT if outcome[sender, receiver, what] == ""]
    return "all four" if len(good) == len(WHAT) else ", ".join(good) or "nothing"
