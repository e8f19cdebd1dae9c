"""The ports an engine stands on, in one parcel. Filled by app/compose.py."""

from dataclasses import dataclass

from teahouse.ports.audit import Audit
from teahouse.ports.bots import Bots, Hooks
from teahouse.ports.broker import Broker
from teahouse.ports.clock import Clock
from teahouse.ports.cursors import Cursors
from teahouse.ports.deliveries import Deliveries
from teahouse.ports.directory import Directory, Users
from teahouse.ports.identity import Passwords, Tokens
from teahouse.ports.inventory import Inventory
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook


@dataclass(frozen=True)
class Stores:
    """`passwords` and `tokens` are optional abilities: without them there are guests only."""

    log: MessageLog
    users: Users
    directory: Directory
    cursors: Cursors
    presence: PresenceBook
    broker: Broker
    clock: Clock
    passwords: Passwords | None = None
    tokens: Tokens | None = None
    audit: Audit | None = None
    bots: Bots | None = None
    hooks: Hooks | None = None
    deliveries: Deliveries | None = None
    inventory: Inventory | None = None
