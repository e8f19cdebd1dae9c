"""Cuts English text into the pieces of words that MiniLM knows: lower case, no accents, the longest piece first.

Rule: the list of pieces, `wordpiece.txt`, is that of BERT (uncased; Google, Apache-2.0), and the line is the number.
Callers: `minilm.py`.
"""

import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from teahouse.nlu.text import is_han

_UNKNOWN, _FIRST, _LAST = 100, 101, 102
_LONGEST_WORD = 100


class WordPieces:
    def __init__(self) -> None:
        listed = files("teahouse.nlu").joinpath("wordpiece.txt").read_text(encoding="utf-8")
        self._numbers = {piece: number for number, piece in enumerate(listed.split("\n"))}

    def numbers(self, text: str, limit: int) -> list[int]:
        """At most `limit` numbers, with the marks of the beginning and the end."""
        found: list[int] = []
        for word in _split(text):
            found += self._pieces(word)
            if len(found) >= limit - 2:
                break
        return [_FIRST, *found[: limit - 2], _LAST]

    def _pieces(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        if len(word) > _LONGEST_WORD:
            return [_UNKNOWN]
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._numbers.get(("##" if start else "") + word[start:end])
                if number is not None:
                    break
            else:
                return [_UNKNOWN]
            found.append(number)
            start = end
        return found


def _split(text: str) -> Iterator[str]:
    word: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(character)
        if category == "Mn":
            continue
        apart = character.isspace() or category[0] == "C"
        alone = category[0] == "P" or (category[0] == "S" and character.isascii()) or is_han(character)
        if not (apart or alone):
            word.append(character)
            continue
        if word:
            yield "".join(word)
            word = []
        if alone:
            yield character
    if word:
        yield "".join(word)
