"""Completion: what the word before the cursor may become.

Rule: pure. Called by composer.py with what there is to choose from.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from teahouse.model.ids import fold_nick

# An address like a@b is no mention.
_MENTION = re.compile(r"(?<![\w.\-@])@([\w.\-]*)\Z")
_COMMAND = re.compile(r"\A/([a-z0-9_\-]*)\Z")


class Offer(Struct, frozen=True):
    """The word begins `length` characters before the cursor and may become one of `words`."""

    length: int
    words: tuple[str, ...]


def offer(before: str, nicks: Iterable[str], slash: Iterable[str]) -> Offer | None:
    """What may be completed; `before` is the text up to the cursor."""
    found = _COMMAND.search(before)
    if found is not None:
        return _offer(found[0], (f"/{name}" for name in slash))
    found = _MENTION.search(before)
    if found is not None:
        return _offer(found[0], (f"@{nick}" for nick in nicks))
    return None


def _offer(begun: str, words: Iterable[str]) -> Offer | None:
    wanted = fold_nick(begun)
    fitting = tuple(dict.fromkeys(word for word in words if fold_nick(word).startswith(wanted)))
    return Offer(len(begun), fitting) if fitting else None
