"""Hidden (ports/hidden.py) and PreferenceBook (ports/preferences.py) in SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.hidden import by_conversation
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.marks import hidden, preference
from teahouse.backends.sql.upserts import insert_if_absent, upsert
from teahouse.model.preferences import Preferences


class SqlHidden:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None:
        rows = [{"user": user, "conversation": conversation, "seq": seq} for seq in dict.fromkeys(seqs)]
        if not rows:
            return

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert_if_absent(connection, hidden, rows))

        await self._database.transact(work)

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]:
        wanted = select(hidden.c.seq).where(
            hidden.c.user == user,
            hidden.c.conversation == conversation,
            hidden.c.seq > after,
            hidden.c.seq <= upto,
        )
        return frozenset(seq for (seq,) in await self._database.fetch(wanted))

    async def everywhere(self, user: str, most: int) -> Mapping[str, frozenset[int]] | None:
        wanted = select(hidden.c.conversation, hidden.c.seq).where(hidden.c.user == user).limit(most + 1)
        rows = await self._database.fetch(wanted)
        return None if len(rows) > most else by_conversation(rows)


class SqlPreferences:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def prefer(self, user: str, preferences: Preferences) -> None:
        row = {"user": user, "receipts": preferences.receipts}

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(upsert(connection, preference, [row]))

        await self._database.transact(work)

    async def preferences(self, users: Sequence[str]) -> Mapping[str, Preferences]:
        wanted = select(preference.c.user, preference.c.receipts).where(preference.c.user.in_(users))
        return {user: Preferences(bool(receipts)) for user, receipts in await self._database.fetch(wanted)}
