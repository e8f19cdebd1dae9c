"""Snippet: the piece of a message that shows why it was found.

Rule: plain text and where in it the words stand, never markup: who shows it decides how. Pure; called by search.py.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from teahouse.model.query import Phrase
from teahouse.model.words import located, occurrences

LENGTH = 160
"""Characters of a snippet, and so many more as a word that begins in it is long."""

BEFORE = 40
"""Characters before the first word that was found."""

CUT = "…"


class Snippet(NamedTuple):
    """`marks` are (start, length), in characters, ascending, and do not overlap."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """A piece of `text` with the first words of `phrases` in it; its beginning if there are none."""
    spans = list(_joined(_spans(text, phrases)))
    first = spans[0][0] if spans else 0
    start = max(0, first - BEFORE) if len(text) > LENGTH else 0
    end = min(len(text), start + LENGTH)
    shown = [(max(a, start), min(b, end)) for a, b in spans if a < end]
    head, tail = CUT if start else "", CUT if end < len(text) else ""
    offset = len(head) - start
    piece = text[start:end].translate(_SPACES)
    return Snippet(f"{head}{piece}{tail}", tuple((a + offset, b - a) for a, b in shown))


_SPACES = dict.fromkeys([*range(32), 127, 0x2028, 0x2029], " ")


def _spans(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where the phrases stand, in order."""
    if not phrases:
        return []
    places = located(text)
    words = [word for word, _, _ in places]
    return sorted(
        (places[n][1], places[n + len(phrase.words) - 1][2])
        for phrase in phrases
        for n in occurrences(phrase.words, phrase.prefix, words)
    )


def _joined(spans: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Those that overlap as one."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is None:
            current = (start, end)
        elif start < current[1]:
            current = (current[0], max(end, current[1]))
        else:
            yield current
            current = (start, end)
    if current is not None:
        yield current
