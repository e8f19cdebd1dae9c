"""The web outside: pages that people link to, and servers that somebody told ours to call."""

from typing import Protocol

from msgspec import Struct


class Asked(Struct, frozen=True, gc=False):
    """A request. `most_bytes` of the answer are read at most, all of it has `seconds`, and so many `redirects` are
    followed (only by GET)."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    most_bytes: int = 512 * 1024
    seconds: float = 5.0
    redirects: int = 0


class Fetched(Struct, frozen=True, gc=False):
    """An answer. `url` is where it came from at last; `headers` have small letters. `cut`: there was more of it."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    cut: bool = False


class NotAllowed(Exception):
    """The address is none that may be called. What it says is for the log, never for whoever gave the address: it
    would tell them what there is inside."""


class Unreachable(Exception):
    """Nobody answered, or not in time, or not in HTTP."""


class NotCalled(Unreachable):
    """Nobody was there to call: whoever was to be called has done nothing wrong. `after_s` is when it is worth another
    try."""

    def __init__(self, cause: str, after_s: float) -> None:
        super().__init__(cause)
        self.after_s = after_s


class Outside(Protocol):
    """Requests to addresses that somebody else chose.

    O1  Only http and https, only ports that are allowed, no user or password in the address.
    O2  Only public addresses, unless private ones are allowed: not of this machine, of a private or local network, of
        the metadata services of clouds, nor any of these dressed up as another. The address that was looked at is the
        one that is connected to. This holds for each redirect anew.
    O3  Never more than the bytes and seconds that were given, names being looked up included.
    O4  Nothing is remembered between two requests, and nothing of ours goes along: no cookies, no credentials.
    """

    async def fetch(self, asked: Asked) -> Fetched:
        """Raises NotAllowed or Unreachable."""
        ...
