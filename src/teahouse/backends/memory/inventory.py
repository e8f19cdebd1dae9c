"""Inventory (ports/inventory.py) in memory."""

from collections import Counter
from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.conversations import Conversation
from teahouse.model.entries import Kind
from teahouse.model.ids import LOBBY
from teahouse.model.inventory import Holding, Totals, Wanted


class MemoryInventory:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def conversations(self, wanted: Wanted, limit: int) -> Sequence[Holding]:
        known = self._store.conversations
        found = [known[id_] for id_ in sorted(known) if id_ > wanted.after and _fits(known[id_], wanted)]
        return [self._holding(conversation) for conversation in found[:limit]]

    def _holding(self, c: Conversation) -> Holding:
        members = [m for m in self._store.members.get(c.id, {}).values() if not m.left]
        return Holding(c.id, c.kind, c.title, c.created, len(members), len(self._store.entries.get(c.id, ())))

    async def totals(self, since: int) -> Totals:
        store = self._store
        messages = [e.at for log in store.entries.values() for e in log if e.kind is Kind.MESSAGE]
        guests = sum(user.guest for user in store.users.values())
        return Totals(
            guests,
            len(store.users) - guests,
            len(store.bots),
            len(store.conversations.keys() - {LOBBY}),
            len(messages),
            sum(at >= since for at in messages),
            0,
            Counter(job.kind for job in store.jobs.values()),
            Counter(letter.job.kind for letter in store.dead.values()),
        )


def _fits(conversation: Conversation, wanted: Wanted) -> bool:
    return (
        conversation.id != LOBBY
        and wanted.kind in ("", conversation.kind)
        and wanted.title.lower() in conversation.title.lower()
    )
