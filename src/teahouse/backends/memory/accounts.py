"""Accounts, Logins and Vouchers (ports/accounts.py) in memory.

Rule: nothing waits between looking and changing, so every call is a transaction.
"""

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from teahouse.backends.accounts import StoredLogin, changed, no_voucher, rotated, taken
from teahouse.backends.memory.changes import account as account_of_nick
from teahouse.backends.memory.changes import apply
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.accounts import Account, AccountChange, Login, Refresh, Rotation, Seen, Voucher
from teahouse.model.changes import PutUser
from teahouse.model.ids import fold_nick


class MemoryAccounts:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def create(
        self,
        account: Account,
        password: str | None,
        lobby_seq: int = 0,
        voucher: Voucher | None = None,
    ) -> None:
        store = self._store
        store.check_writable()
        if voucher is not None and not holds(store, voucher):
            raise no_voucher()
        if await self.named(fold_nick(account.name)) is not None:
            raise taken()
        self._check_nick(account)
        apply(store, PutUser(account.user, account.created, lobby_seq=lobby_seq))
        store.accounts[account.id] = account
        store.passwords[account.id] = password
        if voucher is not None:
            del store.vouchers[voucher.digest]

    async def change(self, user: str, change: AccountChange) -> Account | None:
        store = self._store
        store.check_writable()
        before = store.accounts.get(user)
        if before is None:
            return None
        after = changed(before, change)
        self._check_nick(after)
        apply(store, PutUser(after.user, after.created))
        store.accounts[user] = after
        if change.password is not UNSET and change.password_was in (UNSET, store.passwords[user]):
            store.passwords[user] = change.password
        for members in store.members.values():
            if user in members and not members[user].left:
                members[user] = replace(members[user], nick=after.nick)
        return after

    async def find(self, user: str) -> Account | None:
        return self._store.accounts.get(user)

    async def named(self, name: str) -> Account | None:
        return next((a for a in self._store.accounts.values() if fold_nick(a.name) == name), None)

    async def password(self, user: str) -> str | None:
        return self._store.passwords.get(user)

    async def page(self, prefix: str, after: str, limit: int, disabled: bool = False) -> list[Account]:
        by_nick = {fold_nick(a.nick): a for a in self._store.accounts.values() if disabled or not a.disabled}
        nicks = sorted(nick for nick in by_nick if nick.startswith(prefix) and nick > after)
        return [by_nick[nick] for nick in nicks[:limit]]

    async def has_admin(self) -> bool:
        return any(account.admin and not account.disabled for account in self._store.accounts.values())

    def _check_nick(self, account: Account) -> None:
        holder = account_of_nick(self._store, fold_nick(account.nick))
        if holder is not None and holder.id != account.id:
            raise taken()


class MemoryLogins:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def begin(self, login: Login, refresh: Refresh) -> None:
        self._store.check_writable()
        self._store.logins[login.id] = StoredLogin(login, refresh)

    async def rotate(self, used: Refresh, secret: bytes, seen: Seen) -> Rotation | None:
        logins = self._store.logins
        self._store.check_writable()
        stored = next((s for s in logins.values() if s.refresh.family == used.family), None)
        if stored is None or stored.login.expires <= seen.now:
            return None
        after, rotation = rotated(stored, used, secret, seen)
        if after is None:
            del logins[stored.login.id]
        else:
            logins[stored.login.id] = after
        return rotation

    async def find(self, login: str, now: int) -> Login | None:
        stored = self._store.logins.get(login)
        return stored.login if stored is not None and stored.login.expires > now else None

    async def of(self, user: str, now: int) -> list[Login]:
        logins = self._store.logins
        found = (logins[id_].login for id_ in sorted(logins))
        return [login for login in found if login.user == user and login.expires > now]

    async def rename(self, login: str, device: str) -> Login | None:
        self._store.check_writable()
        stored = self._store.logins.get(login)
        if stored is None:
            return None
        self._store.logins[login] = replace(stored, login=replace(stored.login, device=device))
        return self._store.logins[login].login

    async def end(self, user: str, logins: Sequence[str] | None = None, but: str = "") -> list[str]:
        self._store.check_writable()
        ended = [
            id_
            for id_, stored in sorted(self._store.logins.items())
            if stored.login.user == user and id_ != but and (logins is None or id_ in logins)
        ]
        for id_ in ended:
            del self._store.logins[id_]
        return ended

    async def expire(self, now: int) -> int:
        self._store.check_writable()
        old = [id_ for id_, stored in self._store.logins.items() if stored.login.expires <= now]
        for id_ in old:
            del self._store.logins[id_]
        return len(old)


class MemoryVouchers:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def put(self, voucher: Voucher) -> None:
        self._store.check_writable()
        self._store.vouchers[voucher.digest] = voucher

    async def take(self, voucher: Voucher) -> bool:
        self._store.check_writable()
        if not holds(self._store, voucher):
            return False
        del self._store.vouchers[voucher.digest]
        return True

    async def withdraw(self, purpose: str) -> None:
        self._store.check_writable()
        kept = {d: v for d, v in self._store.vouchers.items() if v.purpose != purpose}
        self._store.vouchers = kept


def holds(store: MemoryStore, voucher: Voucher) -> bool:
    """Whether a voucher with this digest and purpose is there, at the time `expires`."""
    stored = store.vouchers.get(voucher.digest)
    return stored is not None and stored.purpose == voucher.purpose and stored.expires > voucher.expires
