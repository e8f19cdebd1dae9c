"""Topic patterns, held against the plainest reference there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.errors import Code, Problem
from teahouse.model.topics import check_pattern, check_topic, matches

words = st.sampled_from(["a", "b", "tea"])
topics = st.lists(words, min_size=1, max_size=6)
patterns = st.lists(st.one_of(words, st.sampled_from(["*", "#"])), min_size=1, max_size=6)


def heard(pattern, topic):
    """The definition (AMQP 0-9-1, 3.1.3.3), word by word."""
    if not pattern:
        return not topic
    first, *rest = pattern
    if first == "#":
        return heard(rest, topic) or (bool(topic) and heard(pattern, topic[1:]))
    return bool(topic) and first in ("*", topic[0]) and heard(rest, topic[1:])


@given(patterns, topics)
def test_matching_is_as_defined(pattern, topic):
    assert matches(".".join(pattern), ".".join(topic)) == heard(pattern, topic)


@pytest.mark.parametrize(
    ("pattern", "topic", "expected"),
    [
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*", "a.b.c", False),
        ("a.#", "a", True),
        ("a.#", "a.b.c", True),
        ("#", "a", True),
        ("#.c", "a.b.c", True),
        ("*.*", "a", False),
        ("a.#.#.b", "a.b", True),
    ],
)
def test_examples(pattern, topic, expected):
    assert matches(pattern, topic) is expected


def test_many_wildcards_take_no_longer_than_few():
    assert not matches(".".join(["#", "a"] * 8), ".".join(["a"] * 15 + ["b"]))


@pytest.mark.parametrize("topic", ["", "a.", ".a", "a..b", "a.*", "#", "a b", ".".join("a" * 17), "x" * 65])
def test_what_is_no_topic_is_refused(topic):
    with pytest.raises(Problem) as raised:
        check_topic(topic)
    assert raised.value.code is Code.BAD_REQUEST


@pytest.mark.parametrize("pattern", ["", "a.", "a*", "a.b#", "**", ".".join("#" * 17)])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(Problem) as raised:
        check_pattern(pattern)
    assert raised.value.code is Code.BAD_REQUEST


@given(topics)
def test_every_topic_is_a_pattern_that_hears_itself(topic):
    name = ".".join(topic)
    assert matches(check_pattern(check_topic(name)), name)
