"""The ports an engine stands on, in one parcel. Filled by app/compose.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from teahouse.engine.filing import Filing
from teahouse.engine.options import OutgoingOptions, ReviewOptions
from teahouse.model.entries import Entry
from teahouse.model.push import PushKind
from teahouse.ports.audit import Audit
from teahouse.ports.bots import Bots, Hooks
from teahouse.ports.broker import Broker
from teahouse.ports.clock import Clock
from teahouse.ports.copies import Copies
from teahouse.ports.cursors import Cursors
from teahouse.ports.deliveries import Deliveries
from teahouse.ports.directory import Directory, Users
from teahouse.ports.entrance import Links, Requests
from teahouse.ports.hidden import Hidden
from teahouse.ports.identity import Passwords, Standings, Tokens
from teahouse.ports.inventory import Inventory
from teahouse.ports.jobs import DeadLetters, JobQueue
from teahouse.ports.limits import Limits, Spending
from teahouse.ports.log import MessageLog
from teahouse.ports.log_index import LogIndex
from teahouse.ports.outlets import Outlets
from teahouse.ports.outside import Outside
from teahouse.ports.preferences import PreferenceBook
from teahouse.ports.presence import PresenceBook
from teahouse.ports.push import NotificationBook, PushDevices, Pusher
from teahouse.ports.relations import Relations
from teahouse.ports.reports import Reports
from teahouse.ports.schedules import Schedules
from teahouse.ports.screen import Screen
from teahouse.ports.search import Finder
from teahouse.ports.stays import Stays


@dataclass(frozen=True)
class PushStores:
    """What push stands on. `pushers` are the services that were set up; `vapid_key` is the public key browsers ask
    for, base64url."""

    devices: PushDevices
    notifications: NotificationBook
    pushers: Mapping[PushKind, Pusher]
    vapid_key: str = ""


@dataclass(frozen=True)
class OutgoingStores:
    """What outgoing webhooks stand on. `encode` makes the event of an entry, as JSON."""

    outlets: Outlets
    outside: Outside
    encode: Callable[[Entry], bytes]
    options: OutgoingOptions


@dataclass(frozen=True)
class ReviewStores:
    """What the review of what is said stands on."""

    outside: Outside
    options: ReviewOptions


@dataclass(frozen=True)
class Stores:
    """`passwords` and `tokens` are optional abilities: without them there are guests only; without `filing` there are
    no files, without `spending` no other nodes that count the same. `screens` look at what is about to be said, one
    after the other. `copies` are what some of these ports keep in front of the store."""

    log: MessageLog
    users: Users
    directory: Directory
    cursors: Cursors
    presence: PresenceBook
    broker: Broker
    clock: Clock
    finder: Finder
    relations: Relations
    links: Links
    requests: Requests
    reports: Reports
    jobs: JobQueue
    schedules: Schedules
    hidden: Hidden
    preferences: PreferenceBook
    index: LogIndex
    letters: DeadLetters
    limits: Limits
    spending: Spending | None = None
    passwords: Passwords | None = None
    tokens: Tokens | None = None
    standings: Standings | None = None
    filing: Filing | None = None
    screens: Sequence[Screen] = ()
    audit: Audit | None = None
    bots: Bots | None = None
    hooks: Hooks | None = None
    deliveries: Deliveries | None = None
    stays: Stays | None = None
    inventory: Inventory | None = None
    outlets: Outlets | None = None
    outgoing: OutgoingStores | None = None
    review: ReviewStores | None = None
    push: PushStores | None = None
    copies: Copies | None = None
