"""What a tagger sees at each word: the word and its neighbours, its form, what the training lines called it, its kind
of meaning, and what the whole line is about.

Rule: training and answering go through the same `tag_features()`. Chinese is tagged character by character; lists of
known phrases are not used there, because they made its results worse (docs/desk-evaluation.md).
Callers: `tag_fitting.py`, `slots.py`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from teahouse.nlu.examples import Slot
from teahouse.nlu.text import Word, is_han

PHRASE_LIMIT = 8  # words of a phrase
_CAPITAL, _SMALL, _DIGIT, _LONG = (re.compile(p) for p in (r"[A-Z]", r"[^\W\d_A-Z]", r"\d", r"(.)\1{3,}"))

Clusters = Mapping[str, Sequence[int]]  # of a word: its clusters, coarse to fine


def tags_of(words: Sequence[Word], slots: Sequence[Slot]) -> list[str]:
    """B- and I- and O, one a word. A slot that cuts through a word takes the whole word."""
    tags = ["O"] * len(words)
    for slot in slots:
        inside = [i for i, word in enumerate(words) if word.start < slot.end and slot.start < word.end]
        for i in inside:
            tags[i] = f"{'B' if i == inside[0] else 'I'}-{slot.kind}"
    return tags


def runs_of(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, word after the last, kind) of each slot. An I- without its B- begins one, too."""
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            yield start, i, kind
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]


class Phrases:
    """Which phrases were slots of which kinds in the training lines."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        self.kinds = kinds
        self._longest = max((phrase.count(" ") + 1 for phrase in kinds), default=0)

    @classmethod
    def learn(cls, lines: Sequence[tuple[Sequence[Word], Sequence[str]]]) -> "Phrases":
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for words, tags in lines:
            for start, end, kind in runs_of(tags):
                if end - start <= PHRASE_LIMIT and not is_han(words[start].text):
                    seen[" ".join(word.text.lower() for word in words[start:end])][kind] += 1
        return cls({phrase: [kind for kind, _ in counts.most_common(2)] for phrase, counts in seen.items()})

    def mark(self, low: Sequence[str]) -> list[list[str]]:
        """For each word what the longest known phrase over it says."""
        marks: list[list[str]] = [[] for _ in low]
        at = 0
        while at < len(low):
            length = self._match(low, at)
            for i in range(at, at + length):
                kinds = self.kinds[" ".join(low[at : at + length])]
                marks[i] = [f"{'gB' if i == at else 'gI'}={kind}" for kind in kinds]
                marks[i] += ["gE" if i == at + length - 1 else "gM", f"gl={min(length, 5)}"]
            at += length or 1
        return marks

    def _match(self, low: Sequence[str], at: int) -> int:
        for length in range(min(self._longest, len(low) - at), 0, -1):
            if " ".join(low[at : at + length]) in self.kinds:
                return length
        return 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the tagger is given it."""

    words: Sequence[Word]
    phrases: Phrases | None = None
    clusters: Clusters | None = None
    intent: str | None = None


def tag_features(line: Line) -> list[list[str]]:
    low = [word.text.lower() for word in line.words]
    around = _Around(low)
    marks = line.phrases.mark(low) if line.phrases else [[] for _ in low]
    found = []
    for i in range(len(line.words)):
        features = around.words(i)
        features += around.han(i) if is_han(low[i]) else _form(line.words, i, low[i])
        features += marks[i]
        features += [f"-{m}" for m in marks[i - 1]] if i else []
        features += [f"+{m}" for m in marks[i + 1]] if i + 1 < len(marks) else []
        if line.intent:
            about = line.intent
            features += [f"in={about}", f"inw={about}|{low[i]}", f"in-1={about}|{around.at(i - 1)}"]
        if line.clusters:
            features += _clusters(line.clusters, around, i)
        found.append(features)
    return found


class _Around:
    """Words before and after, with marks where the line ends."""

    def __init__(self, low: Sequence[str]) -> None:
        self._low = low

    def at(self, i: int) -> str:
        if i < 0:
            return "<s>"
        return self._low[i] if i < len(self._low) else "</s>"

    def words(self, i: int) -> list[str]:
        before2, before, word, after, after2 = (self.at(i + n) for n in range(-2, 3))
        return [
            f"w={word}", f"w-1={before}", f"w+1={after}", f"w-2={before2}", f"w+2={after2}",
            f"b-1={before}|{word}", f"b+1={word}|{after}", f"b0={before}|{after}",
            f"b-2={before2}|{before}", f"b+2={after}|{after2}",
        ]  # fmt: skip

    def han(self, i: int) -> list[str]:
        """Chinese needs a wider view: a character is less than a word."""
        before2, before, word, after, after2 = (self.at(i + n) for n in range(-2, 3))
        return [
            f"t={before}{word}{after}", f"t-={before2}{before}{word}", f"t+={word}{after}{after2}",
            f"w-3={self.at(i - 3)}", f"w+3={self.at(i + 3)}",
        ]  # fmt: skip


def _form(words: Sequence[Word], i: int, low: str) -> list[str]:
    before = _shape(words[i - 1].text) if i else ""
    after = _shape(words[i + 1].text) if i + 1 < len(words) else ""
    return [
        f"p2={low[:2]}", f"p3={low[:3]}", f"s2={low[-2:]}", f"s3={low[-3:]}", f"s4={low[-4:]}",
        f"sh={_shape(words[i].text)}", f"sh-1={before}", f"sh+1={after}",
    ]  # fmt: skip


def _shape(word: str) -> str:
    shape = _DIGIT.sub("9", _SMALL.sub("x", _CAPITAL.sub("X", word)))
    return _LONG.sub(r"\1\1\1+", shape)


def _clusters(clusters: Clusters, around: _Around, i: int) -> list[str]:
    found = []
    for offset, sign in ((-1, "-"), (0, ""), (1, "+")):
        for level, cluster in enumerate(clusters.get(around.at(i + offset), ())):
            found.append(f"{sign}c{level}={cluster}")
    return found
