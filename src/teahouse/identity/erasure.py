"""Erasure: what somebody wrote and who they were, taken back for good; and all of it, given to them.

Rule: once begun it is gone through with, also over a restart of the server. Entries stay in the log as tombstones, so
that nobody's count of them breaks. Called by gateways/rest/me.py; resumed by app/compose.py.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from teahouse.identity.logins import Logins
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.model.accounts import Account
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.people import User

_log = structlog.get_logger("teahouse.identity")

NOBODY = "deleted"
"""The nick of those who were erased."""

_SAID = (Kind.MESSAGE, Kind.EDIT)
_RETRY_S = 30.0
_AT_ONCE = 256


class Erasure:
    """`first` is what else is done for a user who goes, before what they wrote is gone, and `last` after that, before
    the name is: all of it, again after a restart."""

    def __init__(self, registry: Registry, logins: Logins, standing: Standing) -> None:
        self._registry = registry
        self._logins = logins
        self._standing = standing
        self._task: asyncio.Task[None] | None = None
        self._asked = asyncio.Event()
        self.first: list[Callable[[str], Awaitable[None]]] = []
        self.last: list[Callable[[str], Awaitable[None]]] = []

    def start(self) -> None:
        """Go on with what was begun, and wait for more."""
        self._asked.set()
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def begin(self, account: Account) -> None:
        """From now on nobody can log in to it, and it will be erased whatever happens."""
        await self._registry.erasures.begin(account.id, self._registry.clock.now())
        await self._logins.end(account.id)
        self._asked.set()

    async def written(self, user: str) -> AsyncIterator[list[Entry]]:
        """All entries the user wrote, a page at a time; those that were erased not."""
        async for entries in self._pages(user):
            if kept := [entry for entry in entries if not entry.redacted]:
                yield kept

    async def _pages(self, user: str) -> AsyncIterator[list[Entry]]:
        after: int | None = 0
        while after is not None:
            entries, after = await self._registry.erasures.entries(user, after)
            yield entries

    async def _run(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                for user in await self._registry.erasures.pending():
                    await self._erase(user)
            except StoreUnavailable as error:
                _log.warning("an erasure has to wait for the store", reason=str(error))
                await asyncio.sleep(_RETRY_S)
                self._asked.set()

    async def _erase(self, user: str) -> None:
        await self._logins.end(user)  # a write: what they sent before is in the log when it returns
        for also in self.first:
            await also(user)
        after: int | None = 0
        while after is not None:
            after = await self._registry.erasures.disown(user, NOBODY, after)
        async for entries in self._pages(user):
            await self._redact(entries)
        for also in self.last:
            await also(user)
        await self._registry.erasures.forget(user, NOBODY)
        self._standing.rename(User(user, NOBODY))
        _log.info("a user was erased", user=user)

    async def _redact(self, entries: list[Entry]) -> None:
        """What was said is erased. The log is told also where there is nothing to erase, for it may keep entries in
        memory, with the nick of before."""
        for conversation in sorted({entry.conversation for entry in entries}):
            mine = [entry for entry in entries if entry.conversation == conversation]
            seqs = [entry.seq for entry in mine if entry.kind in _SAID]
            for start in range(0, max(1, len(seqs)), _AT_ONCE):
                await self._registry.log.redact(conversation, seqs[start : start + _AT_ONCE])
