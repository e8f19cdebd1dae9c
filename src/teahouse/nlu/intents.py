"""What somebody wants: the intent of a text, how sure that is, and whether to answer at all.

Rule: one linear layer over two views of the text, its sparse features and its sentence embedding. Each decision is one
of four: `KNOWN`; `AMBIGUOUS`, two intents are about as likely, so ask which; `OUTSIDE`, nothing that was taught, so
hand over; and `EMPTY`. A model carries a second set of numbers for the sparse view alone, and answers by it where the
encoders it was trained with are not installed.
Callers: `understanding.py`. Training is in `fitting.py`: here is nothing but numpy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu import encoders
from teahouse.nlu.examples import OUTSIDE
from teahouse.nlu.features import Row, Vocabulary

Floats = NDArray[np.float32]
KEPT_SHARES = ("90", "95", "97")  # of the in-scope questions, in percent: what a team chooses between
USUAL_SHARE = "95"
AMBIGUOUS_RATIO = 0.6  # the second is at least this likely, compared with the first ...
AMBIGUOUS_FLOOR = 0.15  # ... and likely at all
ALTERNATIVES = 5


class Verdict(StrEnum):
    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Guess:
    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """`ranked`: the most likely first. `closeness` is what the thresholds are compared with."""

    verdict: Verdict
    ranked: tuple[Guess, ...] = ()
    closeness: float = 0.0

    @property
    def intent(self) -> str | None:
        return self.ranked[0].intent if self.verdict is Verdict.KNOWN else None


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a text is like those that were taught; with mean and spread over the training lines."""

    names: tuple[str, ...]
    mean: Floats
    spread: Floats

    def closeness(self, values: Floats) -> Floats:
        """One number a row: the mean of how far each signal is from usual."""
        closeness: Floats = ((values - self.mean) / self.spread).mean(axis=-1)
        return closeness


@dataclass(frozen=True, slots=True)
class Head:
    """The numbers of one way to answer. `scores = sparse @ words + dense @ meaning + bias`, in one place."""

    words: Floats  # grams x intents
    bias: Floats
    temperature: float
    signals: Signals
    thresholds: Mapping[str, float]
    meaning: Floats | None = None  # width of the embeddings x intents


@dataclass(frozen=True, slots=True)
class Taught:
    """The training lines, to find the nearest by: sparse as lists by column, dense as rows."""

    start: NDArray[np.int32]  # of each column in `line` and `value`, and one more
    line: NDArray[np.int32]
    value: Floats
    count: int
    dense: Floats | None = None

    def nearest_words(self, row: Row) -> float:
        columns, values = row
        if not len(columns):
            return 0.0
        similar = np.zeros(self.count, dtype=np.float32)
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            begin, end = self.start[column], self.start[column + 1]
            similar[self.line[begin:end]] += value * self.value[begin:end]
        return float(similar.max(initial=0.0))

    def nearest_meaning(self, embedding: Floats) -> float:
        return 0.0 if self.dense is None else float((self.dense @ embedding).max(initial=0.0))


@dataclass(frozen=True, slots=True)
class IntentModel:
    labels: tuple[str, ...]
    vocabulary: Vocabulary
    taught: Taught
    sparse: Head
    full: Head | None = None
    encoder_names: tuple[str, ...] = ()
    center: Floats | None = None
    report: Mapping[str, Any] = field(default_factory=dict)

    def usable(self) -> bool:
        """Whether the encoders of the training are here, in the same versions."""
        wanted = self.report.get("encoders", [])
        return self.full is not None and all(
            encoders.installed(name.split("@")[0]) == name for name in wanted
        )

    def decide(self, text: str, share: str = USUAL_SHARE) -> Decision:
        if not text.strip():
            return Decision(Verdict.EMPTY)
        row = self.vocabulary.row(text)
        head, embedding = self.sparse, None
        if self.full is not None and self.usable():
            head, embedding = self.full, self.embed(text)
        scores = head.bias + (row[1] @ head.words[row[0]] if len(row[0]) else 0)
        if embedding is not None and head.meaning is not None:
            scores = scores + embedding @ head.meaning
        chances = softmax((scores / head.temperature).astype(np.float32))
        values = self._signals(scores, row, embedding)
        closeness = float(head.signals.closeness(values))
        return self._judge(chances, closeness, head.thresholds[share])

    def embed(self, text: str) -> Floats:
        embedding: Floats = centered(encoders.encode(self.encoder_names, [text]), self.center)[0]
        return embedding

    def _signals(self, scores: Floats, row: Row, embedding: Floats | None) -> Floats:
        values = [top_share(scores[None])[0], self.taught.nearest_words(row)]
        if embedding is not None:
            values.append(self.taught.nearest_meaning(embedding))
        return np.array(values, dtype=np.float32)

    def _judge(self, chances: Floats, closeness: float, threshold: float) -> Decision:
        order = np.argsort(-chances)[:ALTERNATIVES]
        ranked = tuple(Guess(self.labels[i], round(float(chances[i]), 4)) for i in order)
        known = tuple(guess for guess in ranked if guess.intent != OUTSIDE)
        if closeness < threshold or not known or ranked[0].intent == OUTSIDE:
            return Decision(Verdict.OUTSIDE, known, closeness)
        if len(known) > 1 and known[1].confidence >= max(
            AMBIGUOUS_FLOOR, known[0].confidence * AMBIGUOUS_RATIO
        ):
            return Decision(Verdict.AMBIGUOUS, known, closeness)
        return Decision(Verdict.KNOWN, known, closeness)


def softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def top_share(scores: Floats) -> Floats:
    """The logarithm of the share of the best one: near 0 if it stands alone, and steeper than the share itself."""
    best: Floats = np.log(softmax(scores).max(axis=-1) + 1e-9)
    return best


def centered(rows: Floats, center: Floats | None) -> Floats:
    """Without what all lines of this team have in common, each row of length one again."""
    if center is not None:
        rows = rows - center
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def most_likely(chances: Floats, labels: Sequence[str]) -> list[str]:
    return [labels[i] for i in chances.argmax(axis=1)]
