"""Bots and Hooks (ports/bots.py) in SQLite."""

from collections.abc import Sequence
from typing import Any

import msgspec

from teahouse.backends.sqlite.reader import Readers
from teahouse.model.bots import Bot, Hook, SlashCommand

SELECT_BOT = "SELECT id, nick, owner, scopes, secret, created, turned, description, commands FROM bot "
SELECT_HOOK = "SELECT id, conversation, nick, creator, secret, created, style, avatar, template FROM hook "
_BY_ID = SELECT_BOT + "WHERE id = ?"
_BY_SECRET = SELECT_BOT + "WHERE secret = ?"
_OWNED = SELECT_BOT + "WHERE owner = ? ORDER BY id"
_COMMANDED = SELECT_BOT + "INDEXED BY bot_commanded WHERE commands <> '[]' ORDER BY created, id"
_HOOK_BY_ID = SELECT_HOOK + "WHERE id = ?"
_HOOK_BY_SECRET = SELECT_HOOK + "WHERE secret = ?"
_HOOKS_IN = SELECT_HOOK + "WHERE conversation = ? ORDER BY id"

_scopes = msgspec.json.Decoder(tuple[str, ...]).decode
_commands = msgspec.json.Decoder(tuple[SlashCommand, ...]).decode


class SqliteBots:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def bot(self, bot: str) -> Bot | None:
        return next(iter(await self._query(_BY_ID, bot)), None)

    async def by_secret(self, secret: bytes) -> Bot | None:
        return next(iter(await self._query(_BY_SECRET, secret)), None)

    async def owned(self, owner: str) -> Sequence[Bot]:
        return await self._query(_OWNED, owner)

    async def commanded(self) -> Sequence[Bot]:
        return await self._query(_COMMANDED)

    async def _query(self, sql: str, *bindings: str | bytes) -> list[Bot]:
        return [_bot(*row) for row in await self._readers.query(sql, bindings)]


class SqliteHooks:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def hook(self, hook: str) -> Hook | None:
        return next(iter(await self._query(_HOOK_BY_ID, hook)), None)

    async def by_secret(self, secret: bytes) -> Hook | None:
        return next(iter(await self._query(_HOOK_BY_SECRET, secret)), None)

    async def of(self, conversation: str) -> Sequence[Hook]:
        return await self._query(_HOOKS_IN, conversation)

    async def _query(self, sql: str, binding: str | bytes) -> list[Hook]:
        return [Hook(*row) for row in await self._readers.query(sql, (binding,))]


def _bot(id_: str, nick: str, owner: str, scopes: str, *rest: Any) -> Bot:
    secret, created, turned, description, commands = rest
    return Bot(id_, nick, owner, _scopes(scopes), secret, created, turned, description, _commands(commands))
