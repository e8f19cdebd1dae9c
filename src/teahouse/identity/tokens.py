"""Tokens (ports/identity.py): access tokens of people, with those that were verified kept in memory.

Rule: what is kept is forgotten as soon as the login or the account behind it changes (kept.py), so that `known`
needs no look at the store. Made by app/compose.py; asked by the engine at hello and by REST at every request.
"""

from teahouse.identity.access import AccessTokens
from teahouse.identity.kept import KeptCallers
from teahouse.identity.options import IdentityOptions
from teahouse.identity.standing import Standing
from teahouse.model.caller import Caller
from teahouse.ports.clock import Clock


class KeptTokens:
    def __init__(
        self, access: AccessTokens, standing: Standing, options: IdentityOptions, clock: Clock
    ) -> None:
        self._access = access
        self._standing = standing
        self._kept: KeptCallers[str] = KeptCallers(standing, clock, options.cached_tokens)

    def known(self, token: str) -> Caller | None:
        return self._kept.find(token)

    async def verify(self, token: str) -> Caller | None:
        claims = await self._access.verify(token)
        if claims is None:
            return None
        caller = await self._standing.caller(claims.user, claims.login)
        if caller is not None:
            self._kept.keep(token, caller, claims.expires)
        return caller
