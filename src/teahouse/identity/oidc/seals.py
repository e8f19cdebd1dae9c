"""Seals: what is given to somebody to be brought back unread and unchanged, soon, and once.

Rule: sealed with a key that lives as long as the process, so that nothing has to be kept for those who never come
back; only what was opened is remembered, until it would not open any more. Used by entrance.py.
"""

from hashlib import sha256
from typing import TypeVar

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from teahouse.ports.clock import Clock

T = TypeVar("T")

_LARGEST = 4096
_MOST = 100_000


class Seals:
    def __init__(self, lifetime_s: int, clock: Clock) -> None:
        self._fernet = Fernet(Fernet.generate_key())
        self._lifetime_s = lifetime_s
        self._clock = clock
        self._opened: dict[bytes, int] = {}

    def seal(self, content: object) -> str:
        return self._fernet.encrypt_at_time(msgspec.json.encode(content), self._now()).decode()

    def open(self, sealed: str, type_: type[T]) -> T | None:
        """What was sealed, if it was sealed here, not long ago."""
        if len(sealed) > _LARGEST or sha256(sealed.encode("utf-8", "surrogatepass")).digest() in self._opened:
            return None
        try:
            content = self._fernet.decrypt_at_time(sealed, self._lifetime_s, self._now())
            return msgspec.json.decode(content, type=type_)
        except (InvalidToken, msgspec.DecodeError, ValueError):
            return None

    def spend(self, sealed: str) -> None:
        """It opens no more. Those that are too old to open anyway are forgotten."""
        now = self._now()
        if len(self._opened) >= _MOST:
            self._opened = {seal: until for seal, until in self._opened.items() if until >= now}
        self._opened[sha256(sealed.encode()).digest()] = now + self._lifetime_s
        while len(self._opened) > _MOST:
            del self._opened[next(iter(self._opened))]

    def _now(self) -> int:
        return self._clock.now() // 1000
