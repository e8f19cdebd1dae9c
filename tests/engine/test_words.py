"""The word filter: what it finds, what it does not, and how long it takes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.engine.words import Action, WordRule, WordScreen, fold, rules_of
from teahouse.ports.screen import Utterance


def filter_of(*words: str) -> WordScreen:
    return WordScreen(WordRule(word, Action.MASK) for word in words)


def masked(text: str, *words: str) -> str:
    verdict = filter_of(*words).look(Utterance("c", "u", {"type": "text", "text": text}))
    return text if verdict is None or verdict.body is None else verdict.body["text"]


@pytest.mark.parametrize(
    ("text", "word", "seen"),
    [
        ("so BaD.", "bad", "so ***."),
        ("badly", "bad", "badly"),
        ("forbad", "bad", "forbad"),
        ("badly", "bad*", "***ly"),
        ("forbad", "*bad", "for***"),
        ("xbadx", "*bad*", "x***x"),
        ("ｂａｄ", "bad", "***"),
        ("b\u200ba\u00add", "bad", "*****"),
        ("b\ufe0fad!", "bad", "****!"),
        ("STRASSE", "straße", "*******"),
        ("straße", "STRASSE", "******"),
        ("cafe\u0301", "café", "*****"),
        ("cafe\u200d\u0301", "café", "******"),
        ("我爱坏蛋们", "坏蛋", "我爱**们"),
        ("very bad tea", "bad tea", "very *******"),
        ("ﬁsh", "fish", "***"),
        ("bad bad", "bad", "*** ***"),
        ("плохо", "ПЛОХО", "*****"),
        ("he she hers", "hers", "he she ****"),
        ("\u1112\u1161\u11ab", "한", "***"),
        ("nothing", "bad", "nothing"),
        ("", "bad", ""),
    ],
)
def test_what_is_found(text: str, word: str, seen: str) -> None:
    assert masked(text, word) == seen


def test_words_within_words() -> None:
    found = filter_of("*he*", "*she*", "*hers*").find("ushers")
    assert sorted((each.start, each.end) for each in found) == [(1, 4), (2, 4), (2, 6)]


def test_what_a_list_says() -> None:
    lines = ["# bad words", "", "bad", "mask: ugly", " flag : odd ", "http://x"]
    assert rules_of(lines, Action.REFUSE) == [
        ("bad", Action.REFUSE),
        ("ugly", Action.MASK),
        ("odd", Action.FLAG),
        ("http://x", Action.REFUSE),
    ]
    for line in ("*", "mask:", "\u200b"):
        with pytest.raises(ValueError, match="no word"):
            rules_of([line], Action.REFUSE)


def test_the_strictest_holds() -> None:
    screen = WordScreen(rules_of(["a", "mask: b", "flag: c"], Action.REFUSE))
    verdict = screen.look(Utterance("c", "u", {"type": "text", "text": "a b c"}))
    assert verdict is not None and verdict.refuse and verdict.body is None
    verdict = screen.look(Utterance("c", "u", {"type": "text", "text": "b c"}))
    assert verdict is not None and verdict.body == {"type": "text", "text": "* c"}
    assert verdict.flag == "words: c"


@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_a_word_with_stars_is_found_wherever_its_folded_form_stands(a: str, b: str, word: str) -> None:
    if not fold(word.strip("*")):
        return
    text = f"{a} {word.strip('*')} {b}"
    found = filter_of(f"*{word.strip('*')}*").find(text)
    assert found
    assert all(0 <= each.start < each.end <= len(text) for each in found)


@given(st.text(max_size=200))
def test_masking_keeps_the_length_and_what_is_left_is_clean(text: str) -> None:
    words = ("*ab*", "*b*", "*\u00e9*", "*茶*")
    seen = masked(text, *words)
    assert len(seen) == len(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 16_000, "ab" * 8_000, "\u0301\u0323" * 2_700, "茶" * 5_400, "aaaaaaab" * 2_000, "\u200b" * 5_400],
)
def test_time_is_linear_in_the_text(text: str) -> None:
    words = ["*" + "a" * n + "c*" for n in range(1, 200)] + ["*" + "茶" * n + "x*" for n in range(1, 200)]
    screen = filter_of(*words)
    begun = time.perf_counter()
    screen.find(text)
    assert time.perf_counter() - begun < 0.5
