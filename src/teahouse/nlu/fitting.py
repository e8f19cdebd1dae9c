"""Training of intents: two learners, mixed by cross-validation, and what may be refused.

Rule: what is said about confidence and refusal comes from lines the learner has not seen: every line is scored by a
model trained without it. The two learners are a linear SVM over the sparse features and a logistic regression over the
embedding; as both are linear, their mix is one layer. The same lines and the same seed make the same model.
Callers: `training.py`. scikit-learn is imported here and nowhere that answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from teahouse.nlu import encoders
from teahouse.nlu.examples import BadExamples
from teahouse.nlu.features import Vocabulary
from teahouse.nlu.intents import (
    KEPT_SHARES,
    Floats,
    Head,
    IntentModel,
    Signals,
    Taught,
    centered,
    softmax,
    top_share,
)

SVM_COST, REGRESSION_COST = 1.0, 10.0
SVM_SCALE = 2.0  # brings the margins of the SVM to the size of log-odds
FOLDS_SMALL, FOLDS_LARGE, LARGE = 5, 3, 3000
WEIGHTS = tuple(i / 10 for i in range(11))
TEMPERATURES = tuple(2 ** (i / 4) for i in range(-12, 9))
FEWEST_INTENTS = 2

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _View:
    """The lines to learn from, seen both ways."""

    words: Any  # a scipy matrix, lines x grams
    meaning: Floats | None
    labels: Labels
    classes: int


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Floats  # inputs x classes
    bias: Floats

    def scores(self, inputs: Any) -> Floats:
        made: Floats = np.asarray(inputs @ self.weight, dtype=np.float32) + self.bias
        return made


@dataclass(frozen=True, slots=True)
class Unseen:
    """Scores of each line by models that have not seen it, and how near the lines they have seen are."""

    by_words: Floats
    by_meaning: Floats | None
    near_words: Floats
    near_meaning: Floats | None


def fit_intents(
    texts: Sequence[str], intents: Sequence[str], seed: int, names: Sequence[str]
) -> tuple[IntentModel, list[str]]:
    """The model, and for each line the intent a model without this line would have given it."""
    labels = tuple(sorted(set(intents)))
    if len(labels) < FEWEST_INTENTS:
        raise BadExamples("there must be at least two intents, or one and examples of what is outside")
    number = {label: i for i, label in enumerate(labels)}
    vocabulary = Vocabulary.learn(texts)
    center, meaning = None, None
    if names:
        rows = encoders.encode(names, texts)
        center = _center(rows, names)
        meaning = centered(rows, center)
    view = _View(_matrix(vocabulary, texts), meaning, np.array([number[i] for i in intents]), len(labels))
    unseen = _unseen(view, seed)
    words = _fit_words(view.words, view.labels, view.classes, seed)
    sparse_head, guesses, told = _head(view, unseen, words, None, labels)
    full_head = None
    if meaning is not None:
        by_meaning = _fit_meaning(meaning, view.labels, view.classes)
        full_head, guesses, told = _head(view, unseen, words, by_meaning, labels)
    report = told | {
        "encoders": [encoders.installed(name) for name in names],
        "seed": seed,
        "lines": len(texts),
    }
    taught = _taught(view)
    model = IntentModel(labels, vocabulary, taught, sparse_head, full_head, tuple(names), center, report)
    return model, [labels[i] for i in guesses]


def _center(rows: Floats, names: Sequence[str]) -> Floats:
    mean: Floats = rows.mean(axis=0)
    return mean


def _matrix(vocabulary: Vocabulary, texts: Sequence[str]) -> Any:
    rows = [vocabulary.row(text) for text in texts]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([c for c, _ in rows])
    values = np.concatenate([v for _, v in rows])
    return sparse.csr_matrix((values, columns, ends), shape=(len(texts), len(vocabulary.index)))


def _taught(view: _View) -> Taught:
    columns = view.words.tocsc()
    dense = view.meaning
    return Taught(
        columns.indptr.astype(np.int32),
        columns.indices.astype(np.int32),
        columns.data.astype(np.float32),
        columns.shape[0],
        dense,
    )


def _fit_words(inputs: Any, labels: Labels, classes: int, seed: int) -> _Linear:
    learner = LinearSVC(C=SVM_COST, random_state=seed).fit(inputs, labels)
    return _whole(learner, classes, SVM_SCALE)


def _fit_meaning(inputs: Floats, labels: Labels, classes: int) -> _Linear:
    learner = LogisticRegression(C=REGRESSION_COST, max_iter=200).fit(inputs, labels)
    return _whole(learner, classes, 1.0)


def _whole(learner: Any, classes: int, scale: float) -> _Linear:
    """The learner's numbers for all classes: one that no line of this fold had is out of reach."""
    weight, bias = learner.coef_, learner.intercept_
    if len(learner.classes_) == FEWEST_INTENTS:  # scikit-learn keeps one row for two classes
        weight, bias = np.vstack([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
    whole = np.zeros((weight.shape[1], classes), dtype=np.float32)
    whole[:, learner.classes_] = weight.T * scale
    biases = np.full(classes, -20.0, dtype=np.float32)
    biases[learner.classes_] = bias * scale
    return _Linear(whole, biases)


def _unseen(view: _View, seed: int) -> Unseen:
    count = len(view.labels)
    made = Unseen(
        np.zeros((count, view.classes), np.float32),
        None if view.meaning is None else np.zeros((count, view.classes), np.float32),
        np.zeros(count, np.float32),
        None if view.meaning is None else np.zeros(count, np.float32),
    )
    for seen, new in _folds(view, seed):
        learner = _fit_words(view.words[seen], view.labels[seen], view.classes, seed)
        made.by_words[new] = learner.scores(view.words[new])
        made.near_words[new] = _nearest(view.words[seen], view.words[new])
        if view.meaning is not None and made.by_meaning is not None and made.near_meaning is not None:
            dense = _fit_meaning(view.meaning[seen], view.labels[seen], view.classes)
            made.by_meaning[new] = dense.scores(view.meaning[new])
            made.near_meaning[new] = _nearest(view.meaning[seen], view.meaning[new])
    return made


def _folds(view: _View, seed: int) -> Any:
    """Pairs of (seen, new). Rare intents are spread over the folds by themselves; a warning about them is of no use."""
    import warnings

    folds = FOLDS_LARGE if len(view.labels) > LARGE else FOLDS_SMALL
    folds = max(2, min(folds, int(np.bincount(view.labels).max())))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(view.words, view.labels))


def _nearest(seen: Any, new: Any) -> Floats:
    found = np.empty(new.shape[0], dtype=np.float32)
    for start in range(0, new.shape[0], 512):  # not all by all at once: memory
        similar = new[start : start + 512] @ seen.T
        found[start : start + 512] = (similar.toarray() if sparse.issparse(similar) else similar).max(axis=1)
    return found


def _head(view: _View, unseen: Unseen, words: _Linear, meaning: _Linear | None, labels: Sequence[str]) -> Any:
    """(head, guesses for unseen lines, what to tell about it)."""
    weight = 1.0
    scores = _normal(unseen.by_words)
    if meaning is not None and unseen.by_meaning is not None:
        by_meaning = _normal(unseen.by_meaning)
        weight = _best_weight(scores, by_meaning, view.labels)
        scores = weight * scores + (1 - weight) * by_meaning
    temperature = _best_temperature(scores, view.labels)
    names = ["confidence", "nearest words"]
    values = [top_share(scores), unseen.near_words]
    if meaning is not None and unseen.near_meaning is not None:
        names.append("nearest meaning")
        values.append(unseen.near_meaning)
    table = np.stack(values, axis=1).astype(np.float32)
    signals = Signals(tuple(names), table.mean(axis=0), np.maximum(table.std(axis=0), 1e-3))
    closeness = signals.closeness(table)
    inside = _inside(view.labels, labels)
    thresholds = {share: float(np.quantile(closeness[inside], 1 - int(share) / 100)) for share in KEPT_SHARES}
    head = Head(
        words.weight * weight,
        words.bias * weight + (0 if meaning is None else meaning.bias * (1 - weight)),
        temperature,
        signals,
        thresholds,
        None if meaning is None else meaning.weight * (1 - weight),
    )
    guesses = scores.argmax(axis=1)
    told = {"weight of words": weight, "unseen accuracy": round(float((guesses == view.labels).mean()), 4)}
    return head, guesses, told


def _inside(numbers: Labels, labels: Sequence[str]) -> NDArray[np.bool_]:
    from teahouse.nlu.examples import OUTSIDE

    return np.array([labels[n] != OUTSIDE for n in numbers])


def _normal(scores: Floats) -> Floats:
    """As logarithms of shares: what all classes of a line have in common says nothing."""
    normal: Floats = np.log(softmax(scores) + 1e-9)
    return normal


def _best_weight(by_words: Floats, by_meaning: Floats, labels: Labels) -> float:
    """The weight with the most lines right, smoothed over its neighbours: a peak of one step is luck."""
    right = [(np.argmax(w * by_words + (1 - w) * by_meaning, axis=1) == labels).mean() for w in WEIGHTS]
    padded = np.pad(np.array(right), 1, mode="edge")
    smooth = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return WEIGHTS[int(np.argmax(smooth))]


def _best_temperature(scores: Floats, labels: Labels) -> float:
    rows = np.arange(len(labels))

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(scores / temperature)[rows, labels] + 1e-9).mean())

    return min(TEMPERATURES, key=loss)
