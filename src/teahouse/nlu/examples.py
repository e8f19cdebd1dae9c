"""What a team teaches: lines somebody may say, with what is meant and which particulars are in them.

Rule: a slot is a place in the text, `text[start:end]`, and slots of one line do not overlap. `OUTSIDE` is the intent of
lines that must not be answered; they are examples, too, if a team has some.
Callers: `fitting.py`, `taught.py`, the command line, `desk`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

OUTSIDE = "oos"
LINES_LIMIT = 100_000
TEXT_LIMIT = 2000


class BadExamples(Exception):
    """What was given to learn from cannot be; the message says which line, and why."""


@dataclass(frozen=True, slots=True)
class Slot:
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    intent: str | None = None
    slots: tuple[Slot, ...] = ()


def checked(examples: Iterable[Example]) -> list[Example]:
    """All of them, or `BadExamples`."""
    taken: list[Example] = []
    for number, example in enumerate(examples, start=1):
        if number > LINES_LIMIT:
            raise BadExamples(f"more than {LINES_LIMIT:,} examples")
        for complaint in _complaints(example):
            raise BadExamples(f"example {number} ({example.text[:40]!r}): {complaint}")
        taken.append(example)
    return taken


def _complaints(example: Example) -> Iterator[str]:
    if not example.text.strip():
        yield "it says nothing"
    if len(example.text) > TEXT_LIMIT:
        yield f"longer than {TEXT_LIMIT} characters"
    end = 0
    for slot in sorted(example.slots, key=lambda s: s.start):
        if not 0 <= slot.start < slot.end <= len(example.text):
            yield f"the slot {slot.kind} is not inside the text"
        if slot.start < end:
            yield f"the slot {slot.kind} overlaps another one"
        end = slot.end
