"""Particulars that were taught by example: which words of a text are a dish, a city, a room.

Rule: a linear chain. A tag has a score at each word, from the features there, and a score after the tag before; the
best path through all of them wins (Viterbi). The numbers are those of conditional random fields that CRFsuite trained,
several of them summed: here they are plain arrays, so that reading a model runs no foreign parser.
Callers: `understanding.py`. Training is in `tag_fitting.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu import encoders
from teahouse.nlu.examples import Slot
from teahouse.nlu.tag_features import Clusters, Line, Phrases, runs_of, tag_features
from teahouse.nlu.text import WORD, Word, is_han, words

Floats = NDArray[np.float32]
WORDS_LIMIT = 400
_REMEMBERED = 20_000  # new words whose clusters are kept


@dataclass(frozen=True, slots=True)
class Chain:
    """`weight[start[f]:start[f+1]]` are the scores of feature f, for the tags in `tag` beside them."""

    tags: tuple[str, ...]
    features: Mapping[str, int]
    start: NDArray[np.int32]
    tag: NDArray[np.int32]
    weight: Floats
    after: Floats  # tag before x tag

    def best(self, observed: Sequence[Sequence[str]]) -> list[str]:
        if not observed:
            return []
        scores = np.stack([self._scores(features) for features in observed])
        back = np.empty((len(scores), len(self.tags)), dtype=np.int32)
        path = scores[0]
        for i in range(1, len(scores)):
            joined = path[:, None] + self.after
            back[i] = joined.argmax(axis=0)
            path = joined.max(axis=0) + scores[i]
        tag = int(path.argmax())
        found = [tag]
        for i in range(len(scores) - 1, 0, -1):
            tag = int(back[i][tag])
            found.append(tag)
        return [self.tags[t] for t in reversed(found)]

    def _scores(self, features: Sequence[str]) -> Floats:
        scores = np.zeros(len(self.tags), dtype=np.float32)
        for feature in features:
            number = self.features.get(feature)
            if number is not None:
                begin, end = self.start[number], self.start[number + 1]
                scores[self.tag[begin:end]] += self.weight[begin:end]
        return scores


@dataclass(frozen=True, slots=True)
class WordClusters:
    """Words by meaning: the clusters of the words that were taught, and the middles to find those of new ones by."""

    known: Clusters
    center: Floats
    middles: tuple[Floats, ...]
    encoder: str
    _new: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, low: Sequence[str]) -> Clusters:
        missing = [
            w for w in dict.fromkeys(low) if w not in self.known and w not in self._new and not is_han(w)
        ]
        if missing and encoders.installed(self.encoder.split("@")[0]) == self.encoder:
            if len(self._new) + len(missing) > _REMEMBERED:
                self._new.clear()
            self._new.update(zip(missing, self.nearest(missing), strict=True))
        return {w: self.known.get(w) or self._new.get(w, ()) for w in low}

    def nearest(self, new: Sequence[str]) -> list[tuple[int, ...]]:
        rows = encoders.encode([self.encoder.split("@")[0]], new) - self.center
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        # The nearest middle by distance; the length of the row is the same for all of them.
        found = [((rows @ m.T) * 2 - (m * m).sum(axis=1)).argmax(axis=1) for m in self.middles]
        return [tuple(int(level[i]) for level in found) for i in range(len(new))]


@dataclass(frozen=True, slots=True)
class SlotModel:
    chain: Chain
    phrases: Phrases | None = None
    clusters: WordClusters | None = None
    by_intent: bool = False

    def find(self, text: str, intent: str | None = None) -> list[Slot]:
        """The slots of a text, in its order. `intent` is the likeliest one, sure or not."""
        cut = words(text)[:WORDS_LIMIT]
        if not cut:
            return []
        clusters = self.clusters.of([w.text.lower() for w in cut]) if self.clusters else None
        line = Line(cut, self.phrases, clusters, intent if self.by_intent else None)
        tags = self.chain.best(tag_features(line))
        return [_slot(cut, run) for run in runs_of(tags)]


def _slot(cut: Sequence[Word], run: tuple[int, int, str]) -> Slot:
    start, end, kind = run
    return Slot(cut[start].start, cut[end - 1].end, kind)


def vocabulary_of(texts: Sequence[str]) -> list[str]:
    """Words of any script but Chinese, in small letters."""
    return sorted({w.lower() for text in texts for w in WORD.findall(text) if not is_han(w)})
