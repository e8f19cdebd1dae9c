"""Choices and lists of one's own: an entry by its name, by another word for it, or by its place.

Rule: the longest name wins, a Latin name is a whole word, and what is returned is the entry's own name. A choice of
few can also be answered by its place ("the second one", 第二个, "2"); a list cannot.
Callers: `registry.py`; `desk`, when it has asked "which one?".
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from teahouse.nlu.typed.found import CHOICE, Circumstances, Found, Recogniser, narrow
from teahouse.nlu.typed.numbers import number_of

ENTRIES_LIMIT = 20_000
_PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_PLACE = re.compile(
    rf"\b(?:the\s+)?(?P<word>{'|'.join(_PLACES)}|last)(?:\s+(?:one|option|choice))?\b|\b(?:number|option|no\.)\s*(?P<digit>\d{{1,2}})\b|"
    r"第(?P<han>[一二三四五六七八九十]|\d{1,2})[个项种家款条]?|(?P<tail>最后)一?[个项种家款条]"
)
_BARE = re.compile(r"\s*(?P<digit>\d{1,2}|[一二三四五六七八九十])\s*[.。!]?\s*")
_PART = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")


class ListRecogniser:
    """Finds entries of a list in a text, however long the list is: a walk through a tree of words."""

    def __init__(self, kind: str, entries: Mapping[str, Sequence[str]]) -> None:
        """`entries`: the name of each, and what else it is called."""
        if len(entries) > ENTRIES_LIMIT:
            raise ValueError(f"a list has at most {ENTRIES_LIMIT:,} entries")
        self._kind = kind
        self._names: dict[tuple[str, ...], str] = {}
        self._starts: set[tuple[str, ...]] = set()
        for name, others in entries.items():
            for said in (name, *others):
                self._learn(tuple(_PART.findall(narrow(said))), name)

    def _learn(self, parts: tuple[str, ...], name: str) -> None:
        if parts:
            self._names.setdefault(parts, name)
            self._starts.update(parts[:n] for n in range(1, len(parts) + 1))

    def __call__(self, text: str, _: Circumstances) -> Iterator[Found]:
        parts = [(m.group(), m.start(), m.end()) for m in _PART.finditer(text)]
        at = 0
        while at < len(parts):
            length, name = self._longest(parts, at)
            if length:
                yield Found(self._kind, parts[at][1], parts[at + length - 1][2], name)
            at += length or 1

    def _longest(self, parts: Sequence[tuple[str, int, int]], at: int) -> tuple[int, str]:
        found, name = 0, ""
        said: tuple[str, ...] = ()
        for length, (part, _, _) in enumerate(parts[at:], start=1):
            said = (*said, part)
            if said not in self._starts:
                break
            if said in self._names:
                found, name = length, self._names[said]
        return found, name


def choice(entries: Mapping[str, Sequence[str]]) -> Recogniser:
    """Names first; if no name was said, the place of one of them."""
    names = list(entries)
    by_name = ListRecogniser(CHOICE, entries)

    def find(text: str, at: Circumstances) -> Iterator[Found]:
        found = list(by_name(text, at))
        if not found:
            found = list(_by_place(text, names))
        yield from found

    return find


def _by_place(text: str, names: Sequence[str]) -> Iterator[Found]:
    for match in [m for m in (_BARE.fullmatch(text),) if m] or list(_PLACE.finditer(text)):
        place = _place(match.groupdict(), len(names))
        if 0 <= place < len(names):
            yield Found(CHOICE, *(match.span("digit") if match.re is _BARE else match.span()), names[place])


def _place(said: Mapping[str, str | None], count: int) -> int:
    if said.get("tail") or said.get("word") == "last":
        return count - 1
    word, number = said.get("word"), said.get("digit") or said.get("han")
    if word:
        return _PLACES.index(word)
    return int(number_of(number) or 0) - 1 if number else -1
