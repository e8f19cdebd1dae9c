"""The composition of identity: accounts, passwords and tokens, out of the ports they stand on.

Called by compose.py for a server, and by control.py for `teahouse user` when no server runs.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from teahouse.app.settings import Settings
from teahouse.app.vault import SALTS, kept, sealing_key
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemorySpent
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.engine import Engine
from teahouse.identity.access import AccessTokens
from teahouse.identity.accounts import Accounts
from teahouse.identity.erasure import Erasure
from teahouse.identity.hashing import Hasher
from teahouse.identity.keys import CannotUseKeys, KeyRing
from teahouse.identity.logins import Logins
from teahouse.identity.oidc.entrance import Entrance, Providers
from teahouse.identity.oidc.outgoing import Outgoing
from teahouse.identity.oidc.provider import Provider
from teahouse.identity.passes import Passes
from teahouse.identity.passwords import CheckedPasswords
from teahouse.identity.porter import Porter
from teahouse.identity.proofs import Proofs
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.identity.throttle import Throttle
from teahouse.identity.tokens import KeptTokens
from teahouse.identity.upkeep import Upkeep
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.clock import Clock
from teahouse.ports.limits import Limits
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook
from teahouse.ports.vault import Vault

FIRST_ADMIN_HOURS = 24

_log = structlog.get_logger("teahouse.identity")

if TYPE_CHECKING:
    from teahouse.backends.sql.store import SqlStore


@dataclass(frozen=True)
class Identity:
    """Everything that knows who somebody is."""

    registry: Registry
    keys: KeyRing
    access: AccessTokens
    standing: Standing
    passwords: CheckedPasswords
    tokens: KeptTokens
    logins: Logins
    passes: Passes
    entrance: Entrance
    accounts: Accounts
    erasure: Erasure
    upkeep: Upkeep
    porter: Porter

    def watch(self, engine: Engine, stack: AsyncExitStack) -> None:
        """Tell the engine who is logged out or renamed, hear what other nodes say of that, and go on with what
        lasts."""
        self.standing.revoked.append(engine.revoke)
        self.standing.changed.append(engine.renamed)
        engine.others.revoked.append(self.standing.revoke)
        engine.others.renamed.append(self.standing.rename)
        engine.others.distrusted.append(self.standing.distrust)
        engine.others.holds.append(self.standing.holds)
        for lasting in (self.erasure, self.upkeep):
            stack.push_async_callback(lasting.stop)
            lasting.start()

    async def invite_admin(self, url: str | None) -> None:
        """Where there is no administrator, log the link that makes one."""
        secret = await self.accounts.admin_voucher(FIRST_ADMIN_HOURS)
        if secret is None:
            return
        told = "make the first one with this link, once and within a day, or with `teahouse user add --admin`"
        link = {} if url is None else {"link": f"{url}/first-admin#{secret}"}
        _log.warning(f"there is no administrator yet; {told}", **link)


def registry_on(
    store: "SqliteStore | SqlStore",
    log: MessageLog,
    presence: PresenceBook,
    limits: Limits,
    clock: Clock,
    vault: Vault,
) -> Registry:
    """The ports of identity on a store; `log` is the one the engine uses."""
    return Registry(
        store.accounts,
        store.logins,
        store.vouchers,
        store.erasures,
        store.users,
        store.directory,
        log,
        presence,
        clock,
        store.subjects,
        store.passes,
        vault,
        MemorySpent(MemoryStore()),
        limits,
        store.audit,
    )


async def compose_identity(settings: Settings, registry: Registry, stack: AsyncExitStack) -> Identity:
    """CannotUseKeys, or CannotUnseal, if the keys that are kept are of no use."""
    options, clock = settings.identity, registry.clock
    keys = KeyRing(registry.vault, options, clock, settings.store.shared)
    await keys.open()
    iterations = settings.xmpp.scram_iterations
    hasher = Hasher(options, iterations if settings.xmpp.enabled else None)
    stack.callback(hasher.close)
    standing = Standing(registry)
    access = AccessTokens(keys, options, clock)
    throttle = Throttle(options, registry.limits)
    passwords = CheckedPasswords(registry, hasher, throttle, standing)
    logins = Logins(registry, access, passwords, standing, options)
    proofs = Proofs(registry, throttle, standing, iterations, await salting(registry.vault))
    accounts = Accounts(registry, hasher, passwords, logins, standing, throttle)
    return Identity(
        registry,
        keys,
        access,
        standing,
        passwords,
        KeptTokens(access, standing, options, clock),
        logins,
        Passes(registry, access, passwords, standing, options),
        Entrance(await compose_providers(settings, registry, stack), registry, accounts, standing),
        accounts,
        Erasure(registry, logins, standing),
        Upkeep(registry, keys),
        Porter(passwords, proofs, standing, clock),
    )


async def salting(vault: Vault) -> bytes:
    try:
        return await kept(vault, SALTS)
    except StoreUnavailable as error:
        raise CannotUseKeys(f"the key of salts cannot be had: {error}") from error


async def compose_providers(settings: Settings, registry: Registry, stack: AsyncExitStack) -> Providers:
    key = await sealing_key(settings, registry.vault)
    options, clock = settings.oidc, registry.clock
    if not options.issuer:
        return Providers({}, key)
    outgoing = Outgoing(options.timeout_s, clock)
    stack.push_async_callback(outgoing.close)
    return Providers({options.id: Provider(options, clock, outgoing)}, key)
