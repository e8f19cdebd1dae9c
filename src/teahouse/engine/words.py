"""The word filter: looks for words in what is about to be said, and refuses it, masks them, or flags it.

Rule: time is linear in the length of the text, whatever the words and whoever wrote the text: an automaton after Aho
and Corasick (CACM 18, 1975), no backtracking. Text is compared as people read it: NFKC, without case, and without
the characters that nobody sees. Made by app/compose.py from the settings; called through the Screen port.

A word of a script that puts spaces between words matches whole words only; with `*` before or after it, also where
others go before or after. Chinese, Japanese, Korean and Thai words match anywhere.
"""

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from teahouse.ports.screen import Utterance, Verdict

MASK = "*"
_UNSPOKEN_FIELDS = frozenset({"type", "id", "url", "file", "mime", "hash", "thumbnail", "data"})
"""Fields of a body that nobody reads as words."""

_LONGEST_PIECE = 32
"""So many characters are normalised together at most (UAX 15, 13: a stream-safe text has 30 marks in a row)."""

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


class Action(StrEnum):
    """What becomes of a message with the word, the strictest first."""

    REFUSE = "refuse"
    MASK = "mask"
    FLAG = "flag"


class WordRule(NamedTuple):
    """`word` may begin and end with `*`."""

    word: str
    action: Action


def rules_of(lines: Iterable[str], default: Action) -> list[WordRule]:
    """One rule a line: a word, or `mask: word`. Blank lines and those that begin with `#` say nothing. ValueError
    for a word of which nothing is left to compare."""
    rules = []
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        head, colon, rest = text.partition(":")
        named = colon and head.strip() in list(Action)
        word = rest.strip() if named else text
        if not fold(word.strip(MASK)):
            raise ValueError(f"there is no word in {line.strip()!r}")
        rules.append(WordRule(word, Action(head.strip()) if named else default))
    return rules


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return "".join(folded for folded, _ in _folded(text))


class Found(NamedTuple):
    """A word in a text: characters `start` to `end` (exclusive) of it, and the rule."""

    start: int
    end: int
    rule: WordRule


class _Node:
    __slots__ = ("fail", "found", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.fail: _Node | None = None
        self.found: tuple[
            tuple[int, WordRule], ...
        ] = ()  # length of the word, and its rule; all that end here


class WordScreen:
    """A Screen (ports/screen.py) that knows words."""

    def __init__(self, rules: Iterable[WordRule]) -> None:
        self._root = _Node()
        for rule in rules:
            self._add(rule)
        self._link()
        self._firsts = frozenset(self._root.next)

    def look(self, utterance: Utterance) -> Verdict | None:
        found = [(place, each) for place, text in _spoken(utterance.body) for each in self.find(text)]
        if not found:
            return None
        refused = [each.rule for _, each in found if each.rule.action is Action.REFUSE]
        if refused:
            return Verdict(refuse="the message has a word that is not allowed here")
        masked = [(place, each) for place, each in found if each.rule.action is Action.MASK]
        flagged = {each.rule.word for _, each in found if each.rule.action is Action.FLAG}
        body = _masked(utterance.body, masked) if masked else None
        return Verdict(body=body, flag=f"words: {', '.join(sorted(flagged))}" if flagged else "")

    def find(self, text: str) -> list[Found]:
        """All words in a text."""
        if text.isascii():
            folded: str = text.lower()
            places = None
        else:
            pairs = list(_folded(text))
            folded = "".join(part for part, _ in pairs)
            places = [place for part, place in pairs for _ in part]
        if self._firsts.isdisjoint(folded):
            return []
        return [
            found if places is None else Found(places[found.start], _end(places, found.end, text), found.rule)
            for found in self._run(folded)
        ]

    def _run(self, folded: str) -> Iterator[Found]:
        root = node = self._root
        for end, letter in enumerate(folded, 1):
            while letter not in node.next and node.fail is not None:
                node = node.fail
            node = node.next.get(letter, root)
            for length, rule in node.found:
                if _is_whole(folded, end - length, end, rule.word):
                    yield Found(end - length, end, rule)

    def _add(self, rule: WordRule) -> None:
        node = self._root
        word = fold(rule.word.strip(MASK))
        for letter in word:
            node = node.next.setdefault(letter, _Node())
        node.found = (*node.found, (len(word), rule))

    def _link(self) -> None:
        """For each node the longest proper suffix of its word that is a beginning of some word, too."""
        waiting = deque(self._root.next.values())
        for node in waiting:
            node.fail = self._root
        while waiting:
            node = waiting.popleft()
            for letter, child in node.next.items():
                fail = node.fail
                while fail is not None and letter not in fail.next:
                    fail = fail.fail
                child.fail = self._root if fail is None else fail.next[letter]
                child.found += child.fail.found
                waiting.append(child)


def _is_whole(text: str, start: int, end: int, word: str) -> bool:
    """Whether a match is a word by itself, where its script has words between spaces."""
    if word[0] != MASK and start > 0 and _is_spaced(text[start]) and _is_spaced(text[start - 1]):
        return False
    return not (word[-1] != MASK and end < len(text) and _is_spaced(text[end - 1]) and _is_spaced(text[end]))


def _is_spaced(letter: str) -> bool:
    """A letter or digit of a script that puts spaces between words."""
    if letter.isascii():
        return letter.isalnum()
    if not letter.isalnum():
        return unicodedata.category(letter)[0] == "M"
    code = ord(letter)
    return not (
        0x2E80 <= code <= 0xA4CF  # CJK, kana, bopomofo, Yi
        or 0xAC00 <= code <= 0xD7A3  # Hangul
        or 0xF900 <= code <= 0xFAFF
        or 0x0E00 <= code <= 0x0EFF  # Thai, Lao
        or 0x1000 <= code <= 0x109F  # Burmese
        or 0x1780 <= code <= 0x17FF  # Khmer
        or code >= 0x1B000
    )


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """The text as it is compared, in pieces, each with the place in `text` it comes from. A piece is a character
    with the marks that follow it, because normalising may join them."""
    start = 0
    length = len(text)
    while start < length:
        end = start + 1
        while end < length and end - start < _LONGEST_PIECE and _joins(text[end]):
            end += 1
        piece = "".join(letter for letter in text[start:end] if not _is_unseen(letter))
        if piece:
            normal = unicodedata.normalize("NFKC", piece).casefold()
            yield unicodedata.normalize("NFKC", normal), start
        start = end


def _joins(letter: str) -> bool:
    """Whether normalising may join it with what goes before: marks, vowels and final consonants of Hangul. What
    nobody sees stands between nothing."""
    if letter.isascii():
        return False
    return bool(unicodedata.combining(letter)) or "\u1161" <= letter <= "\u11ff" or _is_unseen(letter)


def _is_unseen(letter: str) -> bool:
    """Zero-width characters and their like: format characters, variation selectors, fillers."""
    if letter.isascii():
        return False
    return (
        letter in _UNSEEN
        or unicodedata.category(letter) == "Cf"
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0100" <= letter <= "\U000e01ef"
    )


def _end(places: list[int], end: int, text: str) -> int:
    """Where in the text the piece before place `end` ends."""
    last = places[end - 1]
    while end < len(places) and places[end] == last:
        end += 1
    return places[end] if end < len(places) else len(text)


def _spoken(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The texts in a body, each with the way to it. Frames are at most 16 deep."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _UNSPOKEN_FIELDS:
                yield from _spoken(each, (*place, name))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _spoken(each, (*place, number))


def _masked(body: dict[str, Any], found: list[tuple[tuple[Any, ...], Found]]) -> dict[str, Any]:
    """A copy of the body with the words that were found made unreadable."""
    spans: dict[tuple[Any, ...], list[Found]] = {}
    for place, each in found:
        spans.setdefault(place, []).append(each)

    def copy(value: Any, place: tuple[Any, ...]) -> Any:
        if isinstance(value, dict):
            return {name: copy(each, (*place, name)) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [copy(each, (*place, number)) for number, each in enumerate(value)]
        if place not in spans:
            return value
        letters = list(value)
        for each in spans[place]:
            letters[each.start : each.end] = MASK * (each.end - each.start)
        return "".join(letters)

    masked: dict[str, Any] = copy(body, ())
    return masked
