"""The figures of an evaluation, each as the papers count it.

Rule: counting only; what was said and what is true are given. A slot counts if place and kind are exactly right.
Callers: `evaluation.py`.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from teahouse.nlu.examples import Slot


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrongly said, and not said; of all kinds together, or of one."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class IntentScores:
    """Of questions that are inside: `accuracy` and `macro_f1` without refusal, `kept` how many are not refused at the
    threshold of the training. `recall_at_95`: how much of what is outside is refused at the threshold that keeps
    95 in a hundred of these very questions; `outside_recall` at that of the training. None where nothing is outside."""

    count: int
    accuracy: float
    macro_f1: float
    kept: float
    outside: int
    outside_recall: float | None
    recall_at_95: float | None
    separation: float | None
    by_intent: dict[str, Counts]
    confusions: list[tuple[str, str, int]] = field(default_factory=list)


def by_label(true: Sequence[str], said: Sequence[str]) -> dict[str, Counts]:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for one, other in zip(true, said, strict=True):
        if one == other:
            right[one] += 1
        else:
            missed[one] += 1
            wrong[other] += 1
    return {
        label: Counts(right[label], wrong[label], missed[label]) for label in sorted(set(true) | set(said))
    }


def macro_f1(counts: dict[str, Counts], true: Collection[str]) -> float:
    """The mean over the intents that occur."""
    labels = set(true)
    return ratio(sum(counts[label].f1 for label in labels), len(labels))


def confusions(true: Sequence[str], said: Sequence[str]) -> list[tuple[str, str, int]]:
    """(true, said, how often), the most frequent first."""
    pairs = Counter((one, other) for one, other in zip(true, said, strict=True) if one != other)
    return [(one, other, count) for (one, other), count in sorted(pairs.items(), key=lambda p: (-p[1], p[0]))]


def slot_counts(true: Sequence[Collection[Slot]], said: Sequence[Collection[Slot]]) -> dict[str, Counts]:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for one, other in zip(true, said, strict=True):
        there, found = set(one), set(other)
        right.update(slot.kind for slot in there & found)
        wrong.update(slot.kind for slot in found - there)
        missed.update(slot.kind for slot in there - found)
    return {
        kind: Counts(right[kind], wrong[kind], missed[kind]) for kind in sorted({*right, *wrong, *missed})
    }


def together(counts: Collection[Counts]) -> Counts:
    return Counts(sum(c.right for c in counts), sum(c.wrong for c in counts), sum(c.missed for c in counts))


def separation(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The area under the ROC curve: how often one that is inside stands above one that is outside; a tie is half."""
    ranked = sorted([(value, True) for value in inside] + [(value, False) for value in outside])
    sum_of_ranks, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        sum_of_ranks += (at + end + 1) / 2 * sum(is_in for _, is_in in ranked[at:end])
        at = end
    return ratio(sum_of_ranks - len(inside) * (len(inside) + 1) / 2, len(inside) * len(outside))


def refused_when_keeping(share: float, inside: Sequence[float], outside: Sequence[float]) -> float:
    """How many of `outside` lie below the value that `share` of `inside` reach."""
    threshold = sorted(inside)[min(len(inside) - 1, round(len(inside) * (1 - share)))]
    return ratio(sum(value < threshold for value in outside), len(outside))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where the right article stood. hit@1 is how often it was the first, MRR the mean of one over its place."""

    count: int
    hit_at_1: float
    reciprocal_rank: float


def ranking(places: Sequence[int | None]) -> Ranking:
    """`places` from 1; None where it was not found."""
    found = [place for place in places if place is not None]
    hits = sum(place == 1 for place in found)
    return Ranking(
        len(places), ratio(hits, len(places)), ratio(sum(1 / place for place in found), len(places))
    )
