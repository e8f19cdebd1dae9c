"""The ports an engine stands on, in one parcel. Filled by app/compose.py."""

from dataclasses import dataclass, field

from teahouse.ports.broker import Broker
from teahouse.ports.clock import Clock
from teahouse.ports.cursors import Cursors
from teahouse.ports.directory import Directory, Users
from teahouse.ports.hidden import Hidden
from teahouse.ports.identity import Passwords, Tokens
from teahouse.ports.jobs import JobQueue
from teahouse.ports.log import MessageLog
from teahouse.ports.log_index import LogIndex
from teahouse.ports.preferences import PreferenceBook
from teahouse.ports.presence import PresenceBook
from teahouse.ports.schedules import Schedules


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
    jobs: JobQueue = field(kw_only=True)
    schedules: Schedules = field(kw_only=True)
    hidden: Hidden = field(kw_only=True)
    preferences: PreferenceBook = field(kw_only=True)
    index: LogIndex = field(kw_only=True)
