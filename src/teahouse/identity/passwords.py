"""Passwords (ports/identity.py): whether a name and a password belong together.

Rule: an unknown name, an account without a password, a disabled one and a wrong password cost the same and look the
same. Called by the engine at hello, and by logins.py and accounts.py.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from msgspec import Struct

from teahouse.identity.hashing import Hasher
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.identity.throttle import Throttle
from teahouse.identity.witness import witness
from teahouse.model.accounts import Account, AccountChange
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick

B = TypeVar("B")

_NOBODY = ""


class Recognised(Struct, frozen=True):
    """Somebody whose password was right; `stored` is its hash."""

    caller: Caller
    stored: str


class CheckedPasswords:
    def __init__(self, registry: Registry, hasher: Hasher, throttle: Throttle, standing: Standing) -> None:
        self._registry = registry
        self._accounts = registry.accounts
        self._hasher = hasher
        self._throttle = throttle
        self._standing = standing

    async def verify(self, user: str, password: str, address: str = "") -> Caller | None:
        known = await self.recognise(user, password, address)
        return None if known is None else known.caller

    async def recognise(self, user: str, password: str, address: str) -> "Recognised | None":
        """The same, with the hash that proved it: who goes on to wait for something can ask whether it still holds."""
        folded = fold_nick(user.strip())
        await self._throttle.take(folded, address)
        account = await self._accounts.named(folded)
        known = await self._check(_NOBODY if account is None else account.id, password)
        if known is not None:
            await self._throttle.give_back(folded, address)
        else:
            await witness(self._registry, "login.failed", "" if account is None else account.id, address)
        return known

    async def enter(
        self,
        user: str,
        password: str,
        address: str,
        begin: Callable[[Account], Awaitable[B]],
        end: Callable[[B], Awaitable[object]],
    ) -> B:
        """The login that `begin` makes for whoever has this password, or `unauthenticated`. Whoever was disabled, or
        was given another password, while it was made is out again by `end`."""
        known = await self.recognise(user, password, address)
        account = None if known is None else await self._accounts.find(known.caller.user.id)
        if known is None or account is None:
            raise _wrong()
        begun = await begin(account)
        if await self._standing.caller(account.id, "", known.stored) is None:
            await end(begun)
            raise _wrong()
        return begun

    async def confirm(self, account: Account, password: str, address: str) -> bool:
        """Whether it is the password of an account that asks for something grave."""
        folded = fold_nick(account.name)
        await self._throttle.take(folded, address)
        right = await self._check(account.id, password) is not None
        if right:
            await self._throttle.give_back(folded, address)
        return right

    async def _check(self, user: str, password: str) -> "Recognised | None":
        """Who it is, if the password is right, and was not changed while it was looked at."""
        stored = await self._accounts.password(user)
        if not await self._hasher.check(stored, password) or stored is None:
            return None
        if self._hasher.outdated(stored):
            stored = await self._renew(user, stored, password)
        caller = await self._standing.caller(user, "", stored)
        return None if caller is None else Recognised(caller, stored)

    async def _renew(self, user: str, stored: str, password: str) -> str:
        """Hash the password with today's parameters, unless somebody changed it meanwhile. Another device may have
        done the same at the same moment; then theirs counts."""
        try:
            made = await self._hasher.hash(password)
        except Problem:  # there is no time for it now; the next login will do
            return stored
        await self._accounts.change(user, AccountChange(password=made, password_was=stored))
        kept = await self._accounts.password(user)
        return (
            kept
            if kept == made or (kept is not None and await self._hasher.check(kept, password))
            else stored
        )


def _wrong() -> Problem:
    return Problem(Code.UNAUTHENTICATED, "wrong user or password")
