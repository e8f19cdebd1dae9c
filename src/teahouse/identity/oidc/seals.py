"""Seals: what is given to somebody to be brought back unread and unchanged, soon, and once.

Rule: sealed with a key that lives as long as the process, so that nothing has to be kept for those who never come
back; only what was opened is remembered, until it would not open any more. What is remembered is what the text means,
for one seal can be written in many ways. Used by entrance.py.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
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
        self._spent: dict[bytes, int] = {}

    def seal(self, content: object) -> str:
        """As text that a URL and a cookie can carry."""
        return self._fernet.encrypt_at_time(msgspec.json.encode(content), self._now()).decode().rstrip("=")

    def open(self, sealed: str, type_: type[T]) -> T | None:
        """What was sealed, if it was sealed here, not long ago, and was not spent."""
        raw = _raw(sealed)
        if raw is None or sha256(raw).digest() in self._spent:
            return None
        try:
            content = self._fernet.decrypt_at_time(urlsafe_b64encode(raw), self._lifetime_s, self._now())
            return msgspec.json.decode(content, type=type_)
        except (InvalidToken, msgspec.DecodeError):
            return None

    def spend(self, sealed: str) -> None:
        """It opens no more. Those that are too old to open anyway are forgotten."""
        now, raw = self._now(), _raw(sealed)
        if raw is None:
            return
        if len(self._spent) >= _MOST:
            self._spent = {seal: until for seal, until in self._spent.items() if until >= now}
        self._spent[sha256(raw).digest()] = now + self._lifetime_s
        while len(self._spent) > _MOST:
            del self._spent[next(iter(self._spent))]

    def _now(self) -> int:
        return self._clock.now() // 1000


def _raw(sealed: str) -> bytes | None:
    if len(sealed) > _LARGEST:
        return None
    try:
        return urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except ValueError:
        return None
