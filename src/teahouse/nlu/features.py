"""Sparse features of a text: its words and pieces of words, weighed by how rare they are (TF-IDF).

Rule: training and answering go through the same `grams()`. Two families, each of length one before they are joined, so
that neither drowns the other: words (one, two; three of Han characters) and pieces of two to five letters within a
word, which survive typing errors. Chinese has no second family: its words are its characters.
Callers: `intents.py`, `fitting.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu.text import WORD, fold, is_han

PIECES = range(2, 6)
TYPING_LIMIT = 2000  # characters of one text that are looked at: nobody's question is longer

Row = tuple[NDArray[np.int32], NDArray[np.float32]]


def grams(text: str) -> tuple[list[str], list[str]]:
    """(words, pieces) of a text. Prefixes keep the families apart in one vocabulary."""
    tokens = WORD.findall(fold(text[:TYPING_LIMIT]))
    return list(_words(tokens)), list(_pieces(tokens))


def _words(tokens: Sequence[str]) -> Iterator[str]:
    for i, token in enumerate(tokens):
        yield token
        if i + 1 < len(tokens):
            yield f"{token} {tokens[i + 1]}"
        if i + 2 < len(tokens) and is_han(token) and is_han(tokens[i + 1]):
            yield f"{token} {tokens[i + 1]} {tokens[i + 2]}"


def _pieces(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        if is_han(token):
            continue
        padded = f"\x02{token}\x03"
        for size in PIECES:
            if size >= len(padded):
                yield f"\x01{padded}"
                break
            for start in range(len(padded) - size + 1):
                yield f"\x01{padded[start : start + size]}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which grams there are, and how much each weighs. Made once, in training."""

    index: dict[str, int]
    idf: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[str]) -> "Vocabulary":
        seen: Counter[str] = Counter()
        for text in texts:
            words, pieces = grams(text)
            seen.update(set(words) | set(pieces))
        index = {gram: i for i, gram in enumerate(sorted(seen))}
        idf = np.empty(len(index), dtype=np.float32)
        for gram, i in index.items():
            idf[i] = log((1 + len(texts)) / (1 + seen[gram])) + 1
        return cls(index, idf)

    def row(self, text: str) -> Row:
        """(columns, values) of length one, or of nothing if not a gram is known."""
        columns: list[int] = []
        values: list[float] = []
        families = [self._family(grams) for grams in grams(text)]
        share = 1 / sqrt(sum(1 for family in families if family) or 1)
        for family in families:
            length = sqrt(sum(value * value for value in family.values())) or 1.0
            columns += family
            values += [value / length * share for value in family.values()]
        return np.array(columns, dtype=np.int32), np.array(values, dtype=np.float32)

    def _family(self, grams: Iterable[str]) -> dict[int, float]:
        index, found = self.index, Counter[int]()
        for gram in grams:
            column = index.get(gram)
            if column is not None:
                found[column] += 1
        return {column: (1 + log(count)) * float(self.idf[column]) for column, count in found.items()}
