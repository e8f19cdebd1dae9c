"""Relations (ports/relations.py) in memory."""

from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.people import Person
from teahouse.model.relations import Block, Contact


class MemoryRelations:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def block(self, user: str, other: str, at: int, most: int) -> bool:
        self._store.check_writable()
        blocks = self._store.blocks[user]
        if other not in blocks and len(blocks) >= most:
            return False
        blocks.setdefault(other, at)
        return True

    async def unblock(self, user: str, other: str) -> None:
        self._store.check_writable()
        self._store.blocks[user].pop(other, None)

    async def blocks(self, user: str, after: str = "", limit: int = 10_000) -> list[Block]:
        blocks = self._store.blocks.get(user, {})
        return [Block(self._person(other), blocks[other]) for other in sorted(blocks) if other > after][
            :limit
        ]

    async def blockers(self, user: str, among: Sequence[str]) -> list[str]:
        return [other for other in among if user in self._store.blocks.get(other, {})]

    async def contact(self, user: str, contact: Contact, most: int) -> bool:
        self._store.check_writable()
        contacts = self._store.contacts[user]
        other = contact.user.id
        if other not in contacts and len(contacts) >= most:
            return False
        _, at = contacts.get(other, ("", contact.at))
        contacts[other] = contact.alias, at
        return True

    async def uncontact(self, user: str, other: str) -> None:
        self._store.check_writable()
        self._store.contacts[user].pop(other, None)

    async def contacts(self, user: str, after: str = "", limit: int = 10_000) -> list[Contact]:
        contacts = self._store.contacts.get(user, {})
        return [
            Contact(self._person(other), *contacts[other]) for other in sorted(contacts) if other > after
        ][:limit]

    def _person(self, user: str) -> Person:
        known = self._store.users.get(user)
        return Person(user, known.nick if known is not None else "")
