"""Changes of bots, webhooks and the audit log as statements. Used by changes.py, for all the rest."""

from collections.abc import Iterable

import apsw
import msgspec

from teahouse.backends.sqlite import outlets
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.model.accounts import AccountKind
from teahouse.model.audit import Record
from teahouse.model.changes import (
    Audited,
    Change,
    DropBot,
    DropHook,
    DropOutlet,
    PutBot,
    PutHook,
    PutOutlet,
)
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick

_PUT_BOTS = Insert(
    "bot",
    ("id", "nick", "owner", "scopes", "secret", "created", "turned", "description", "commands"),
    "ON CONFLICT (id) DO UPDATE SET nick = excluded.nick, owner = excluded.owner, scopes = excluded.scopes,"
    " secret = excluded.secret, created = excluded.created, turned = excluded.turned,"
    " description = excluded.description, commands = excluded.commands",
)
_PUT_HOOKS = Insert(
    "hook",
    ("id", "conversation", "nick", "creator", "secret", "created", "style", "avatar", "template"),
    "ON CONFLICT (id) DO UPDATE SET conversation = excluded.conversation, nick = excluded.nick,"
    " creator = excluded.creator, secret = excluded.secret, created = excluded.created,"
    " style = excluded.style, avatar = excluded.avatar, template = excluded.template",
)
# A bot is an account, too, with a name nobody else logs in by; none of its passwords opens it, for it has none.
_PUT_ACCOUNTS = Insert(
    "account",
    ("user", "name", "folded", "kind", "admin", "disabled", "created", "bio", "avatar", "locale"),
    "ON CONFLICT (user) DO UPDATE SET bio = excluded.bio",
)
_RECORD = Insert("audit", ("at", "actor", "action", "target", "address", "details"))
_DROP_BOT = "DELETE FROM bot WHERE id = ?"
_DROP_ACCOUNT = "DELETE FROM account WHERE user = ?"
_NAME_TAKEN = "SELECT 1 FROM account WHERE folded = ? AND user <> ?"
_DROP_HOOK = "DELETE FROM hook WHERE id = ?"


def statements(changes: Iterable[Change]) -> list[Statement]:
    """What applies them, in their order: such changes come one by one."""
    found: list[Statement] = []
    for change in changes:
        match change:
            case PutBot(b):
                commands = msgspec.json.encode(b.commands).decode()
                row: list[Value] = [b.id, b.nick, b.owner, as_json(b.scopes), b.secret, b.created, b.turned]
                found += _PUT_BOTS.of([*row, b.description, commands])
                named: list[Value] = [b.id, b.nick, fold_nick(b.nick), AccountKind.BOT]
                found += _PUT_ACCOUNTS.of([*named, 0, 0, b.created, b.description, "", ""])
            case DropBot(bot):
                found += [Statement(_DROP_BOT, (bot,)), Statement(_DROP_ACCOUNT, (bot,))]
            case PutHook(h):
                row = [h.id, h.conversation, h.nick, h.creator, h.secret, h.created]
                found += _PUT_HOOKS.of([*row, h.style, h.avatar, h.template])
            case DropHook(hook):
                found.append(Statement(_DROP_HOOK, (hook,)))
            case PutOutlet(outlet):
                found.append(outlets.put(outlet))
            case DropOutlet(outlet_id):
                found.append(outlets.drop(outlet_id))
            case Audited(record):
                found += recordings([record])
    return found


def check(database: apsw.Connection, changes: Iterable[Change]) -> None:
    """`conflict` if a bot would have the name somebody logs in by."""
    for change in changes:
        if isinstance(change, PutBot):
            bot = change.bot
            if database.execute(_NAME_TAKEN, (fold_nick(bot.nick), bot.id)).get is not None:
                raise Problem(Code.CONFLICT, f"the name {bot.nick!r} is taken")


def recordings(records: Iterable[Record]) -> list[Statement]:
    """What adds them to the audit log, in their order."""
    rows: list[Value] = []
    for r in records:
        rows += (r.at, r.actor, r.action, r.target, r.address, msgspec.json.encode(r.details).decode())
    return _RECORD.of(rows)
