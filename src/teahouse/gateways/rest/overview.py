"""What there is and how it goes, for administrators: statistics, and conversations from outside."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from teahouse import __version__
from teahouse.engine.engine import Engine
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands
from teahouse.model.commands import ConversationId, Limit
from teahouse.model.conversations import Member
from teahouse.model.errors import Code, Problem
from teahouse.model.inventory import Totals, Wanted
from teahouse.model.results import Logged, Result
from teahouse.ports.clock import Clock
from teahouse.ports.directory import Directory
from teahouse.ports.inventory import Inventory

KEPT_S = 5.0
"""So long the same counts are given again."""

_DAY_MS = 86_400_000


class ConversationsPage(Struct, frozen=True):
    """`after` is the id of the last conversation of the page before. `query` stands in the title."""

    after: Annotated[str, Meta(max_length=80)] = ""
    kind: Literal["", "direct", "group", "channel", "room"] = ""
    query: Annotated[str, Meta(max_length=200)] = ""
    limit: Limit = 50


class OutsideRow(Result, frozen=True, omit_defaults=False):
    """A conversation from outside: not what was said."""

    conversation: str
    kind: str
    title: str
    created: int
    members: int
    last_seq: int


class OutsidePage(Result, frozen=True, omit_defaults=False):
    conversations: tuple[OutsideRow, ...]
    more: bool


class PlaceRow(Result, frozen=True, omit_defaults=False):
    """`left` is the seq of the entry that let them out, 0 for who is in."""

    user: str
    nick: str
    role: str
    joined: int
    left: int
    muted_until: int


class Outside(Result, frozen=True, omit_defaults=False):
    conversation: str
    kind: str
    title: str
    topic: str
    join: str
    reach: str
    created: int
    members: tuple[PlaceRow, ...]
    more: bool


class PlacesPage(Struct, frozen=True):
    """`after` is the id of the last user of the page before."""

    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Counters(Struct, frozen=True):
    """Since the server started; two answers and the time between them make a rate. `deliveries` are messages and
    events written to live connections, `bytes` those of these writes; `jobs_died` became dead letters."""

    messages: int
    deliveries: int
    commands: int
    bytes: int
    jobs_done: int
    jobs_died: int


class Statistics(Result, frozen=True, omit_defaults=False):
    """`online` counts users, `sessions` connections by gateway. `messages_day` are those of the last 24 hours,
    `store_bytes` what the store takes on disk. `memory_bytes` is what the process holds in memory, `loop_lag_ms` how
    late it did in the last second what was due, `worst_lag_ms` the worst of that since the start. `jobs` wait, or are
    being done; `dead_letters` were given up. `counters` only grow."""

    version: str
    uptime_s: int
    guests: int
    accounts: int
    bots: int
    online: int
    sessions: dict[str, int]
    conversations: int
    messages: int
    messages_day: int
    store_bytes: int
    memory_bytes: int
    loop_lag_ms: float
    worst_lag_ms: float
    jobs: int
    dead_letters: int
    counters: Counters


class Overview:
    def __init__(self, engine: Engine, inventory: Inventory, directory: Directory, clock: Clock) -> None:
        self._engine = engine
        self._inventory = inventory
        self._directory = directory
        self._clock = clock
        self._started = clock.monotonic()
        self._counted: tuple[float, Totals] | None = None

    @operation("GET /admin/statistics", who=Who.ADMIN)
    async def statistics(self, call: Call) -> Statistics:
        """How many of what. Counts of the store may be a few seconds old."""
        totals, tally = await self._totals(), self._engine.tally
        here = [session for session in self._engine.sessions if session.user is not None]
        return Statistics(
            __version__,
            int(self._clock.monotonic() - self._started),
            totals.guests,
            totals.accounts,
            totals.bots,
            len({session.user.id for session in here if session.user is not None}),
            dict(Counter(session.link.gateway for session in here)),
            totals.conversations,
            totals.messages,
            totals.recent,
            totals.bytes,
            _memory(),
            tally.lag_ms,
            tally.worst_lag_ms,
            totals.jobs,
            totals.dead_letters,
            Counters(
                tally.messages,
                tally.deliveries,
                tally.commands,
                tally.bytes,
                tally.jobs_done,
                tally.jobs_died,
            ),
        )

    async def _totals(self) -> Totals:
        now = self._clock.monotonic()
        if self._counted is not None and now - self._counted[0] < KEPT_S:
            return self._counted[1]
        totals = await self._inventory.totals(self._clock.now() - _DAY_MS)
        self._counted = (now, totals)
        return totals

    @operation("GET /admin/conversations", who=Who.ADMIN)
    async def conversations(self, call: Call, query: ConversationsPage) -> OutsidePage:
        """All conversations but the lobby, in order of id: how large they are, not what was said."""
        wanted = Wanted(query.after, query.kind, query.query)
        found = await self._inventory.conversations(wanted, query.limit + 1)
        rows = [
            OutsideRow(c.id, c.kind, c.title, c.created, c.members, c.last_seq) for c in found[: query.limit]
        ]
        return OutsidePage(tuple(rows), len(found) > query.limit)

    @operation("GET /admin/conversations/{conversation}", who=Who.ADMIN)
    async def conversation(self, call: Call, conversation: ConversationId, query: PlacesPage) -> Outside:
        """One conversation, and who is and was in it."""
        found = await self._directory.conversation(conversation)
        if found is None:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {conversation!r}")
        members = await self._directory.members(conversation)
        rest = [member for member in members if member.user > query.after]
        return Outside(
            found.id,
            found.kind,
            found.title,
            found.topic,
            found.join,
            found.reach,
            found.created,
            tuple(_place(member) for member in rest[: query.limit]),
            len(rest) > query.limit,
        )

    @operation("DELETE /admin/conversations/{conversation}", who=Who.ADMIN, refuses=(Code.CONFLICT,))
    async def end(self, call: Call, conversation: ConversationId) -> Logged:
        """Dissolve a conversation: everybody is out, and may still read what was there until then.

        The entry that says so names the administrator; the audit log has it, too.
        """
        return await Ask(self._engine)(call, commands.End(id=0, conversation=conversation), Logged)


def _memory() -> int:
    """Resident bytes (proc_pid_statm(5)); 0 where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _place(m: Member) -> PlaceRow:
    return PlaceRow(m.user, m.nick, m.role, m.joined, m.left, m.muted_until)
