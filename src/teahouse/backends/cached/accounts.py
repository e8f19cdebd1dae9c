"""Accounts and Erasures (ports/accounts.py): what they change of people is dropped; nothing is read from copies.

Rule: who asks these ports decides something: whether a password opens, whether somebody may do a thing. That is asked
of the store. What others are shown of an account is a profile (`People.profile`, users.py).
"""

from teahouse.backends.cached.cache import Cache
from teahouse.backends.cached.changing import Changing, Named
from teahouse.backends.cached.users import People
from teahouse.model.accounts import Account, AccountChange, Voucher
from teahouse.ports.accounts import Accounts, Erasures


class CachedAccounts:
    def __init__(self, accounts: Accounts, people: People, changing: Changing) -> None:
        self._accounts = accounts
        self._people = people
        self._changing = changing
        self.find = accounts.find
        self.named = accounts.named
        self.password = accounts.password
        self.page = accounts.page
        self.has_admin = accounts.has_admin

    async def create(
        self,
        account: Account,
        password: str | None,
        lobby_seq: int = 0,
        voucher: Voucher | None = None,
    ) -> None:
        async with self._changing.of(self._people.of(account.id)):
            await self._accounts.create(account, password, lobby_seq, voucher)

    async def change(self, user: str, change: AccountChange) -> Account | None:
        async with self._changing.of(self._people.of(user)):
            return await self._accounts.change(user, change)


class CachedErasures:
    """`wishes` are the other caches that keep something of a user."""

    def __init__(
        self, erasures: Erasures, people: People, wishes: tuple[Cache[object], ...], changing: Changing
    ) -> None:
        self._erasures = erasures
        self._people = people
        self._wishes = wishes
        self._changing = changing
        self.pending = erasures.pending
        self.entries = erasures.entries
        self.disown = erasures.disown

    async def begin(self, user: str, at: int) -> None:
        async with self._changing.of(self._people.of(user)):
            await self._erasures.begin(user, at)

    async def forget(self, user: str, nick: str) -> None:
        everything: list[Named] = [*self._people.of(user), *((cache, user) for cache in self._wishes)]
        async with self._changing.of(everything):
            await self._erasures.forget(user, nick)
