"""Keywords: answers (ports/answers.py) from a team's own articles, by the words they have in common with a question.

Rule: an article answers if it is clearly the nearest; if two are about as near, or none is near enough, the visitor is
asked once to say it otherwise, and then handed over. Who asks for a person gets one. No model, no training: what a
server has where nothing better was set up. Called by listening.py.
"""

from collections import Counter
from itertools import pairwise
from math import log

import msgspec

from teahouse.model.desk import Article
from teahouse.model.words import is_single, words
from teahouse.ports.answers import Asked, Reply
from teahouse.ports.clock import Clock
from teahouse.ports.desk import Library

SURE = 0.55
"""So much of what was asked, by weight, has to stand in the question of an article."""

CLEAR = 0.1
"""By so much the nearest has to be nearer than the next."""

MOST_UNSURE = 2
"""The second time in a row that the bot is not sure, a person is asked."""

KEPT_S = 30.0
"""So long what was read of a team's articles is used; another node may have changed them."""

MOST = 5000
"""Articles of one team that are looked at."""

_PERSON = tuple(
    tuple(words(asked))
    for asked in (
        "\u4eba\u5de5",  # a person, in Chinese
        "\u5ba2\u670d",
        "\u771f\u4eba",
        "human",
        "real person",
        "agent",
        "representative",
        "operator",
        "speak to somebody",
        "talk to someone",
    )
)
_PAGE = 500


class _Memory(msgspec.Struct):
    """What is remembered of a dialogue: how often in a row the bot was not sure."""

    unsure: int = 0


class _Index(msgspec.Struct):
    """A team's articles, the terms of each, and how rare each term is; used until then (monotonic)."""

    articles: list[tuple[Article, frozenset[str]]]
    weights: dict[str, float]
    heaviest: float
    until: float


class Keywords:
    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._indexes: dict[str, _Index] = {}

    def forget(self, team: str) -> None:
        self._indexes.pop(team, None)

    async def reply(self, asked: Asked) -> Reply:
        memory = msgspec.json.decode(asked.context or "{}", type=_Memory)
        said = words(asked.text)
        if _wants_person(said):
            return Reply("handoff", intent="person", context="")
        index = self._indexes.get(asked.team)
        if index is None or index.until < self._clock.monotonic():
            index = await self._read(asked.team)
        nearest = _nearest(index, terms(said), asked.language)
        if nearest:
            (article, score), rest = nearest[0], nearest[1:]
            if score >= SURE and (not rest or score - rest[0][1] >= CLEAR or rest[0][0].text == article.text):
                return Reply("answer", article.text, score, article.title, article.source)
        if memory.unsure + 1 >= MOST_UNSURE:
            return Reply("handoff", intent="unsure")
        context = msgspec.json.encode(_Memory(memory.unsure + 1)).decode()
        return Reply("question", confidence=nearest[0][1] if nearest else 0.0, context=context)

    async def _read(self, team: str) -> _Index:
        articles: list[Article] = []
        after = ""
        while len(articles) < MOST and (page := await self._library.page(Article, team, after, _PAGE)):
            articles += page
            after = page[-1].id
        known = [(article, frozenset(terms(words(article.title)))) for article in articles]
        spread = Counter(term for _, has in known for term in has)
        weights = {term: log(1 + len(known) / count) for term, count in spread.items()}
        until = self._clock.monotonic() + KEPT_S
        index = self._indexes[team] = _Index(known, weights, log(1 + len(known) * 2), until)
        return index


def terms(said: list[str]) -> set[str]:
    """Words, and of scripts without spaces pairs of characters: one alone means too little."""
    found = {word for word in said if not is_single(word)}
    pairs = (a + b for a, b in pairwise(said) if is_single(a) and is_single(b))
    return found | set(pairs)


def _nearest(index: _Index, asked: set[str], language: str) -> list[tuple[Article, float]]:
    """The two nearest articles. Near is what has most of what was asked, by weight, and little else."""
    whole = sum(index.weights.get(term, index.heaviest) for term in asked)
    if not whole:
        return []
    short = language.partition("-")[0]
    scored = []
    for article, has in index.articles:
        common = sum(index.weights[term] for term in asked & has)
        if not common:
            continue
        own = sum(index.weights[term] for term in has)
        score = common / (whole + own) * 2
        foreign = short and article.language and article.language.partition("-")[0] != short
        scored.append((article, score * (0.9 if foreign else 1.0)))
    return sorted(scored, key=lambda found: (-found[1], found[0].id))[:2]


def _wants_person(said: list[str]) -> bool:
    """Few words, and among them those for a person: a long question that has them may be about something else."""
    if len(said) > 12:
        return False
    return any(
        tuple(said[start : start + len(asked)]) == asked
        for asked in _PERSON
        for start in range(len(said) - len(asked) + 1)
    )
