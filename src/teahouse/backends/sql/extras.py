"""Rare changes: bots, webhooks, links, requests, reports and the audit log. Used by changes.py, for all the rest.

Rule: they are applied one by one, in their order. One that cannot be raises Problem `conflict`, and nothing of its
transaction happens; the log looks by itself, before that, whether a link lets somebody in (L10).
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.accounts import taken
from teahouse.backends.sql import audit, entrance, reports
from teahouse.backends.sql.tables.accounts import account as accounts
from teahouse.backends.sql.tables.outside import bot as bots
from teahouse.backends.sql.tables.outside import hook as hooks
from teahouse.backends.sql.tables.outside import outlet as outlets
from teahouse.backends.sql.upserts import upsert
from teahouse.model.accounts import AccountKind
from teahouse.model.bots import Bot
from teahouse.model.changes import (
    Audited,
    Change,
    DropBot,
    DropHook,
    DropOutlet,
    DropRequest,
    Expect,
    PutBot,
    PutHook,
    PutOutlet,
    PutReport,
    UseLink,
)
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.model.outlets import Outlet


async def apply(connection: AsyncConnection, changes: Iterable[Change]) -> None:
    for change in changes:
        match change:
            case UseLink():
                if not await entrance.use(connection, change):
                    raise Problem(Code.CONFLICT, "the invitation link lets nobody in any more")
            case Expect():
                pass  # it was looked at before
            case DropRequest(conversation, user):
                await entrance.drop(conversation, user, connection)
            case PutReport(report):
                await reports.put(report, connection)
            case Audited(record):
                await audit.record([record], connection)
            case _:
                await _apply_outside(connection, change)


async def _apply_outside(connection: AsyncConnection, change: Change) -> None:
    """Bots and webhooks."""
    match change:
        case PutBot(bot):
            await _put_bot(connection, bot)
        case DropBot(bot_id):
            await connection.execute(delete(bots).where(bots.c.id == bot_id))
            await connection.execute(delete(accounts).where(accounts.c.user == bot_id))
        case PutHook(hook):
            await connection.execute(upsert(connection, hooks, [msgspec.structs.asdict(hook)]))
        case DropHook(hook_id):
            await connection.execute(delete(hooks).where(hooks.c.id == hook_id))
        case PutOutlet(outlet):
            await connection.execute(upsert(connection, outlets, [_outlet(outlet)]))
        case DropOutlet(outlet_id):
            await connection.execute(delete(outlets).where(outlets.c.id == outlet_id))


async def check_name(connection: AsyncConnection, name: str, user: str) -> None:
    """`conflict` if somebody else logs in by this name."""
    other = select(accounts.c.user).where(accounts.c.folded == fold_nick(name), accounts.c.user != user)
    if (await connection.execute(other)).first() is not None:
        raise taken()


async def _put_bot(connection: AsyncConnection, bot: Bot) -> None:
    """A bot is an account, too, with a name nobody else logs in by; no password opens it, for it has none (B3)."""
    await check_name(connection, bot.nick, bot.id)
    row = {
        **msgspec.structs.asdict(bot),
        "scopes": msgspec.json.encode(bot.scopes).decode(),
        "commands": msgspec.json.encode(bot.commands).decode(),
        "commanded": bool(bot.commands),
    }
    await connection.execute(upsert(connection, bots, [row]))
    account: dict[str, Any] = {
        "user": bot.id,
        "name": bot.nick,
        "folded": fold_nick(bot.nick),
        "kind": AccountKind.BOT.value,
        "password": None,
        "admin": False,
        "disabled": 0,
        "created": bot.created,
        "bio": bot.description,
        "avatar": "",
        "locale": "",
        "erasing": False,
    }
    await connection.execute(upsert(connection, accounts, [account], replaced=("bio",)))


def _outlet(outlet: Outlet) -> dict[str, Any]:
    settings = msgspec.json.encode(outlet).decode()
    return {"id": outlet.id, "conversation": outlet.conversation, "settings": settings}
