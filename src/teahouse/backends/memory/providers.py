"""Subjects and Passes (ports/providers.py) in memory."""

from msgspec.structs import replace

from teahouse.backends.accounts import StoredLogin
from teahouse.backends.memory.accounts import MemoryAccounts
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.accounts import Account, Login, Refresh, Subject


class MemorySubjects:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._accounts = MemoryAccounts(store)

    async def create(self, account: Account, subject: Subject, lobby_seq: int = 0) -> str:
        self._store.check_writable()
        if subject not in self._store.subjects:
            await self._accounts.create(account, None, lobby_seq)
        return self._store.subjects.setdefault(subject, account.id)

    async def tie(self, subject: Subject, user: str) -> str:
        self._store.check_writable()
        return self._store.subjects.setdefault(subject, user)

    async def find(self, subject: Subject) -> str | None:
        return self._store.subjects.get(subject)

    async def of(self, user: str) -> list[Subject]:
        own = (subject for subject, holder in self._store.subjects.items() if holder == user)
        return sorted(own, key=lambda subject: (subject.issuer, subject.name))

    async def untie(self, subject: Subject, user: str) -> bool:
        self._store.check_writable()
        own = self._store.subjects.get(subject) == user
        if own:
            del self._store.subjects[subject]
        return own


class MemoryPasses:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def begin(self, login: Login, digest: bytes) -> None:
        self._store.check_writable()
        self._store.logins[login.id] = StoredLogin(login, Refresh(digest, b""))

    async def find(self, digest: bytes, now: int) -> Login | None:
        found = (s for s in self._store.logins.values() if s.refresh == Refresh(digest, b""))
        return next((s.login for s in found if s.login.expires > now), None)

    async def extend(self, login: Login) -> None:
        self._store.check_writable()
        stored = self._store.logins.get(login.id)
        if stored is not None:
            heard = replace(stored.login, seen=login.seen, expires=login.expires, address=login.address)
            self._store.logins[login.id] = replace(stored, login=heard)
