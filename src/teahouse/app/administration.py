"""Administration: what `teahouse user` and `teahouse keys` ask, and the answers.

Rule: the same whether a server does it or, where none runs, the command itself. Used by control.py and cli_users.py.
"""

from typing import Literal

import msgspec
from msgspec import Struct

from teahouse.app.dead import LetterOrder, Told
from teahouse.app.identity import Identity
from teahouse.app.webhooks import (
    ListedWebhook,
    ListWebhooks,
    ReplayWebhook,
    TestedWebhook,
    TestWebhook,
    list_webhooks,
    replay_webhook,
    send_test,
)
from teahouse.engine.outlet_book import OutletBook
from teahouse.identity.accounts import INVITATION
from teahouse.model.accounts import Account
from teahouse.model.audit import Detail, Record
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick

PAGE = 500


class Order(Struct, frozen=True, tag_field="do", tag=str.lower):
    """Something an administrator of the machine wants done."""


class Add(Order, frozen=True):
    user: str
    password: str
    nick: str | None = None
    admin: bool = False


class List(Order, frozen=True):
    """Accounts after this folded nick."""

    after: str = ""


class Set(Order, frozen=True):
    """Disable an account, or enable it."""

    user: str
    to: Literal["disabled", "enabled"]


class Passwd(Order, frozen=True):
    """Give an account a new password."""

    user: str
    password: str


class Promote(Order, frozen=True):
    """Make an account an administrator, or no longer."""

    user: str
    admin: bool


class Invite(Order, frozen=True):
    """An invitation to make an account with."""

    hours: int


class Rotate(Order, frozen=True):
    """Sign access tokens with a new key."""


AccountOrder = Add | List | Set | Passwd | Promote | Invite | Rotate
WebhookOrder = ListWebhooks | ReplayWebhook | TestWebhook
AnyOrder = AccountOrder | LetterOrder | WebhookOrder


class Listed(Struct, frozen=True):
    id: str
    user: str
    nick: str
    kind: str
    admin: bool
    disabled: bool


class Outcome(Struct, frozen=True, omit_defaults=True):
    """Who it was done to, or what came of it. `dead`: of dead letters. `refused` is why nothing was done."""

    accounts: tuple[Listed, ...] = ()
    more: str | None = None
    secret: str | None = None
    webhooks: tuple[ListedWebhook, ...] = ()
    tested: TestedWebhook | None = None
    dead: Told | None = None
    refused: str | None = None


async def carry_out(identity: Identity, order: AccountOrder) -> Outcome:
    """Raises Problem, and CannotUseKeys."""
    accounts = identity.accounts
    match order:
        case Add(user, password, nick, admin):
            made = await accounts.create(accounts.wanted(user, password, nick), admin)
            return Outcome((_listed(made),))
        case List(after):
            return await _page(identity, after)
        case Invite(hours):
            return Outcome(secret=await accounts.voucher(INVITATION, hours))
        case Rotate():
            await identity.keys.rotate()
            return Outcome(secret=identity.keys.newest.kid)
    account = await accounts.named(order.user)
    await _record(identity, order, account)
    match order:
        case Set(to="disabled"):
            await accounts.disable(account)
        case Set():
            await accounts.enable(account)
        case Passwd(password=password):
            await accounts.set_password(account, password)
        case Promote(admin=admin):
            await accounts.set_admin(account, admin)
    return Outcome((_listed(await accounts.named(order.user)),))


async def about_webhooks(book: OutletBook | None, order: WebhookOrder) -> Outcome:
    """`book` is that of a running server. Raises Problem."""
    if book is None:
        raise Problem(
            Code.UNAVAILABLE, "no server runs on this directory, or it has outgoing webhooks switched off"
        )
    if isinstance(order, ListWebhooks):
        rows, more = await list_webhooks(book, order)
        return Outcome(webhooks=rows, more=more)
    if isinstance(order, TestWebhook):
        return Outcome(tested=await send_test(book, order))
    await replay_webhook(book, order)
    return Outcome()


async def _record(identity: Identity, order: Set | Passwd | Promote, account: Account) -> None:
    """In the audit log, before it is done; by whoever may open the data directory."""
    audit = identity.registry.audit
    if audit is not None:
        action = f"account.{type(order).__name__.lower()}"
        details: dict[str, Detail] = {"to": order.to} if isinstance(order, Set) else {}
        record = Record(identity.registry.clock.now(), "", action, account.id, "control", details)
        await audit.append([record])


async def _page(identity: Identity, after: str) -> Outcome:
    found = await identity.accounts.page("", after, PAGE, disabled=True)
    more = fold_nick(found[-1].nick) if len(found) == PAGE else None
    return Outcome(tuple(_listed(account) for account in found), more)


def _listed(account: Account) -> Listed:
    return Listed(account.id, account.name, account.nick, account.kind, account.admin, bool(account.disabled))


decode_order = msgspec.json.Decoder(AnyOrder).decode
decode_outcome = msgspec.json.Decoder(Outcome).decode
