"""Resets: an administrator lets somebody choose a new password, without knowing it.

Rule: the link holds once and for a day, for one account, and for nothing else. Called by gateways/rest/people.py.
"""

from teahouse.identity import fresh
from teahouse.identity.accounts import Accounts
from teahouse.identity.registry import Registry
from teahouse.identity.witness import witness
from teahouse.model.accounts import Account, AccountKind, Voucher
from teahouse.model.errors import Code, Problem

LASTS_MS = 86_400_000


class Resets:
    def __init__(self, registry: Registry, accounts: Accounts) -> None:
        self._registry = registry
        self._accounts = accounts

    async def offer(self, account: Account) -> tuple[str, int]:
        """The token, and until when it holds."""
        if account.kind is AccountKind.BOT:
            raise Problem(Code.BAD_REQUEST, "a bot has no password; its owner gives it a new token")
        secret, expires = fresh.secret(), self._registry.clock.now() + LASTS_MS
        await self._registry.vouchers.put(Voucher(fresh.digest(secret), _purpose(account.id), expires))
        return f"{account.id}.{secret}", expires

    async def redeem(self, token: str, password: str, address: str) -> None:
        """Set the password. A password that cannot be costs nothing; the token is used up just before it is set."""
        self._accounts.check_password(password)
        user, _, secret = token.partition(".")
        account = await self._registry.accounts.find(user)
        voucher = Voucher(fresh.digest(secret), _purpose(user), self._registry.clock.now())
        if account is None or account.disabled or not await self._registry.vouchers.take(voucher):
            raise Problem(Code.FORBIDDEN, "this link does not hold, or no longer; ask for another")
        await witness(self._registry, "account.reset", user, address)
        await self._accounts.set_password(account, password)


def _purpose(user: str) -> str:
    return f"password {user}"
