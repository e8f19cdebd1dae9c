"""Seals: what is given to somebody to be brought back unread and unchanged, soon, and once.

Rule: sealed with a key that lives as long as the process, or with one that all nodes have, so that nothing has to be
kept for those who never come back; only what was opened is remembered (Spent, ports/vault.py), until it would not open
any more. What is remembered is what the text means, for one seal can be written in many ways. Used by entrance.py.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TypeVar

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from teahouse.ports.clock import Clock
from teahouse.ports.vault import Spent

T = TypeVar("T")

_LARGEST = 4096


class Seals:
    """`purpose` tells seals from those of others under the same key."""

    def __init__(self, key: bytes, purpose: str, lifetime_s: int, spent: Spent, clock: Clock) -> None:
        self._fernet = Fernet(urlsafe_b64encode(sha256(purpose.encode() + b":" + key).digest()))
        self._lifetime_s = lifetime_s
        self._spent = spent
        self._clock = clock

    def seal(self, content: object) -> str:
        """As text that a URL and a cookie can carry."""
        return self._fernet.encrypt_at_time(msgspec.json.encode(content), self._now()).decode().rstrip("=")

    def read(self, sealed: str, type_: type[T]) -> T | None:
        """What was sealed, if it was sealed here, not long ago; it may have been spent."""
        raw = _raw(sealed)
        if raw is None:
            return None
        try:
            content = self._fernet.decrypt_at_time(urlsafe_b64encode(raw), self._lifetime_s, self._now())
            return msgspec.json.decode(content, type=type_)
        except (InvalidToken, msgspec.DecodeError):
            return None

    async def spend(self, sealed: str) -> bool:
        """It is good no more; whether it was until now. For what `read` gave something for."""
        raw = _raw(sealed)
        until = 1000 * (self._now() + self._lifetime_s + 1)
        return raw is not None and await self._spent.spend(sha256(raw).digest(), until)

    def _now(self) -> int:
        return self._clock.now() // 1000


def _raw(sealed: str) -> bytes | None:
    if len(sealed) > _LARGEST:
        return None
    try:
        return urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except ValueError:
        return None
