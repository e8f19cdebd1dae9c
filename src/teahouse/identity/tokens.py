"""Tokens (ports/identity.py): access tokens of people, with those that were verified kept in memory.

Rule: what is kept is forgotten as soon as the login or the account behind it changes (standing.py), so that `known`
needs no look at the store. Made by app/compose.py; asked by the engine at hello and by REST at every request.
"""

from collections.abc import Collection

from msgspec import Struct

from teahouse.identity.access import AccessTokens
from teahouse.identity.options import IdentityOptions
from teahouse.identity.standing import Standing
from teahouse.model.caller import Caller
from teahouse.model.people import User
from teahouse.ports.clock import Clock


class _Kept(Struct, frozen=True, gc=False):
    caller: Caller
    expires: int


class KeptTokens:
    """The oldest are let go when there are too many."""

    def __init__(
        self, access: AccessTokens, standing: Standing, options: IdentityOptions, clock: Clock
    ) -> None:
        self._access = access
        self._standing = standing
        self._most = options.cached_tokens
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        standing.revoked.append(self._forget)
        standing.changed.append(self._forget_user)

    def known(self, token: str) -> Caller | None:
        kept = self._kept.get(token)
        return kept.caller if kept is not None and kept.expires > self._clock.now() else None

    async def verify(self, token: str) -> Caller | None:
        claims = self._access.read(token)
        if claims is None:
            return None
        caller = await self._standing.caller(claims.user, claims.login)
        if caller is None:
            return None
        self._kept[token] = _Kept(caller, claims.expires)
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return caller

    def _forget(self, user: str, logins: Collection[str] | None, but: str | None) -> None:
        def ended(caller: Caller) -> bool:
            return (
                caller.user.id == user and caller.grant != but and (logins is None or caller.grant in logins)
            )

        self._kept = {token: kept for token, kept in self._kept.items() if not ended(kept.caller)}

    def _forget_user(self, user: User) -> None:
        self._forget(user.id, None, None)
