"""The ports that identity stands on, in one parcel. Filled by app/compose.py."""

from dataclasses import dataclass

from teahouse.ports.accounts import Accounts, Erasures, Logins, Profiles, Vouchers
from teahouse.ports.audit import Audit
from teahouse.ports.clock import Clock
from teahouse.ports.directory import Directory, Users
from teahouse.ports.limits import Limits
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook
from teahouse.ports.providers import Passes, Subjects
from teahouse.ports.vault import Spent, Vault


@dataclass(frozen=True)
class Registry:
    """`users`, `directory`, `log` and `presence` are the engine's, too. `profiles` may be copies of accounts."""

    accounts: Accounts
    logins: Logins
    vouchers: Vouchers
    erasures: Erasures
    users: Users
    directory: Directory
    log: MessageLog
    presence: PresenceBook
    clock: Clock
    subjects: Subjects
    passes: Passes
    vault: Vault
    spent: Spent
    limits: Limits
    audit: Audit | None = None
    profiles: Profiles | None = None
