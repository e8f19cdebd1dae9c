"""Examples as people keep them: YAML to write by hand, JSON lines to exchange.

Rule: in YAML a slot is marked where it stands, `[six]{people}`, as Rasa does it, so nobody counts characters; a bracket
that marks nothing is just a bracket. Reading needs no type but text, lists and maps, and makes no objects of what it
reads. A mistake is `BadExamples`, with the place. The forms are documented in docs/how-to/desk-training.md.
Callers: the command line, `desk`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from teahouse.nlu.examples import BadExamples, Example, Slot

_MARK = re.compile(r"\[(?P<said>[^\[\]\n]+)\]\{(?P<kind>[\w./-]+)\}")
YAML_LIMIT = 20 * 2**20


def from_marked(line: str, intent: str | None = None) -> Example:
    """`a table for [six]{people}`: the text without marks, and where they were."""
    text, slots, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        slots.append(Slot(len(text), len(text) + len(match["said"]), match["kind"]))
        text += match["said"]
        at = match.end()
    return Example(text + line[at:], intent, tuple(slots))


def to_marked(example: Example) -> str:
    said, at = "", 0
    for slot in sorted(example.slots, key=lambda s: s.start):
        said += f"{example.text[at : slot.start]}[{example.text[slot.start : slot.end]}]{{{slot.kind}}}"
        at = slot.end
    return said + example.text[at:]


def read_yaml(data: str) -> list[Example]:
    """A map `intents` from the name of each to its lines."""
    import yaml  # of the extra `desk`

    class Plain(yaml.BaseLoader):  # type: ignore[misc]  # yaml tells no types
        """Makes text, lists and maps, no objects; and nothing stands for something else, so nothing can grow."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise BadExamples("aliases are not read here")
            return super().compose_node(parent, index)

    if len(data) > YAML_LIMIT:
        raise BadExamples(f"more than {YAML_LIMIT:,} characters of YAML")
    try:
        told = yaml.load(data, Loader=Plain)  # noqa: S506  see Plain
    except (yaml.YAMLError, RecursionError) as error:
        raise BadExamples(f"this is not YAML: {error}") from error
    intents = told.get("intents") if isinstance(told, dict) else None
    if not isinstance(intents, dict):
        raise BadExamples("there must be a map `intents`, from the name of each to its lines")
    return [example for intent, lines in intents.items() for example in _lines(str(intent), lines)]


def _lines(intent: str, lines: Any) -> Iterator[Example]:
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise BadExamples(f"the intent {intent!r} must have a list of lines")
    yield from (from_marked(line, intent) for line in lines)


def write_yaml(examples: Iterable[Example]) -> str:
    """What `read_yaml()` reads. Examples without an intent cannot be told in this form."""
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        if example.intent is None:
            raise BadExamples(f"{example.text[:40]!r} has no intent")
        by_intent.setdefault(example.intent, []).append(to_marked(example))
    lines = ["intents:"]
    for intent, said in by_intent.items():
        lines.append(f"  {json.dumps(intent, ensure_ascii=False)}:")
        lines += [f"    - {json.dumps(line, ensure_ascii=False)}" for line in said]
    return "\n".join(lines) + "\n"


def read_rows(lines: Iterable[str]) -> Iterator[tuple[dict[str, Any], Example]]:
    """JSON lines: each with `text`, and what it has of `intent` and `slots` (`[start, end, kind]`)."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            slots = tuple(Slot(int(start), int(end), str(kind)) for start, end, kind in row.get("slots", ()))
            yield row, Example(_text(row), row.get("intent"), slots)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadExamples(f"line {number} is not an example: {error}") from error


def _text(row: Mapping[str, Any]) -> str:
    if not isinstance(row["text"], str):
        raise TypeError("`text` is not text")
    return row["text"]


def write_rows(examples: Sequence[Example]) -> str:
    rows = [
        {"text": e.text, "intent": e.intent, "slots": [[s.start, s.end, s.kind] for s in e.slots]}
        for e in examples
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
