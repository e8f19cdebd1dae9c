"""Who somebody is, by password or token. Both are optional: a server without them has guests only."""

from typing import Protocol

from teahouse.model.caller import Caller


class Passwords(Protocol):
    async def verify(self, user: str, password: str, address: str = "") -> Caller | None:
        """The account, or None for a wrong name or password: which of them is not told, nor by timing. Problem
        `unavailable` when too many wait to be checked already, `rate_limited` when there were too many wrong ones
        from this address."""
        ...


class Tokens(Protocol):
    def known(self, token: str) -> Caller | None:
        """The caller, if the token was verified before and still holds. No I/O: the fast path of every request."""
        ...

    async def verify(self, token: str) -> Caller | None:
        """Whom a token was issued to, or None if it is forged, expired or revoked."""
        ...


class Standings(Protocol):
    async def stands(self, user: str) -> bool:
        """Whether anything may be done in this user's name: they have no account, or one that is not disabled."""
        ...
