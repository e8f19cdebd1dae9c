"""Finds the article that answers a question: by its words and by its meaning, and says where the answer stands.

Rule: two scores an article, each brought to the span from 0 to 1 over all articles, then added. By words, BM25 over the
whole article; by meaning, its nearest passage: title, other phrasings, and its sentences in overlapping pairs. Without
an encoder the words decide alone. A hit names its source and quotes the passage.
Callers: `desk`, `evaluation.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu import encoders
from teahouse.nlu.index import Index

Floats = NDArray[np.float32]
ARTICLES_LIMIT = 50_000
PASSAGES_LIMIT = 64  # of one article
_MEANING_WEIGHT = 0.45
_SENTENCE = re.compile(
    r"[^.!?。！？；\n]+(?:[.!?。！？；]+(?![^\s\"'”’)）」])|[。！？；.!?\n]|$)[\"'”’)）」]*"
)
_SHORTEST = 12  # characters of a sentence that can stand alone


@dataclass(frozen=True, slots=True)
class Article:
    """`phrasings`: other ways to ask for it; three of them help more than any better model."""

    id: str
    text: str
    title: str = ""
    source: str = ""
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` from 0 to 1 compares hits of one question; `words` and `meaning` are what it was made of."""

    article: Article
    score: float
    passage: str
    words: float
    meaning: float


class Library:
    """All articles of a team. Made anew when they change; rows of passages that stayed are taken over."""

    def __init__(
        self, articles: Iterable[Article], names: Sequence[str] | None = None, old: "Library | None" = None
    ) -> None:
        """`names` of the encoders; None takes those that suit the texts, an empty list none."""
        self._articles = list(articles)
        if len(self._articles) > ARTICLES_LIMIT:
            raise ValueError(f"more than {ARTICLES_LIMIT:,} articles")
        texts = ["\n".join([a.title, a.title, *a.phrasings, a.text]) for a in self._articles]
        self._names = encoders.fitting_for(texts) if names is None else list(names)
        self._index = Index.build(texts)
        self._passages: list[str] = []
        starts = []
        for article in self._articles:
            starts.append(len(self._passages))
            self._passages += passages(article)
        self._starts = np.array(starts, dtype=np.int64)
        self._owners = np.repeat(np.arange(len(starts)), np.diff([*starts, len(self._passages)]))
        self._rows = self._encode(old) if self._names and self._passages else None

    def __len__(self) -> int:
        return len(self._articles)

    def _encode(self, old: "Library | None") -> Floats:
        kept: dict[str, Floats] = {}
        if old is not None and old._rows is not None and old._names == self._names:
            kept = dict(zip(old._passages, old._rows, strict=True))
        new = [p for p in dict.fromkeys(self._passages) if p not in kept]
        if new:
            kept.update(zip(new, encoders.encode(self._names, new), strict=True))
        return np.stack([kept[p] for p in self._passages])

    def search(self, question: str, limit: int = 5) -> list[Hit]:
        if not self._articles or not question.strip():
            return []
        words = self._index.scores(question)
        score, meaning = _spread(words), np.zeros(len(words), dtype=np.float32)
        best = self._starts
        if self._rows is not None:
            similar = self._rows @ encoders.encode(self._names, [question])[0] / len(self._names)
            meaning = np.maximum.reduceat(similar, self._starts)
            best = self._best_passages(similar)
            score = (1 - _MEANING_WEIGHT) * score + _MEANING_WEIGHT * _spread(meaning)
        order = np.argsort(-score, kind="stable")[:limit]
        return [
            Hit(
                self._articles[i],
                float(score[i]),
                self._passages[best[i]],
                float(words[i]),
                float(meaning[i]),
            )
            for i in order
            if words[i] > 0 or meaning[i] > 0
        ]

    def _best_passages(self, similar: Floats) -> NDArray[np.int64]:
        order = np.lexsort((-similar, self._owners))
        return order[self._starts]


def passages(article: Article) -> list[str]:
    """What its meaning is compared by: at least one."""
    sentences = _sentences(article.text)
    pairs = [" ".join(sentences[i : i + 2]) for i in range(max(1, len(sentences) - 1))] if sentences else []
    said = [article.title, *article.phrasings, *sentences, *pairs]
    return [p for p in dict.fromkeys(said) if p.strip()][:PASSAGES_LIMIT] or [article.id]


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if found and (len(sentence) < _SHORTEST or len(found[-1]) < _SHORTEST):
            found[-1] = f"{found[-1]} {sentence}"
        elif sentence:
            found.append(sentence)
    return found


def _spread(scores: Floats) -> Floats:
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    spread: Floats = (scores - low) / (high - low)
    return spread
