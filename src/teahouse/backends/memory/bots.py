"""Bots and Hooks (ports/bots.py) in memory."""

from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.bots import Bot, Hook


class MemoryBots:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def bot(self, bot: str) -> Bot | None:
        return self._store.bots.get(bot)

    async def by_secret(self, secret: bytes) -> Bot | None:
        return next((bot for bot in self._store.bots.values() if bot.secret == secret), None)

    async def owned(self, owner: str) -> Sequence[Bot]:
        return sorted((b for b in self._store.bots.values() if b.owner == owner), key=lambda b: b.id)

    async def commanded(self) -> Sequence[Bot]:
        return sorted((b for b in self._store.bots.values() if b.commands), key=lambda b: (b.created, b.id))


class MemoryHooks:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def hook(self, hook: str) -> Hook | None:
        return self._store.hooks.get(hook)

    async def by_secret(self, secret: bytes) -> Hook | None:
        return next((hook for hook in self._store.hooks.values() if hook.secret == secret), None)

    async def of(self, conversation: str) -> Sequence[Hook]:
        found = (h for h in self._store.hooks.values() if h.conversation == conversation)
        return sorted(found, key=lambda h: h.id)
