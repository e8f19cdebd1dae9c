"""The questions that the finder asks the index, as SQL for all engines.

Rule: a question gives (entry, log) of candidates, newest first, at most so many a place. A place is a conversation; it
is one arm of a UNION ALL, which reads one stretch of the index from its end and stops when it has enough, however many
messages have the term. Made by finder.py.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import TextClause, text

from teahouse.backends.sql.search.terms import LAST, Term

Question = tuple[TextClause, dict[str, Any]]


class Range(Struct, frozen=True):
    """Ids of entries, neither end included."""

    above: int
    below: int


class Place(Struct):
    """A conversation that is looked through: `log` is its number; what is not below `below` was looked at."""

    log: int
    below: int


class _Bindings(dict[str, Any]):
    """Values by the names they are bound under."""

    def bind(self, value: Any) -> str:
        name = f"v{len(self)}"
        self[name] = value
        return f":{name}"

    def all(self, values: Iterable[Any]) -> str:
        return ", ".join(map(self.bind, values))


def apart(terms: Sequence[Term], places: Sequence[Place], above: int, limit: int) -> Question:
    """The newest `limit` of each place that have all the terms, the first of which is single."""
    values = _Bindings()
    first, *others = terms
    arms = [
        f"(SELECT p.entry, p.log FROM finding p WHERE p.term = {values.bind(first.terms[0])}"  # noqa: S608
        f" AND p.log = {values.bind(place.log)} AND p.entry > {values.bind(above)}"
        f" AND p.entry < {values.bind(place.below)}{_also(values, others)} ORDER BY p.entry DESC LIMIT {limit:d})"
        for place in places
    ]
    return text(" UNION ALL ".join(arms)), values


def together(terms: Sequence[Term], places: Sequence[Place], within: Range, limit: int) -> Question:
    """The newest `limit` of all these places together that have all the terms, none of which is single. What has such
    a term stands in many stretches of the index, all of which are gone through."""
    values = _Bindings()
    first, *others = terms
    logs = values.all(place.log for place in places)
    return text(
        f"SELECT DISTINCT p.entry, p.log FROM finding p WHERE {_has(values, first, 'p')} AND p.log IN ({logs})"  # noqa: S608
        f" AND p.entry > {values.bind(within.above)} AND p.entry < {values.bind(within.below)}"
        f"{_also(values, others)} ORDER BY p.entry DESC LIMIT {limit:d}"
    ), values


def counts(terms: Sequence[Term], most: int) -> Question:
    """How often each of some single terms stands in the index, `most` at most."""
    values = _Bindings()
    some = (
        f"(SELECT count(*) FROM (SELECT 1 FROM finding WHERE term = {values.bind(term.terms[0])}"  # noqa: S608
        f" LIMIT {most:d}) s{n})"
        for n, term in enumerate(terms)
    )
    return text(f"SELECT {', '.join(some)}"), values


def _also(values: _Bindings, terms: Iterable[Term]) -> str:
    """What stands in the index for entry `p`, too."""
    return "".join(
        f" AND EXISTS (SELECT 1 FROM finding x WHERE {_has(values, term, 'x')}"  # noqa: S608
        " AND x.log = p.log AND x.entry = p.entry)"
        for term in terms
    )


def _has(values: _Bindings, term: Term, row: str) -> str:
    if not term.begins:
        return f"{row}.term IN ({values.all(term.terms)})"
    (beginning,) = term.terms
    return f"{row}.term >= {values.bind(beginning)} AND {row}.term < {values.bind(beginning + LAST)}"
