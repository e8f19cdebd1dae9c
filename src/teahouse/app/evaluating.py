"""What `teahouse desk` does: reads files of examples, tries a model on them, and says what came out.

Rule: files and the clock are here, figures come from the room `nlu`. Callers: `app/cli_desk.py`.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from teahouse.nlu import scores
from teahouse.nlu.evaluation import Asked, Outcome, evaluate, evaluate_library
from teahouse.nlu.examples import OUTSIDE, BadExamples, Example
from teahouse.nlu.report import page
from teahouse.nlu.retrieval import Article, Library
from teahouse.nlu.taught import read_rows, read_yaml
from teahouse.nlu.typed.found import Circumstances
from teahouse.nlu.typed.registry import Registry
from teahouse.nlu.understanding import from_bytes

TRAINING, TEST = "train", "test"
CONFUSIONS_SHOWN = 12

Rows = list[tuple[str, Example]]


def read_examples(path: Path) -> list[Example]:
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".yaml", ".yml"):
        return read_yaml(text)
    return [example for _, example in read_rows(text.split("\n"))]


def read_split(path: Path) -> Rows:
    """(split, example) of each row. A set whose training part is called `val` is taken so, too."""
    rows = [(str(row.get("split")), e) for row, e in read_rows(path.read_text(encoding="utf-8").split("\n"))]
    if not any(split == TRAINING for split, _ in rows):
        rows = [(TRAINING if split == "val" else split, e) for split, e in rows]
    for wanted in (TRAINING, TEST):
        if not any(split == wanted for split, _ in rows):
            raise BadExamples(f"{path}: no row has the split {wanted!r}")
    return rows


def chosen(rows: Rows, shots: int, seed: int) -> list[Example]:
    """The lines to train with: all, or so many of each intent, drawn by the seed. None that is outside."""
    lines = [e for split, e in rows if split == TRAINING and e.intent != OUTSIDE]
    if not shots:
        return lines
    by_intent: dict[str | None, list[Example]] = {}
    for line in lines:
        by_intent.setdefault(line.intent, []).append(line)
    dice = np.random.default_rng(seed)
    return [some[i] for some in by_intent.values() for i in dice.permutation(len(some))[:shots]]


@dataclass(frozen=True, slots=True)
class Trial:
    outcome: Outcome
    figures: dict[str, str]
    confused: list[str]

    def page(self, title: str) -> str:
        return page(f"Evaluation: {title}", self.figures, self.outcome.intents, self.outcome.slots)


def trial(rows: Rows, model: bytes) -> Trial:
    loaded = from_bytes(model)
    tests = [e for split, e in rows if split == TEST]
    if loaded.intents is not None:
        loaded.intents.decide("warm")  # loading an encoder is no part of an answer
    outcome = evaluate(loaded, tests, perf_counter)
    shown = outcome.intents.confusions[:CONFUSIONS_SHOWN] if outcome.intents else []
    confused = [f"  {count:3} x {one} understood as {other}" for one, other, count in shown]
    return Trial(outcome, _figures(outcome, loaded.about), confused)


def _figures(outcome: Outcome, about: Any) -> dict[str, str]:
    figures = {"lines of training": str(about["lines"]), "encoders": ", ".join(about["encoders"]) or "none"}
    figures["seed"] = str(about["seed"])
    found = outcome.intents
    if found is not None:
        figures["questions inside"] = str(found.count)
        figures["accuracy"] = f"{found.accuracy:.4f}"
        figures["macro F1"] = f"{found.macro_f1:.4f}"
        figures["inside kept, threshold of training (95)"] = f"{found.kept:.3f}"
        if found.outside:
            figures["questions outside"] = str(found.outside)
            figures["out-of-scope recall, threshold of training"] = f"{found.outside_recall:.3f}"
            figures["out-of-scope recall, 95 % of inside kept"] = f"{found.recall_at_95:.3f}"
            figures["area under the ROC curve"] = f"{found.separation:.3f}"
    if outcome.slots:
        whole = scores.together(list(outcome.slots.values()))
        figures["slot precision"] = f"{whole.precision:.4f}"
        figures["slot recall"] = f"{whole.recall:.4f}"
        figures["slot F1, exact spans"] = f"{whole.f1:.4f}"
    figures["an answer, median and p95"] = f"{outcome.times.median:.1f} ms, {outcome.times.p95:.1f} ms"
    return figures


def library_lines(name: Path, sparse: bool) -> Iterator[str]:
    """Both ways to search, one line each."""
    articles = [
        Article(str(row["id"]), str(row["text"]), str(row.get("title", ""))) for row in _json(name, "docs")
    ]
    asked = [Asked(str(row["text"]), frozenset(map(str, row["rel"]))) for row in _json(name, "queries")]
    for told, names in (("BM25 alone", []), ("BM25 and meaning", None)):
        if sparse and names is None:
            continue
        started = perf_counter()
        library = Library(articles, names)
        took = perf_counter() - started
        library.search("warm")
        ranking, times = evaluate_library(library, asked, perf_counter)
        yield (
            f"{told:20} hit@1 {ranking.hit_at_1:.4f}  MRR {ranking.reciprocal_rank:.4f}  of {ranking.count} questions; "
            f"{times.median:.1f} ms, p95 {times.p95:.1f} ms; made in {took:.1f} s"
        )


def _json(name: Path, part: str) -> list[dict[str, Any]]:
    path = name.with_name(f"{name.name}_{part}.jsonl")
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except ValueError as error:
        raise BadExamples(f"{path}: {error}") from error
    needed = {"id", "text"} if part == "docs" else {"text", "rel"}
    if not rows or not all(isinstance(row, dict) and needed <= row.keys() for row in rows):
        raise BadExamples(f"{path}: each line needs {', '.join(sorted(needed))}")
    return rows


def about(model: bytes) -> Iterator[str]:
    """What the training says of itself."""
    told = from_bytes(model).about
    yield f"{told['lines']} lines, encoders: {', '.join(told['encoders']) or 'none'}"
    if "intents" in told:
        yield f"of lines not seen, {told['intents']['unseen accuracy']:.1%} would be understood"
    if "slots" in told:
        yield f"slots: {', '.join(told['slots'])}"


def answers(model: bytes, share: str) -> Callable[[str], str]:
    """A function that says as JSON what a text means."""
    loaded, registry = from_bytes(model), Registry()

    def answer(text: str) -> str:
        found = loaded.understand(text, Circumstances(datetime.now()), registry, share)
        told = {
            "verdict": found.decision.verdict,
            "intents": {guess.intent: guess.confidence for guess in found.decision.ranked},
            "slots": [[slot.kind, text[slot.start : slot.end]] for slot in found.slots],
            "values": [[one.kind, text[one.start : one.end], one.value] for one in found.values],
        }
        return json.dumps(told, ensure_ascii=False)

    return answer
