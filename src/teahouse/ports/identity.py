"""Who somebody is, by password or token. Both are optional: a server without them has guests only."""

from typing import Protocol

from teahouse.model.people import User


class Passwords(Protocol):
    async def verify(self, user: str, password: str) -> User | None:
        """The account, or None for a wrong name or password: which of them is not told, nor by timing."""
        ...


class Tokens(Protocol):
    async def verify(self, token: str) -> User | None:
        """The account an access token was issued to, or None if it is forged, expired or revoked."""
        ...
