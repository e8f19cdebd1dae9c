"""Runs a model over questions it was not trained with, and counts.

Rule: it asks the model exactly what a customer's question asks it, one at a time, and measures that with the clock it
is given. Questions are outside if their intent is not one of the training's.
Callers: the command line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from teahouse.nlu import scores
from teahouse.nlu.examples import OUTSIDE, Example
from teahouse.nlu.intents import USUAL_SHARE, Decision, Verdict
from teahouse.nlu.retrieval import Library
from teahouse.nlu.scores import Counts, IntentScores, Ranking
from teahouse.nlu.understanding import Model

Clock = Callable[[], float]  # seconds
DEPTH = 100  # how far down the right article is looked for


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds an answer took."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Outcome:
    intents: IntentScores | None
    slots: dict[str, Counts]
    times: Times


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the library, and the articles that answer it."""

    text: str
    relevant: frozenset[str]


def evaluate(model: Model, examples: Sequence[Example], clock: Clock, share: str = USUAL_SHARE) -> Outcome:
    decisions: list[Decision] = []
    slots, took = [], []
    for example in examples:
        started = clock()
        decision = model.intents.decide(example.text, share) if model.intents else Decision(Verdict.EMPTY)
        # Slots of what is refused are counted, too: refusal has its own figure.
        likeliest = decision.ranked[0].intent if decision.ranked else None
        found = model.slots.find(example.text, likeliest) if model.slots else []
        took.append(clock() - started)
        decisions.append(decision)
        slots.append(found)
    inside = None if model.intents is None else intent_scores(set(model.intents.labels), examples, decisions)
    counted = scores.slot_counts([e.slots for e in examples], slots) if model.slots else {}
    return Outcome(inside, counted, times(took))


def intent_scores(
    labels: set[str], examples: Sequence[Example], decisions: Sequence[Decision]
) -> IntentScores | None:
    pairs = [(e, d) for e, d in zip(examples, decisions, strict=True) if e.intent is not None]
    within = [(str(e.intent), d) for e, d in pairs if e.intent in labels - {OUTSIDE}]
    beyond = [d for e, d in pairs if e.intent not in labels - {OUTSIDE}]
    if not within:
        return None
    true = [intent for intent, _ in within]
    said = [d.ranked[0].intent if d.ranked else OUTSIDE for _, d in within]
    counts = scores.by_label(true, said)
    near, far = [d.closeness for _, d in within], [d.closeness for d in beyond]
    return IntentScores(
        count=len(within),
        accuracy=scores.ratio(sum(a == b for a, b in zip(true, said, strict=True)), len(true)),
        macro_f1=scores.macro_f1(counts, true),
        kept=scores.ratio(sum(d.verdict is not Verdict.OUTSIDE for _, d in within), len(within)),
        outside=len(beyond),
        outside_recall=scores.ratio(sum(d.verdict is Verdict.OUTSIDE for d in beyond), len(far))
        if far
        else None,
        recall_at_95=scores.refused_when_keeping(0.95, near, far) if far else None,
        separation=scores.separation(near, far) if far else None,
        by_intent=counts,
        confusions=scores.confusions(true, said),
    )


def evaluate_library(library: Library, asked: Sequence[Asked], clock: Clock) -> tuple[Ranking, Times]:
    places: list[int | None] = []
    took = []
    for question in asked:
        started = clock()
        hits = library.search(question.text, DEPTH)
        took.append(clock() - started)
        order = [i for i, hit in enumerate(hits, start=1) if hit.article.id in question.relevant]
        places.append(order[0] if order else None)
    return scores.ranking(places), times(took)


def times(took: Sequence[float]) -> Times:
    ordered = sorted(took) or [0.0]
    return Times(ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000)
