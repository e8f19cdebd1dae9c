"""Hashing: passwords to argon2id hashes, and to keys of SCRAM where they are wanted (scram.py), off the event loop, as
many at a time as do not disturb the chat.

Rule: a hash takes tens of milliseconds of a processor, so only a few threads make them, at low priority, and no more
wait than a time-out allows; who comes then is told when to come back. What there is to check costs the same whether
there is an account or not. Called by passwords.py and accounts.py.
"""

import asyncio
import os
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from math import ceil
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from jwt.utils import base64url_encode

from teahouse.identity import fresh, scram
from teahouse.identity.options import IdentityOptions
from teahouse.model.errors import Code, Problem

T = TypeVar("T")

_NICENESS = 15
_FIRST_GUESS_S = 0.05


class Hasher:
    """Made once; `close` ends its threads. What it makes of a password is one text: the hash and, each after a space,
    keys of SCRAM with so many `iterations`. 0: none, and those there are go at the next login. None: none, and those
    there are stay."""

    def __init__(self, options: IdentityOptions, iterations: int | None = None) -> None:
        self._hasher = PasswordHasher(options.hash_passes, options.hash_memory_kib, 1)
        self._threads = options.hash_threads or min(4, max(1, (os.cpu_count() or 1) - 1))
        self._most = options.hash_queue
        self._pool = ThreadPoolExecutor(self._threads, "password", initializer=_step_back)
        self._nobodys = _impossible_hash(options)
        self._iterations = iterations
        self._waiting = 0
        self._seconds = _FIRST_GUESS_S

    async def hash(self, password: str) -> str:
        """The text to store. Problem `unavailable` when too many wait already."""
        return await self._run(lambda: self._made(password))

    async def check(self, stored: str | None, password: str) -> bool:
        """Whether the password is the one of this text; without a text it is not, after the same work."""
        matches = await self._run(lambda: self._matches(stored or self._nobodys, password))
        return matches and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the text was made with other parameters than those of today."""
        if self._hasher.check_needs_rehash(_hash(stored)):
            return True
        if self._iterations is None:
            return False
        wanted = scram.ALGORITHMS if self._iterations else ()
        return [(keys.algorithm, keys.iterations) for keys in scram.written_in(stored).values()] != [
            (algorithm, self._iterations) for algorithm in wanted
        ]

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _made(self, password: str) -> str:
        made, rounds = self._hasher.hash(_bytes(password)), self._iterations or 0
        for each in scram.ALGORITHMS if rounds else ():
            made += f" {scram.derived(password, each, rounds, fresh.salt())}"
        return made

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(_hash(stored), _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= self._most:
            wait_s = self._waiting * self._seconds / self._threads
            raise Problem(
                Code.UNAVAILABLE, "too many people log in just now; try again shortly", ceil(1000 * wait_s)
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._timed, work)
        finally:
            self._waiting -= 1

    def _timed(self, work: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return work()
        finally:
            self._seconds += (time.monotonic() - begun - self._seconds) / 8


def _hash(stored: str) -> str:
    return stored.partition(" ")[0]


def _bytes(password: str) -> bytes:
    """The same password is the same bytes, whichever way a keyboard composes its letters (RFC 8265, 4.2)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _impossible_hash(options: IdentityOptions) -> str:
    """A hash with today's parameters that nobody knows the password of."""
    salt, made = (base64url_encode(secrets.token_bytes(size)).decode() for size in (16, 32))
    salt, made = (text.translate(str.maketrans("-_", "+/")) for text in (salt, made))
    return f"$argon2id$v=19$m={options.hash_memory_kib},t={options.hash_passes},p=1${salt}${made}"


def _step_back() -> None:
    """Let this thread, and it alone, wait for all others: on Linux, niceness is a thread's (sched(7))."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
