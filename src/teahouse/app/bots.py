"""The composition of bots, webhooks and administration. Called by compose.py."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from teahouse.app.identity import Identity
from teahouse.engine.engine import Engine
from teahouse.engine.stores import Stores
from teahouse.gateways.rest.audit import AuditLog, Scribe
from teahouse.gateways.rest.bots import BotResource
from teahouse.gateways.rest.letters import Letters
from teahouse.gateways.rest.live import LiveSessions
from teahouse.gateways.rest.overview import Overview
from teahouse.gateways.rest.people import PasswordLinks, People
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.trace import Traces
from teahouse.gateways.rest.webhooks import Addresses, Webhooks
from teahouse.identity.bots import BotOwners, BotStores, BotTokens, Doings
from teahouse.identity.resets import Resets
from teahouse.model.caller import Caller
from teahouse.model.commands import Leave
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User

_GONE = (Code.NOT_FOUND, Code.FORBIDDEN)
"""There is nothing to leave, or a bot that owns what others are in stays its owner, without a token."""


def bot_tokens(stores: Stores, identity: Identity) -> BotTokens:
    """Tokens of bots, good as long as their owners are."""
    assert stores.bots is not None

    async def stands(user: str) -> bool:
        account = await identity.registry.accounts.find(user)
        return account is not None and not account.disabled

    return BotTokens(stores.bots, stands)


def bot_owners(engine: Engine, stores: Stores, identity: Identity, tokens: BotTokens) -> BotOwners:
    """Bots, told of what becomes of their owners."""
    bots = stores.bots
    assert bots is not None

    async def leave(user: User) -> None:
        for conversation in await stores.directory.memberships(user.id):
            await _leave(engine, user, conversation)

    def revoked(user: str, logins: object, but: str | None) -> None:
        if logins is None:
            for bot in tokens.forget_owner(user) - {user}:
                engine.revoke(bot)

    async def holds(user: str, grant: str) -> bool:
        bot = await bots.bot(user)
        return bot is None or (bot.grant == grant and await identity.standing.stands(bot.owner))

    owners = BotOwners(
        BotStores(bots, stores.directory, stores.presence, stores.clock),
        tokens,
        Doings(engine.revoke, engine.learn, leave),
    )
    identity.standing.revoked.append(revoked)
    identity.standing.distrusted.append(tokens.forget_all)
    engine.others.holds.append(holds)
    identity.erasure.first.append(owners.end_all)
    return owners


async def _leave(engine: Engine, user: User, conversation: str) -> None:
    while True:
        try:
            await engine.call(Caller(user), Leave(id=0, conversation=conversation))
        except Problem as problem:
            if problem.code in _GONE:
                return
            if problem.code is not Code.RATE_LIMITED:
                raise
            await asyncio.sleep((problem.retry_after_ms or 1000) / 1000)
        else:
            return


@dataclass(frozen=True)
class Programs:
    """What REST serves for bots, webhooks and administrators."""

    engine: Engine
    stores: Stores
    identity: Identity
    owners: BotOwners

    @property
    def scribe(self) -> Scribe:
        assert self.stores.audit is not None
        return Scribe(self.stores.audit, self.stores.clock)

    def resources(self) -> Mapping[str, object]:
        engine, stores, identity, ask = self.engine, self.stores, self.identity, Ask(self.engine)
        assert stores.audit is not None and stores.hooks is not None and stores.inventory is not None
        scribe = self.scribe
        resets = Resets(identity.registry, identity.accounts)
        return {
            "hooks": Addresses(engine, stores.hooks, stores.clock),
            "bots": BotResource(self.owners, ask),
            "webhooks": Webhooks(ask),
            "people": People(identity.accounts, identity.logins, engine, scribe),
            "passwords": PasswordLinks(identity.accounts, resets, scribe),
            "outside": Overview(engine, stores.inventory, stores.directory, stores.clock),
            "live": LiveSessions(engine, scribe),
            "trace": Traces(stores, scribe),
            "audit": AuditLog(stores.audit),
            "letters": Letters(engine, stores.letters, stores.clock),
        }
