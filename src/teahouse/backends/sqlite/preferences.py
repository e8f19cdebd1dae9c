"""PreferenceBook (ports/preferences.py) in SQLite."""

from collections.abc import Mapping, Sequence

from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.preferences import Preferences

_PREFER = (
    "INSERT INTO preference (user, receipts) VALUES (?, ?)"
    " ON CONFLICT (user) DO UPDATE SET receipts = excluded.receipts"
)
_PREFERENCES = "SELECT user, receipts FROM preference WHERE user IN (SELECT value FROM json_each(?))"


class SqlitePreferences:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def prefer(self, user: str, preferences: Preferences) -> None:
        await self._writer.submit(plan_statements, [Statement(_PREFER, (user, int(preferences.receipts)))])

    async def preferences(self, users: Sequence[str]) -> Mapping[str, Preferences]:
        rows = await self._readers.query(_PREFERENCES, (as_json(users),))
        return {user: Preferences(bool(receipts)) for user, receipts in rows}
