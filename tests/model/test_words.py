"""Words: what a text is made of, as search sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.words import is_single, located, occurrences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hello, World!", "hello world"),
        ("don't foo_bar a-b", "don t foo bar a b"),
        ("今天天气", "今 天 天 气"),
        ("买iPhone手机", "买 iphone 手 机"),
        ("naïve Ångström ÇA", "naive angstrom ca"),
        ("Straße ﬁne", "strasse fine"),
        ("ＡＢＣ ｶﾞ", "abc ガ"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("서울에서", "서 울 에 서"),
        ("สวัสดี", "ส ว ั ส ด ี"),
        ("हिन्दी भाषा", "हिन्दी भाषा"),
        ("كِتَاب", "كتاب"),
        ("tea 🍵❤️", "tea 🍵 ❤"),
        ("1,000 ２０２６", "1 000 2026"),
    ],
)
def test_the_words_of_a_text(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_a_very_long_word_is_several() -> None:
    assert words("x" * 130) == ["x" * 64, "x" * 64, "xx"]


def test_hangul_is_the_same_written_in_parts() -> None:
    """File names of some systems come decomposed."""
    assert words("\u1109\u1165\u110b\u116e\u11af") == words("서울")


@given(st.text())
def test_located_words_are_the_words(text: str) -> None:
    found = located(text)
    assert [word for word, _, _ in found] == words(text)
    for _, start, end in found:
        assert 0 <= start < end <= len(text)
    assert found == sorted(found, key=lambda place: place[1])


@given(st.text())
def test_words_hold_nothing_that_an_expression_could_take_for_its_own(text: str) -> None:
    for word in words(text):
        assert word
        assert not any(c.isspace() or c in "\"'*:()-+^{}_\0" for c in word)


@given(st.text(alphabet="aàÀBß茶 가"))
def test_words_of_words_are_the_same(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


def test_where_words_stand() -> None:
    text = "Voilà: ﬁne tea 天气"
    assert [text[start:end] for _, start, end in located(text)] == ["Voilà", "ﬁne", "tea", "天", "气"]


def test_words_in_a_row() -> None:
    text = words("a b a b c")
    assert list(occurrences(["a", "b"], False, text)) == [0, 2]
    assert list(occurrences(["b", "c"], False, text)) == [3]
    assert list(occurrences(["c", "a"], False, text)) == []
    assert list(occurrences(["te"], True, words("a tea te"))) == [1, 2]
    assert list(occurrences(["a", "b", "c"], False, ["a"])) == []


def test_singles() -> None:
    assert is_single("茶")
    assert not is_single("a")
    assert not is_single("茶茶")
