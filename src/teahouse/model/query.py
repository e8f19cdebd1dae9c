"""The query language of search: words, "exact phrases", -excluded, and filters like from:@bob.

Rule: every text is a query. What is no filter, or one that makes no sense, is looked for as words. Pure; called by
the engine's search.
"""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from msgspec import Struct

from teahouse.model.words import is_single, words

TRAITS = ("link", "mention", "file", "image", "voice", "video", "location", "card")
"""What `has:` may ask for."""

_TERM = re.compile(
    r"""
    (?P<minus>-)?
    (?:
        (?P<name>from|in|has|before|after)[:\uff1a](?:"(?P<quoted>[^"]*)"?|“(?P<curly>[^”]*)”?|(?P<bare>\S+))
      | "(?P<phrase>[^"]*)"?
      | “(?P<typeset>[^”]*)”?
      | (?P<word>\S+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORTEST_PREFIX = 3


class Phrase(Struct, frozen=True):
    """Words in a row. `prefix`: the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


class Query(Struct, kw_only=True):
    """What a text asks for. All `phrases` and `has`, one of `senders` and of `places`, none of the others.
    Senders and places are as they were written; times are milliseconds UTC, after <= at < before."""

    phrases: list[Phrase] = []
    has: list[str] = []
    senders: list[str] = []
    places: list[str] = []
    no_phrases: list[Phrase] = []
    has_not: list[str] = []
    no_senders: list[str] = []
    no_places: list[str] = []
    after: int | None = None
    before: int | None = None

    @property
    def empty(self) -> bool:
        """Nothing at all is asked for."""
        return self == Query()


class _Filter(NamedTuple):
    name: str
    value: str
    excluded: bool


def parse(text: str) -> Query:
    """The query that `text` is. Never fails."""
    query = Query()
    for term in _TERM.finditer(text):
        if term["name"] and _take(query, _filter_of(term)):
            continue
        phrase = _phrase_of(term)
        if phrase.words:
            (query.no_phrases if term["minus"] else query.phrases).append(phrase)
    return query


def _filter_of(term: re.Match[str]) -> _Filter:
    value = term["quoted"] or term["curly"] or term["bare"] or ""
    return _Filter(term["name"].lower(), value.strip(), bool(term["minus"]))


def _phrase_of(term: re.Match[str]) -> Phrase:
    """A term as words in a row; `tea*` stands for all that begin so."""
    text = term["phrase"] or term["typeset"] or term["word"] or term[0]
    found = tuple(words(text))
    asked = text.endswith("*") and bool(found)
    return Phrase(found, asked and len(found[-1]) >= _SHORTEST_PREFIX and not is_single(found[-1]))


def _take(query: Query, filter_: _Filter) -> bool:
    """Add a filter to the query; False if it makes no sense."""
    name, value, excluded = filter_
    if not value:
        return False
    if name in ("before", "after"):
        return not excluded and _take_day(query, name, value)
    if name == "has":
        value = value.lower().removesuffix("s")
        if value not in TRAITS:
            return False
        (query.has_not if excluded else query.has).append(value)
    elif name == "from":
        (query.no_senders if excluded else query.senders).append(value)
    else:
        (query.no_places if excluded else query.places).append(value)
    return True


def _take_day(query: Query, name: str, value: str) -> bool:
    at = start_of_day(value)
    if at is None:
        return False
    if name == "before":
        query.before = at if query.before is None else min(at, query.before)
    else:
        query.after = at if query.after is None else max(at, query.after)
    return True


def start_of_day(value: str) -> int | None:
    """When a day written YYYY-MM-DD begins, milliseconds UTC; None if it is no such day."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000
