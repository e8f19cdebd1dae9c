"""Erasures (ports/accounts.py) in front of others: what they change, nobody may remember.

Rule: erasing is rare and reaches everywhere, so all that is remembered is forgotten. Made by app/compose.py.
"""

from teahouse.backends.recent.cursors import RecentCursors
from teahouse.backends.recent.log import RecentLog
from teahouse.model.entries import Entry
from teahouse.ports.accounts import Erasures


class ForgetfulErasures:
    def __init__(self, erasures: Erasures, log: RecentLog, cursors: RecentCursors) -> None:
        self._erasures = erasures
        self._log = log
        self._cursors = cursors

    async def begin(self, user: str, at: int) -> None:
        await self._erasures.begin(user, at)

    async def pending(self) -> list[str]:
        return await self._erasures.pending()

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]:
        return await self._erasures.entries(user, after)

    async def disown(self, user: str, nick: str, after: int) -> int | None:
        try:
            return await self._erasures.disown(user, nick, after)
        finally:
            self._log.forget_all()

    async def forget(self, user: str, nick: str) -> None:
        try:
            await self._erasures.forget(user, nick)
        finally:
            self._cursors.forget_all()
