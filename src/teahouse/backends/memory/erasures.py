"""Erasures (ports/accounts.py) in memory."""

from msgspec.structs import replace

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Entry
from teahouse.model.people import User


class MemoryErasures:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def begin(self, user: str, at: int) -> None:
        self._store.check_writable()
        account = self._store.accounts[user]
        self._store.accounts[user] = replace(account, disabled=account.disabled or at)
        self._store.erasing.add(user)

    async def pending(self) -> list[str]:
        return sorted(self._store.erasing)

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]:
        return [e for entries in self._store.entries.values() for e in entries if e.sender == user], None

    async def disown(self, user: str, nick: str, after: int) -> int | None:
        self._store.check_writable()
        for entries in self._store.entries.values():
            entries[:] = [replace(e, nick=nick) if e.sender == user else e for e in entries]
        return None

    async def forget(self, user: str, nick: str) -> None:
        store = self._store
        store.check_writable()
        for things in (
            store.accounts,
            store.passwords,
            store.resumes,
            store.preferences,
            store.notifications,
        ):
            things.pop(user, None)
        store.logins = {id_: s for id_, s in store.logins.items() if s.login.user != user}
        store.subjects = {subject: holder for subject, holder in store.subjects.items() if holder != user}
        store.push_devices = {id_: d for id_, d in store.push_devices.items() if d.user != user}
        for schedule in [s for s in store.schedules.values() if s.user == user]:
            del store.schedules[schedule.id]
        for hidden in [key for key in store.hidden if key[0] == user]:
            del store.hidden[hidden]
        _forget_relations(store, user, nick)
        for marks in store.marks.values():
            marks.pop(user, None)
        for members in store.members.values():
            if user in members:
                members[user] = replace(members[user], nick=nick)
        store.users[user] = User(user, nick)
        store.erasing.discard(user)


def _forget_relations(store: MemoryStore, user: str, nick: str) -> None:
    """What they made of others, and others of them."""
    for lists in (store.contacts, store.blocks):
        lists.pop(user, None)
        for others in lists.values():
            others.pop(user, None)
    for requests in store.requests.values():
        requests.pop(user, None)
    for stay in [key for key in store.stays if key[0] == user]:
        del store.stays[stay]
    for deliveries in store.deliveries.values():
        for key in [key for key in deliveries if key[0] == user]:
            del deliveries[key]
    for report in tuple(store.reports.values()):
        if report.subject == user:
            store.reports[report.id] = replace(report, snapshot=b"{}", nick=nick)
        elif report.reporter == user:
            store.reports[report.id] = replace(report, text="")
