"""Schedules, Hidden, PreferenceBook and LogIndex (ports/) in memory."""

from collections.abc import Mapping, Sequence

import msgspec

from teahouse.backends.memory.jobs import put
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Entry, Kind
from teahouse.model.jobs import Job
from teahouse.model.preferences import Preferences
from teahouse.model.schedules import Schedule
from teahouse.model.threads import COUNTED, Thread


class MemorySchedules:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def add(self, schedule: Schedule, job: Job) -> None:
        self._store.check_writable()
        self._store.schedules.setdefault(schedule.id, schedule)
        put(self._store, job)

    async def change(self, schedule: Schedule, job: Job) -> bool:
        self._store.check_writable()
        if not self._owns(schedule.user, schedule.id):
            return False
        self._store.schedules[schedule.id] = schedule
        put(self._store, job)
        return True

    async def remove(self, user: str, schedule: str) -> bool:
        self._store.check_writable()
        if not self._owns(user, schedule):
            return False
        del self._store.schedules[schedule]
        return True

    async def get(self, schedule: str) -> Schedule | None:
        return self._store.schedules.get(schedule)

    async def of(self, user: str) -> Sequence[Schedule]:
        own = (s for s in self._store.schedules.values() if s.user == user)
        return sorted(own, key=lambda s: (s.at, s.id))

    def _owns(self, user: str, schedule: str) -> bool:
        found = self._store.schedules.get(schedule)
        return found is not None and found.user == user


class MemoryHidden:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None:
        self._store.check_writable()
        self._store.hidden[user, conversation].update(seqs)

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]:
        seqs = self._store.hidden.get((user, conversation), ())
        return frozenset(seq for seq in seqs if after < seq <= upto)

    async def everywhere(self, user: str, most: int) -> Mapping[str, frozenset[int]] | None:
        found = {where: frozenset(seqs) for (who, where), seqs in self._store.hidden.items() if who == user}
        return found if sum(map(len, found.values())) <= most else None


class MemoryPreferences:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def prefer(self, user: str, preferences: Preferences) -> None:
        self._store.check_writable()
        self._store.preferences[user] = preferences

    async def preferences(self, users: Sequence[str]) -> Mapping[str, Preferences]:
        return {user: self._store.preferences[user] for user in users if user in self._store.preferences}


class MemoryLogIndex:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def pick(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        entries = self._store.entries.get(conversation, [])
        return [entries[seq - 1] for seq in sorted(set(seqs)) if 0 < seq <= len(entries)]

    async def replies(
        self, conversation: str, root: int, span: tuple[int, int], limit: int, newest: bool = False
    ) -> list[Entry]:
        wanted = self._within(conversation, root, span)
        return wanted[max(len(wanted) - limit, 0) :] if newest else wanted[:limit]

    async def threads(
        self, conversation: str, roots: Sequence[int], span: tuple[int, int]
    ) -> Mapping[int, Thread]:
        found = {}
        for root in roots:
            standing = [entry for entry in self._within(conversation, root, span) if not entry.redacted]
            if standing:
                found[root] = Thread(min(len(standing), COUNTED), standing[-1].seq, standing[-1].at)
        return found

    async def pinned(self, conversation: str, upto: int, limit: int) -> list[tuple[int, int]]:
        entries = self._store.entries.get(conversation, [])
        last: dict[int, Entry] = {}
        for entry in entries[: max(upto, 0)]:
            if entry.kind is Kind.PIN and entry.ref is not None:
                last[entry.ref] = entry
        pinned = [
            (message, pin.seq)
            for message, pin in last.items()
            if msgspec.json.decode(pin.content).get("on") and not entries[message - 1].redacted
        ]
        return sorted(pinned, key=lambda one: -one[1])[:limit]

    def _within(self, conversation: str, root: int, span: tuple[int, int]) -> list[Entry]:
        entries = self._store.entries.get(conversation, [])
        seqs = sorted(self._store.replies.get((conversation, root), ()))
        return [entries[seq - 1] for seq in seqs if span[0] < seq <= span[1]]
