"""Standing: who somebody is at this moment, and word of it when that changes.

Rule: whoever is let in is looked up in the store, and looked up again if anybody's standing changed meanwhile. What is
taken back is stored first and told next, in one step without waiting. So there is no moment in which somebody comes in
who was just sent away: they are seen by one or by the other. Called by tokens.py, passwords.py, logins.py, accounts.py.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from teahouse.identity.registry import Registry
from teahouse.model.accounts import Account, AccountKind
from teahouse.model.caller import Caller
from teahouse.model.people import User

Revoked = Callable[[str, Collection[str] | None, str | None], None]
"""Told of a user, of the logins that ended (None: all), and of the one that did not."""

Changed = Callable[[User], None]
"""Told of a user who is called otherwise now, or may do other things."""


class _Look:
    """Somebody who is being looked up; `stale` while what was read is not what is."""

    __slots__ = ("stale",)

    def __init__(self) -> None:
        self.stale = True


class Standing:
    """`revoked` and `changed` are told, in order; `distrusted` forget all they keep."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._looks: dict[str, list[_Look]] = {}
        self.revoked: list[Revoked] = []
        self.changed: list[Changed] = []
        self.distrusted: list[Callable[[], None]] = []

    async def caller(self, user: str, login: str, password: str | None = None) -> Caller | None:
        """The user with this login, if both are good. Without a login: if their password is (still) this hash."""
        account, good = None, False
        with self._looking(user) as look:
            while look.stale:
                look.stale = False
                account = await self._registry.accounts.find(user)
                if login:
                    good = await self._has(user, login)
                else:
                    good = password is not None and await self._registry.accounts.password(user) == password
        if account is None or account.disabled or account.kind is AccountKind.BOT or not good:
            return None
        return Caller(account.user, login, account.admin)

    async def stands(self, user: str) -> bool:
        """Whether anything may be done in the name of somebody who is not here to show what they came with."""
        account = await self._registry.accounts.find(user)
        return account is None or not account.disabled

    async def _has(self, user: str, login: str) -> bool:
        found = await self._registry.logins.find(login, self._registry.clock.now())
        return found is not None and found.user == user

    def revoke(self, user: str, logins: Collection[str] | None, but: str | None = None) -> None:
        """What the store was told already: these logins hold no more."""
        self._outdate(user)
        for tell in self.revoked:
            tell(user, logins, but)

    def distrust(self) -> None:
        """Another node may have taken back something, and we were not told: whoever is kept is looked up again."""
        for looks in self._looks.values():
            for look in looks:
                look.stale = True
        for forget in self.distrusted:
            forget()

    async def holds(self, user: str, login: str) -> bool:
        """Whether what somebody came with still lets them in. Guests, and bots, come with something else."""
        account = await self._registry.accounts.find(user)
        if account is None or account.kind is AccountKind.BOT:
            return True
        return not account.disabled and (not login or await self._has(user, login))

    def change(self, account: Account) -> None:
        """What the store was told already: the account is another one."""
        self.rename(account.user)

    def rename(self, user: User) -> None:
        """What the store was told already: this is what they are called."""
        self._outdate(user.id)
        for tell in self.changed:
            tell(user)

    def _outdate(self, user: str) -> None:
        for look in self._looks.get(user, ()):
            look.stale = True

    @contextmanager
    def _looking(self, user: str) -> Iterator["_Look"]:
        look = _Look()
        looks = self._looks.setdefault(user, [])
        looks.append(look)
        try:
            yield look
        finally:
            looks.remove(look)
            if not looks:
                del self._looks[user]
