"""The truth that log, users, directory and cursors in memory share.

Rule: data only; what is done with it stands in the module of each port. `failure` is for tests: while it is
set, the store cannot be written.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from teahouse.backends.accounts import StoredLogin
from teahouse.model.accounts import Account, Subject, Voucher
from teahouse.model.audit import Recorded
from teahouse.model.bots import Bot, Hook
from teahouse.model.conversations import Conversation, Member
from teahouse.model.deliveries import Delivery
from teahouse.model.desk import Agent, Paper, Team, Ticket, TicketEvent, Visitor
from teahouse.model.entrance import InvitationLink, JoinRequest
from teahouse.model.entries import Entry
from teahouse.model.errors import StoreUnavailable
from teahouse.model.files import File
from teahouse.model.jobs import DeadJob, Job
from teahouse.model.marks import Mark
from teahouse.model.outlets import Lane, Outlet
from teahouse.model.people import User
from teahouse.model.preferences import Preferences
from teahouse.model.push import Notifications, PushDevice
from teahouse.model.reports import Report
from teahouse.model.schedules import Schedule
from teahouse.model.stays import Stay
from teahouse.ports.vault import Secret

Key = tuple[str, str, str]
"""An idempotency key: conversation, sender, cid."""


@dataclass
class MemoryStore:
    """`entries[c][n - 1]` is entry n of conversation c. `mentions[c][n]` are the users it mentions. `order` has the
    places of all entries, as they were committed. `postings` are file, conversation, seq."""

    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[str, dict[int, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    order: list[tuple[str, int]] = field(default_factory=list)
    keys: dict[Key, int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    resumes: dict[str, bytes] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    passwords: dict[str, str | None] = field(default_factory=dict)
    logins: dict[str, StoredLogin] = field(default_factory=dict)
    erasing: set[str] = field(default_factory=set)
    vouchers: dict[bytes, Voucher] = field(default_factory=dict)
    subjects: dict[Subject, str] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    members: dict[str, dict[str, Member]] = field(default_factory=lambda: defaultdict(dict))
    marks: dict[str, dict[str, Mark]] = field(default_factory=lambda: defaultdict(dict))
    jobs: dict[str, Job] = field(default_factory=dict)
    dead: dict[str, DeadJob] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    replies: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    hidden: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    preferences: dict[str, Preferences] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    postings: set[tuple[str, str, int]] = field(default_factory=set)
    secrets: dict[str, Secret] = field(default_factory=dict)
    spent: dict[bytes, int] = field(default_factory=dict)
    links: dict[str, InvitationLink] = field(default_factory=dict)
    requests: dict[str, dict[str, JoinRequest]] = field(default_factory=lambda: defaultdict(dict))
    blocks: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    contacts: dict[str, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    reports: dict[str, Report] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    lanes: dict[tuple[str, str], Lane] = field(default_factory=dict)
    audit: list[Recorded] = field(default_factory=list)
    stays: dict[tuple[str, str], Stay] = field(default_factory=dict)
    deliveries: dict[str, dict[tuple[str, str], Delivery]] = field(default_factory=lambda: defaultdict(dict))
    push_devices: dict[str, PushDevice] = field(default_factory=dict)
    notifications: dict[str, Notifications] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    ticket_events: dict[str, list[TicketEvent]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    papers: dict[tuple[type[Paper], str], Paper] = field(default_factory=dict)
    failure: str | None = None

    def check_writable(self) -> None:
        if self.failure is not None:
            raise StoreUnavailable(self.failure)
