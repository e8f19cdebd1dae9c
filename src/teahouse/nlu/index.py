"""An inverted index with BM25: which texts share the rare words of a question.

Rule: English is indexed by words, cut back to their stems in the plainest way; Chinese by characters and pairs of them.
What an index knows of a term is two arrays, so a question costs what its terms cost and not what the library holds.
Callers: `retrieval.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu.text import HAN, fold

Floats = NDArray[np.float32]
K1, B = 1.4, 0.7
_RUN = re.compile(rf"[{HAN}]+|[^\W{HAN}_]+")
_HAN_RUN = re.compile(rf"[{HAN}]")
# Words that every question has. BM25 weighs them little; without them it also walks less.
_STOP = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how",
    "i", "if", "in", "is", "it", "its", "my", "of", "on", "or", "that", "the", "this", "to", "was", "we",
    "were", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your", "did", "me", "our",
    "there", "的", "了", "吗", "呢", "是", "在", "我", "你", "有",
])  # fmt: skip
_ENDINGS = ("ingly", "edly", "ings", "ies", "ing", "ed", "es", "s", "ly", "'s")
_SHORTEST_STEM = 3


def terms(text: str) -> Iterator[str]:
    for run in _RUN.findall(fold(text)):
        if _HAN_RUN.match(run):
            yield from (character for character in run if character not in _STOP)
            yield from (run[i : i + 2] for i in range(len(run) - 1))
        elif run not in _STOP:
            yield _stem(run)


def _stem(word: str) -> str:
    if not word.isascii() or word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            stem = word[: -len(ending)]
            if ending == "ies":
                return stem + "y"
            return (
                stem[:-1] if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] else stem.removesuffix("e")
            )
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


@dataclass(frozen=True, slots=True)
class Index:
    """`postings`: of each term the texts it is in, and what it adds to the score of each."""

    postings: dict[str, tuple[NDArray[np.int32], Floats]]
    count: int

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Index":
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([sum(c.values()) for c in counts], dtype=np.float32)
        usual = float(lengths.mean()) if len(texts) else 1.0
        norm = K1 * (1 - B + B * lengths / max(usual, 1.0))
        found: dict[str, tuple[list[int], list[int]]] = {}
        for number, count in enumerate(counts):
            for term, times in count.items():
                where, how_often = found.setdefault(term, ([], []))
                where.append(number)
                how_often.append(times)
        postings = {}
        for term, (where, how_often) in found.items():
            numbers = np.array(where, dtype=np.int32)
            often = np.array(how_often, dtype=np.float32)
            rarity = log(1 + (len(texts) - len(where) + 0.5) / (len(where) + 0.5))
            postings[term] = (
                numbers,
                (rarity * often * (K1 + 1) / (often + norm[numbers])).astype(np.float32),
            )
        return cls(postings, len(texts))

    def scores(self, question: str) -> Floats:
        scores = np.zeros(self.count, dtype=np.float32)
        for term in dict.fromkeys(terms(question)):
            posting = self.postings.get(term)
            if posting is not None:
                scores[posting[0]] += posting[1]
        return scores
