"""The questions that the finder asks, as SQL for all engines.

Rule: a question gives candidates of some places, newest first, at most so many a place. A place is a conversation; it
is one arm of a UNION ALL, which ends as soon as it has enough, however many messages have the term. Made by finder.py.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import TextClause, text

from teahouse.backends.sql.rows import COLUMNS, EDIT, MESSAGE
from teahouse.backends.sql.search.terms import LAST, Term

Question = tuple[TextClause, dict[str, Any]]


class Place(Struct, gc=False):
    """A conversation that is looked through: `log` is its number, entries have ids below `below`."""

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


_CANDIDATES = f"""
SELECT e.id, e.log, {", ".join(f"e.{column.name}" for column in COLUMNS)}, (
    SELECT d.content FROM entry d WHERE d.log = e.log AND d.ref = e.seq AND d.kind = {EDIT} AND NOT d.redacted
    ORDER BY d.seq DESC LIMIT 1
) AS edited
FROM ({{}}) c JOIN entry e ON e.id = c.entry
"""  # noqa: S608 - made of constants


def apart(terms: Sequence[Term], places: Sequence[Place], above: int, limit: int) -> Question:
    """The newest `limit` of each place that have all the terms, the first of which is single; without any, the
    newest messages."""
    values = _Bindings()
    arms = [_arm(values, terms, place, above, limit) for place in places]
    return text(_CANDIDATES.format(" UNION ALL ".join(arms))), values


def _arm(values: _Bindings, terms: Sequence[Term], place: Place, above: int, limit: int) -> str:
    """Entry ids of one place."""
    log, within = values.bind(place.log), f"> {values.bind(above)} AND {{}} < {values.bind(place.below)}"
    if not terms:
        return (
            f"(SELECT p.id AS entry FROM entry p WHERE p.log = {log} AND p.kind = {MESSAGE}"  # noqa: S608
            f" AND p.id {within.format('p.id')} ORDER BY p.seq DESC LIMIT {limit:d})"
        )
    first, *others = terms
    return (
        f"(SELECT p.entry FROM finding p WHERE p.term = {values.bind(first.terms[0])} AND p.log = {log}"  # noqa: S608
        f" AND p.entry {within.format('p.entry')}{_also(values, others)}"
        f" ORDER BY p.entry DESC LIMIT {limit:d})"
    )


def together(terms: Sequence[Term], places: Sequence[Place], below: int, limit: int) -> Question:
    """The newest `limit` of all these places together that have all the terms, none of which is single. What has
    such a term stands in many places of the index, all of which are gone through."""
    values = _Bindings()
    first, *others = terms
    logs = values.all(place.log for place in places)
    found = (
        f"SELECT DISTINCT p.entry FROM finding p WHERE {_has(values, first, 'p')} AND p.log IN ({logs})"  # noqa: S608
        f" AND p.entry < {values.bind(below)}{_also(values, others)} ORDER BY p.entry DESC LIMIT {limit:d}"
    )
    return text(_CANDIDATES.format(found)), values


def counts(terms: Sequence[Term], most: int) -> Question:
    """How often each single term stands in the index, `most` at most."""
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
