"""Training of slots: two conditional random fields, by CRFsuite, summed into one chain.

Rule: what a feature says about a training line comes from the other lines: the list of known phrases is made five
times, each without a fifth of the lines, because a list that knows every answer teaches only to trust the list. The
intent of a line is what a model without this line would have said. Passive-aggressive training needs few rounds: more
of them learn the lines by heart.
Callers: `training.py`. CRFsuite and scikit-learn are imported here and nowhere that answers.
"""

import ctypes
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from sklearn.cluster import MiniBatchKMeans

from teahouse.nlu import encoders
from teahouse.nlu.examples import Example
from teahouse.nlu.slots import Chain, SlotModel, WordClusters, vocabulary_of
from teahouse.nlu.tag_features import Line, Phrases, tag_features, tags_of
from teahouse.nlu.text import Word, is_chinese, words

FOLDS = 5
SIZES = (50, 200, 600)
FEWEST_WORDS = 300  # for clusters to be worth it
RUNS = (("pa", {"max_iterations": 8}), ("l2sgd", {"c2": 0.1, "max_iterations": 8}))

Tagged = tuple[Sequence[Word], Sequence[str]]


def fit_slots(
    examples: Sequence[Example], intents: Sequence[str] | None, seed: int, names: Sequence[str]
) -> SlotModel:
    """`intents`: for each example what a model that has not seen it says, or None to do without."""
    lines: list[Tagged] = []
    for example in examples:
        cut = words(example.text)
        lines.append((cut, tags_of(cut, example.slots)))
    chinese = sum(is_chinese(example.text) for example in examples) * 2 > len(examples)
    clusters = None if chinese else _clusters([e.text for e in examples], seed, names)
    phrases = None if chinese else Phrases.learn(lines)
    without = [None] * len(lines) if chinese else _phrases_without(lines, seed)
    known = clusters.known if clusters else None
    observed = [
        tag_features(Line(cut, without[i], known, intents[i] if intents else None))
        for i, (cut, _) in enumerate(lines)
    ]
    # CRFsuite shuffles the lines with C's rand(): from the seed on, the same lines make the same model.
    ctypes.CDLL(None).srand(seed + 1)
    chains = [_train(observed, [tags for _, tags in lines], *run) for run in RUNS]
    return SlotModel(_sum(chains), phrases, clusters, intents is not None)


def _phrases_without(lines: Sequence[Tagged], seed: int) -> list[Phrases]:
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(lines))
    made = [Phrases.learn([line for i, line in enumerate(lines) if fold[i] != f]) for f in range(FOLDS)]
    return [made[f] for f in fold]


def _clusters(texts: Sequence[str], seed: int, names: Sequence[str]) -> WordClusters | None:
    low = vocabulary_of(texts)
    encoder = encoders.installed(encoders.USE)
    if encoders.USE not in names or encoder is None or len(low) < FEWEST_WORDS:
        return None
    rows = encoders.encode([encoders.USE], low)
    center = rows.mean(axis=0)
    unit = rows - center
    unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    middles = []
    for size in SIZES:
        learner = MiniBatchKMeans(min(size, len(low) // 3), random_state=seed, n_init=2, batch_size=2048)
        middles.append(learner.fit(unit).cluster_centers_.astype(np.float32))
    made = WordClusters({}, center, tuple(middles), encoder)
    return WordClusters(dict(zip(low, made.nearest(low), strict=True)), center, tuple(middles), encoder)


def _train(
    observed: Sequence[list[list[str]]], tags: Sequence[Sequence[str]], kind: str, options: dict[str, float]
) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(kind, options, verbose=False)
    for features, told in zip(observed, tags, strict=True):
        if features:
            trainer.append(features, list(told))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))  # from the file: in memory it would not keep the bytes alive
        return tagger.info()


def _sum(chains: Sequence[pycrfsuite.Tagger]) -> Chain:
    """One chain that scores as all of them together, each brought to the same size first."""
    tags = sorted({tag for chain in chains for tag in chain.labels}, key=lambda tag: (tag != "O", tag))
    number = {tag: i for i, tag in enumerate(tags)}
    rows: dict[str, dict[int, float]] = {}
    after = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for chain in chains:
        scale = 1 / max(float(np.std(list(chain.state_features.values()))), 1e-6)
        for (feature, tag), weight in chain.state_features.items():
            row = rows.setdefault(feature, {})
            row[number[tag]] = row.get(number[tag], 0.0) + weight * scale
        for (before, tag), weight in chain.transitions.items():
            after[number[before], number[tag]] += weight * scale
    features = sorted(rows)
    start = np.cumsum([0, *(len(rows[f]) for f in features)]).astype(np.int32)
    cells = [cell for f in features for cell in sorted(rows[f].items())]
    tag_numbers = np.array([t for t, _ in cells], dtype=np.int32)
    weights = np.array([w for _, w in cells], dtype=np.float32)
    return Chain(tuple(tags), {f: i for i, f in enumerate(features)}, start, tag_numbers, weights, after)
