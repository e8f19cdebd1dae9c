"""What a recogniser finds, and what it is given.

Rule: `text[start:end]` is exactly what was said for the value, nothing around it. Values are JSON:

    date    "2026-03-05"                     time   "15:30"
    number  12 or 0.5                        money  {"amount": 12.5, "currency": "CNY"}
    phone   "13800138000", "+4930123456"     email  "a@b.example"
    order   "AB-12345", capitals             choice, lists: the entry's own name

Callers: all modules of this folder.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DATE, TIME, NUMBER, MONEY = "date", "time", "number", "money"
PHONE, EMAIL, ORDER, CHOICE = "phone", "email", "order", "choice"


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a value may depend on: the asker's own time, and how 3/4/2026 is read there."""

    now: datetime
    day_first: bool = False


Recogniser = Callable[[str, Circumstances], Iterator[Found]]

# One character for one, so that places stay: full-width signs as people type them in Chinese.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, ord("，"): ord(",")}
_HALF |= {ord(wide): ord(narrow) for wide, narrow in zip("。：；（）－—–～", ".:;()---~", strict=True)}


def narrow(text: str) -> str:
    """The same text with half-width signs and small letters, and every character at its place."""
    small = text.translate(_HALF)
    lowered = small.lower()
    return lowered if len(lowered) == len(text) else "".join(_lower(c) for c in small)


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
