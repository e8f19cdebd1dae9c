"""The index leads to all that fits (teahouse.backends.sql.search.terms)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.backends.sql.search.terms import Term, asked, terms_of
from teahouse.model.entries import Entry, Kind
from teahouse.model.ids import fold_nick
from teahouse.model.query import parse
from teahouse.model.searching import Authors, Criteria, fits

TEXTS = st.text("天气好ab 1-.,😀é", max_size=12)


def content(text: str) -> bytes:
    return json.dumps({"body": {"type": "text", "text": text}}, ensure_ascii=False).encode()


def leads(wanted: list[Term], terms: set[str]) -> bool:
    return all(
        any(t in terms or (term.begins and any(known.startswith(t) for known in terms)) for t in term.terms)
        for term in wanted
    )


@given(text=TEXTS, query=TEXTS, more=st.sampled_from(["", "*", " 天*", " ab*"]))
def test_what_fits_is_led_to(text: str, query: str, more: str) -> None:
    """S4: whatever fits() says of a message, its terms are asked for."""
    parsed = parse(query + more)
    criteria = Criteria(phrases=tuple(parsed.phrases), authors=Authors(("u1",), (fold_nick("Éve"),)))
    entry = Entry("c", 1, Kind.MESSAGE, "u2", "éve", 0, content(text))
    if fits(criteria, entry, entry.content):
        assert leads(asked(criteria), terms_of(entry.sender, entry.nick, entry.content))


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("天气", [Term(("天气",))]),
        ("今天气", [Term(("今天",)), Term(("天气",))]),
        ("天", [Term(("天",), begins=True)]),
        ('"天 tea"', [Term(("天",)), Term(("tea",))]),
        ('"tea 天"', [Term(("tea",)), Term(("天",), begins=True)]),
        ("tea gree*", [Term(("tea",)), Term(("gree",), begins=True)]),
        ("has:link", [Term(("=hlink",))]),
        ("-tea", [Term(("=m",))]),
    ],
)
def test_what_is_asked_of_the_index(query: str, terms: list[Term]) -> None:
    """Pairs of characters where two stand in a row."""
    parsed = parse(query)
    criteria = Criteria(phrases=tuple(parsed.phrases), has=tuple(parsed.has))
    assert set(asked(criteria)) == set(terms)


def test_what_stands_in_the_index() -> None:
    found = terms_of("u1", "Eve", content("今天天气 nice"))
    assert {term for term in found if not term.startswith("=")} == {"今天", "天天", "天气", "气", "nice"}
    assert len({term for term in found if term.startswith("=")}) == 3
