"""Text as the models see it: folded, cut into words, and whether it is Chinese.

Rule: `words()` never loses an offset: it cuts the text as it was written, because a slot is a place in that text.
Callers: every module of this room.
"""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# One Han character, or a word of any other script with an apostrophe inside, or one sign.
WORD = re.compile(rf"[{HAN}]|[^\W{HAN}_]+(?:['’][^\W\d{HAN}_]+)?|[^\w\s]|_")
_HAN = re.compile(rf"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands: text[start:end]."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    return [Word(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]


def fold(text: str) -> str:
    """One form for what reads the same: full width and half, capitals and small letters, any space."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return _SPACE.sub(" ", folded).strip()


def is_han(character: str) -> bool:
    return _HAN.fullmatch(character) is not None


def is_chinese(text: str) -> bool:
    """Whether at least a third of its letters are Han characters: a Chinese sentence may carry English names."""
    letters = len(_LETTER.findall(text))
    return letters > 0 and len(_HAN.findall(text)) * 3 >= letters
