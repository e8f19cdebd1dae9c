"""Words: what a text is made of, as search sees it.

Rule: one definition for what is written into the index, what is asked of it and what is highlighted. In scripts that
put no space between words (Chinese, Japanese, Thai ...), and in Korean, whose words carry their particles, every
character is a word; whoever asks for two of them asks for two words in a row. Elsewhere a word is a run of letters and
digits, without regard to case, width and accents. Pure; called by query.py and searching.py, and by the backends.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

_SINGLE = "".join(
    (
        r"\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",  # Han
        "\U00020000-\U0003ffff",
        r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff",  # kana
        r"\u3105-\u312f\u31a0-\u31bf",  # Bopomofo
        r"\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb",  # Hangul
        r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3",  # Thai, Lao, Burmese, Khmer
        r"\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55" + "\U0001f000-\U0001faff",  # emoji
    )
)
# Vowel signs stand in the middle of the words of India, and \w does not know them.
_SIGNS = r"\u0900-\u0963\u0970-\u0df3"
_WORD = re.compile(rf"[{_SINGLE}]|(?:(?![{_SINGLE}_])[\w{_SIGNS}]){{1,64}}")
_WORD_OF_ASCII = re.compile(r"[a-z0-9]{1,64}")
_ONE = re.compile(rf"[{_SINGLE}]")
# Accents, the vowel points of Hebrew and Arabic, and the characters that choose how an emoji is drawn.
_DROPPED = re.compile(
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\ufe0e\ufe0f]+"
)
_MARKS_END = 0x20000  # those beyond join with nothing


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    if text.isascii():
        return _WORD_OF_ASCII.findall(text.lower())
    return _WORD.findall(_normal(text))


def located(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with where each stands in it: (word, start, end), in characters."""
    if text.isascii():
        return [(match[0], *match.span()) for match in _WORD_OF_ASCII.finditer(text.lower())]
    normal: list[str] = []
    places: list[tuple[int, int]] = []  # for each character of `normal`, where it comes from
    for cluster in _clusters().finditer(text):
        character = cluster[0]
        made = _normal_short(character) if len(character) <= _SHORT else _normal(character)
        normal.append(made)
        places += [cluster.span()] * len(made)
    return [
        (match[0], places[match.start()][0], places[match.end() - 1][1])
        for match in _WORD.finditer("".join(normal))
    ]


def is_single(word: str) -> bool:
    """Whether a word is one character of a script that puts no space between words."""
    return _ONE.fullmatch(word) is not None


def occurrences(phrase: Sequence[str], prefix: bool, text: Sequence[str]) -> Iterator[int]:
    """Where the words of `phrase`, at least one, stand in a row in those of a text. `prefix`: the last may go on."""
    *head, last = phrase
    for end in range(len(head), len(text)):
        if text[end] == last or (prefix and text[end].startswith(last)):
            start = end - len(head)
            if list(text[start:end]) == head:
                yield start


def _normal(text: str) -> str:
    """Without regard to width (NFKC), case and accents."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFD", folded)))


_normal_short = lru_cache(8192)(_normal)
_SHORT = 4  # what is longer, somebody made to fill memories with


@cache
def _clusters() -> re.Pattern[str]:
    """A character with those that may join with it when a text is normalized: marks, vowels and finals of Hangul,
    the voice marks of narrow kana."""
    marks = [chr(n) for n in range(0x300, _MARKS_END) if unicodedata.category(chr(n))[0] == "M"]
    return re.compile(rf".[{''.join(marks)}\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f]*", re.DOTALL)
