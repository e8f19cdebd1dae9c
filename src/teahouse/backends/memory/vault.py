"""Vault and Spent (ports/vault.py) in memory. Both are also those of a server that is one process: what is spent
there need not outlive what it was sealed with."""

from teahouse.backends.memory.store import MemoryStore
from teahouse.ports.vault import Secret

_MOST = 100_000


class MemoryVault:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def get(self, name: str) -> Secret | None:
        return self._store.secrets.get(name)

    async def put(self, name: str, value: bytes, seen: int) -> bool:
        self._store.check_writable()
        before = self._store.secrets.get(name)
        if seen != (before.version if before is not None else 0):
            return False
        self._store.secrets[name] = Secret(value, seen + 1, "memory")
        return True


class MemorySpent:
    """At most `most`: the oldest are forgotten when there are too many."""

    def __init__(self, store: MemoryStore, most: int = _MOST) -> None:
        self._store = store
        self._most = most

    async def spend(self, digest: bytes, until: int) -> bool:
        self._store.check_writable()
        spent = self._store.spent
        if digest in spent:
            return False
        spent[digest] = until
        while len(spent) > self._most:
            del spent[next(iter(spent))]
        return True

    async def forget(self, now: int) -> int:
        self._store.check_writable()
        over = [digest for digest, until in self._store.spent.items() if until < now]
        for digest in over:
            del self._store.spent[digest]
        return len(over)
