"""Snippets: a piece of a text, and where in it the words stand."""

from hypothesis import given
from hypothesis import strategies as st

from teahouse.engine.snippet import BEFORE, LENGTH, snippet
from teahouse.model.query import Phrase, parse


def marked(text: str, query: str) -> list[str]:
    piece = snippet(text, parse(query).phrases)
    return [piece.text[start : start + length] for start, length in piece.marks]


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("green tea", [Phrase(("tea",))]) == ("green tea", ((6, 3),))
    assert snippet("green tea", []) == ("green tea", ())


def test_what_is_marked_is_what_stands_there() -> None:
    assert marked("Une tasse de Thé, s'il vous plaît: thé!", "the plait") == ["Thé", "plaît", "thé"]
    assert marked("今天天气很好,天气预报", "天气") == ["天气", "天气"]
    assert marked("🍵🍵 tea 茶馆", "🍵 茶馆") == ["🍵", "🍵", "茶馆"]
    assert marked("teapots and tea", "teap*") == ["teapots"]
    assert marked("a b c", '"a b" "b c"') == ["a b c"], "what overlaps is one"


def test_of_a_long_text_the_piece_around_the_first_word() -> None:
    text = "x " * 500 + "needle" + " y" * 500
    piece = snippet(text, [Phrase(("needle",))])
    start, length = piece.marks[0]
    assert piece.text[start : start + length] == "needle"
    assert start == BEFORE + 1
    assert piece.text[0] == piece.text[-1] == "…"
    assert len(piece.text) == LENGTH + 2


def test_a_snippet_is_one_line() -> None:
    assert snippet("one\ntwo\tthree\x00", [Phrase(("two",))]) == ("one two three ", ((4, 3),))


def test_markup_stays_text() -> None:
    assert snippet("<img src=x onerror=alert(1)>", [Phrase(("img",))]).text == "<img src=x onerror=alert(1)>"


@given(st.text(), st.text(max_size=20), st.integers(0, 300))
def test_marks_lie_in_the_snippet_and_do_not_overlap(text: str, query: str, filling: int) -> None:
    text = "z " * filling + text + query
    piece = snippet(text, parse(query).phrases)
    assert len(piece.text) <= LENGTH + 2
    end = 0
    for start, length in piece.marks:
        assert length > 0
        assert start >= end
        end = start + length
    assert end <= len(piece.text)
