"""Bots and Hooks (ports/bots.py) in SQL. They are put and dropped by extras.py."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.outside import bot as bots
from teahouse.backends.sql.tables.outside import hook as hooks
from teahouse.model.bots import Bot, Hook, SlashCommand

_scopes = msgspec.json.Decoder(tuple[str, ...]).decode
_commands = msgspec.json.Decoder(tuple[SlashCommand, ...]).decode


class SqlBots:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def bot(self, bot: str) -> Bot | None:
        return next(iter(await self._bots(bots.c.id == bot)), None)

    async def by_secret(self, secret: bytes) -> Bot | None:
        return next(iter(await self._bots(bots.c.secret == secret)), None)

    async def owned(self, owner: str) -> Sequence[Bot]:
        return await self._bots(bots.c.owner == owner)

    async def commanded(self) -> Sequence[Bot]:
        return await self._bots(bots.c.commanded, bots.c.created, bots.c.id)

    async def _bots(self, which: ColumnElement[bool], *order: ColumnElement[Any]) -> list[Bot]:
        wanted = select(bots).where(which).order_by(*order or (bots.c.id,))
        return [_bot(row) for row in await self._database.fetch(wanted)]


class SqlHooks:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def hook(self, hook: str) -> Hook | None:
        return next(iter(await self._hooks(hooks.c.id == hook)), None)

    async def by_secret(self, secret: bytes) -> Hook | None:
        return next(iter(await self._hooks(hooks.c.secret == secret)), None)

    async def of(self, conversation: str) -> Sequence[Hook]:
        return await self._hooks(hooks.c.conversation == conversation)

    async def _hooks(self, which: ColumnElement[bool]) -> list[Hook]:
        wanted = select(hooks).where(which).order_by(hooks.c.id)
        return [Hook(**row._mapping) for row in await self._database.fetch(wanted)]


def _bot(row: Any) -> Bot:
    fields = dict(row._mapping)
    del fields["commanded"]
    fields.update(scopes=_scopes(row.scopes), commands=_commands(row.commands))
    return Bot(**fields)
