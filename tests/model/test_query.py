"""The query language of search."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.query import TRAITS, Phrase, Query, parse, start_of_day


def phrases(text: str) -> list[str]:
    return [" ".join(phrase.words) for phrase in parse(text).phrases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("green tea", ["green", "tea"]),
        ('"green tea" hot', ["green tea", "hot"]),
        ('"never closed', ["never closed"]),
        ("天气", ["天 气"]),
        ("“天气 预报”", ["天 气 预 报"]),
        ("don't", ["don t"]),
        ("AND OR NOT NEAR( ^x {a} b:c", ["and", "or", "not", "near", "x", "a", "b c"]),
        ("- \" ( ) * : '", []),
        ("has:kettles before:yesterday", ["has kettles", "before yesterday"]),
        ("from: bob", ["from", "bob"]),
    ],
)
def test_words_and_phrases(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


def test_excluded() -> None:
    query = parse('tea -coffee -"iced tea" -has:link -from:bob -in:lobby')
    assert query == Query(
        phrases=[Phrase(("tea",))],
        no_phrases=[Phrase(("coffee",)), Phrase(("iced", "tea"))],
        has_not=["link"],
        no_senders=["bob"],
        no_places=["lobby"],
    )


def test_filters() -> None:
    query = parse(
        'from:@bob FROM:me in:"Tea house" in:“茶馆” has:links has：image before:2026-02-01 after:2026-01-01'
    )
    assert query == Query(
        senders=["@bob", "me"],
        places=["Tea house", "茶馆"],
        has=["link", "image"],
        before=int(datetime(2026, 2, 1, tzinfo=UTC).timestamp() * 1000),
        after=int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000),
    )


def test_of_several_days_the_narrowest_holds() -> None:
    query = parse("before:2026-02-01 before:2026-03-01 after:2025-01-01 after:2024-01-01")
    assert (query.before, query.after) == (start_of_day("2026-02-01"), start_of_day("2025-01-01"))


def test_the_beginning_of_a_word() -> None:
    assert parse("tea*").phrases == [Phrase(("tea",), prefix=True)]
    assert parse('"green te*"').phrases == [Phrase(("green", "te"))], "too short to be of use"
    assert parse("天*").phrases == [Phrase(("天",))]


@pytest.mark.parametrize("value", ["", "2026", "2026-13-01", "tomorrow", "2026-02-30"])
def test_no_day(value: str) -> None:
    assert start_of_day(value) is None


PIECES = st.sampled_from(
    [
        "tea",
        "天气",
        '"',
        "“",
        "”",
        "-",
        "from:",
        "in:",
        "has:link",
        "before:2026-01-01",
        "after：1",
        "*",
        " ",
        ":",
        "\0",
        "(",
        "NOT",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4)).map("".join))
def test_every_text_is_a_query(text: str) -> None:
    query = parse(text)
    for phrase in (*query.phrases, *query.no_phrases):
        assert phrase.words
    assert set(query.has) | set(query.has_not) <= set(TRAITS)
    assert all(query.senders)
    assert all(query.places)
