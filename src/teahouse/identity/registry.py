"""The ports that identity stands on, in one parcel. Filled by app/compose.py."""

from dataclasses import dataclass

from teahouse.ports.accounts import Accounts, Logins, Vouchers
from teahouse.ports.clock import Clock
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook


@dataclass(frozen=True)
class Registry:
    """`log` and `presence` are the engine's: where the lobby stands, and which nicks are held."""

    accounts: Accounts
    logins: Logins
    vouchers: Vouchers
    log: MessageLog
    presence: PresenceBook
    clock: Clock
