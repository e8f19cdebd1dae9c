"""Topic patterns of rooms: words joined by dots, `*` for exactly one word, `#` for any number (AMQP 0-9-1, 3.1.3.3)."""

import re

from teahouse.model.errors import Code, Problem

_WORD = r"[\w\-]{1,64}"
PATTERN = rf"(?:{_WORD}|\*|#)(?:\.(?:{_WORD}|\*|#)){{0,15}}"
"""A topic pattern, as a regular expression."""

_TOPIC = re.compile(rf"{_WORD}(?:\.{_WORD}){{0,15}}")
_PATTERN = re.compile(PATTERN)


def check_topic(topic: str) -> str:
    """`topic`, if it names one topic (1 to 16 words, no wildcard); else `bad_request`."""
    if not _TOPIC.fullmatch(topic):
        raise Problem(Code.BAD_REQUEST, "a topic is 1 to 16 words joined by dots, without wildcards")
    return topic


def check_pattern(pattern: str) -> str:
    """`pattern`, if it is 1 to 16 words, `*` or `#` joined by dots; else `bad_request`."""
    if not _PATTERN.fullmatch(pattern):
        raise Problem(Code.BAD_REQUEST, "a topic pattern is 1 to 16 words, '*' or '#', joined by dots")
    return pattern


def matches(pattern: str, topic: str) -> bool:
    """Whether a room that listens to `pattern` hears `topic`. O(words x words), for any number of `#`."""
    words = topic.split(".")
    # reached[i]: the pattern so far can match the first i words
    reached = [True] + [False] * len(words)
    for part in pattern.split("."):
        if part == "#":
            first = reached.index(True) if True in reached else len(reached)
            reached = [i >= first for i in range(len(reached))]
            continue
        reached = [False] + [
            before and part in ("*", word) for before, word in zip(reached, words, strict=False)
        ]
    return reached[-1]
