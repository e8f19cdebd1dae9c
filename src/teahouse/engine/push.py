"""Push: a message makes a durable job for the members who do not look; the job finds out whom to wake up.

Rule: a send pays for it only where somebody could be woken up, and then with one row in its own transaction. The job is
the conversation's, not the message's: while one waits that will see a message, the message needs none of its own.
Who has no device here is woken up at once, who has one if they have not read the message `push_after_s` later. Called
by the pipeline and, for jobs, by the worker; what is sent to each device is notify.py's.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import structlog

from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import PushStores, Stores
from teahouse.engine.sync import is_muted
from teahouse.engine.told import NOTIFY, Newest, Told
from teahouse.model.changes import SEQ_OF_ENTRY, PutJob
from teahouse.model.conversations import Member
from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import EVERYBODY, LOBBY, message_id
from teahouse.model.jobs import Job
from teahouse.model.marks import Mark
from teahouse.model.push import PushKind

_log = structlog.get_logger("teahouse.engine")

KIND = "push"
_PAGE = 1000
_LOOKED_AT = 200
"""Of what came since a job was made, so many of the newest entries are looked at."""
_CROWD_MS = 5_000
"""So long it is remembered who can be woken up in a large conversation, whoever comes and goes."""
_LOOKING_MS = 1_000
"""A large conversation rests so long at least, for it takes a while to look through its members."""
_TAKE_AWAY_MS = 2_000
"""So long a notification that was read stays: something new may take its place."""
_END = 2**53
_NO_MARK = Mark()


class Round(msgspec.Struct, omit_defaults=True):
    """What a job goes on with: members after this user id."""

    after: str = ""


class _Mentions(msgspec.Struct):
    mentions: tuple[str, ...] = ()


class Said(NamedTuple):
    """What was said lately in a conversation, newest first, and the last seq of each who said it."""

    messages: list[Entry]
    own: dict[str, int]

    def at(self, seq: int) -> int:
        """When this message was said."""
        return next(entry.at for entry in self.messages if entry.seq == seq)


_round = msgspec.json.Decoder(Round).decode
_mentions = msgspec.json.Decoder(_Mentions).decode
_encode = msgspec.json.Encoder().encode


class Push:
    """`poke` tells the worker of a job. `newest` is what each user was told of, for notify.py, too."""

    def __init__(
        self, stores: Stores, push: PushStores, rosters: Rosters, sessions: Sessions, options: EngineOptions
    ) -> None:
        self._stores = stores
        self._devices = push.devices
        self._clock = stores.clock
        self._rosters = rosters
        self._sessions = sessions
        self._after_ms = int(options.push_after_s * 1000)
        self._large = options.large_group
        self._per_s = options.push_rate
        self._holders: set[str] = set()
        self._version = 0  # of the holders: what rosters remember of an older one is found anew
        self._came = 0  # how often somebody came to have a device
        self._crowds: dict[str, tuple[int, Sequence[str]]] = {}
        self._pending: dict[str, int] = {}  # when the job of a conversation is due that was not begun yet
        self._rest: dict[str, int] = {}  # until when a conversation woke up enough people
        self._tasks: set[asyncio.Task[None]] = set()
        self.newest = Newest()
        self.poke: Callable[[int], None]

    async def start(self) -> None:
        """Read who has devices at all."""
        after = ""
        while users := await self._devices.holders(after, _PAGE):
            self._holders.update(users)
            after = users[-1]
        self._version += 1

    async def stop(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def holds(self, user: str, any_device: bool) -> None:
        """The user has devices now, or has none any more."""
        self._came += any_device
        if any_device != (user in self._holders):
            (self._holders.add if any_device else self._holders.discard)(user)
            self._version += 1

    def job(self, roster: Roster, sender: str) -> tuple[PutJob, ...]:
        """What is to travel with a message of this sender: nothing, or one job. A part of every send."""
        if not self._holders:
            return ()
        due = self._due(roster, sender)
        if due is None:
            return ()
        conversation = roster.conversation.id
        pending = self._pending.get(conversation)
        if pending is not None and pending <= due:
            return ()  # the job that waits will see this message, too
        return (PutJob(Job(KIND, "", due, conversation=conversation, seq=SEQ_OF_ENTRY)),)

    def stored(self, draft: Draft, seq: int) -> None:
        """A message is in the log. The job it came with is pending now. One that came without, because another
        was, may find that this one was begun meanwhile and has not seen it: then it gets its own after all."""
        if not self._holders:
            return
        carried = [c.job.due for c in draft.changes if isinstance(c, PutJob) and c.job.kind == KIND]
        if carried:
            self._wait(draft.conversation, carried[0])
        elif draft.conversation not in self._pending:
            roster = self._rosters.get(draft.conversation)
            for put in self.job(roster, draft.sender) if roster is not None else ():
                self._put_soon(self._later(draft.conversation, seq, put.job.due))

    def read(self, user: str, conversation: str, seq: int) -> None:
        """Somebody has read up to `seq`. Phones that show a notification of that are told to take it away; browsers
        are not, for they count pushes after which nothing is shown against the site."""
        if user in self._holders and 0 < self.newest.of(user, conversation) <= seq:
            self.newest.forget(user, conversation)
            self._spawn(self._take_away(user, conversation, seq))

    async def wake(self, job: Job) -> None:
        """Do a job: find out who has not read what was said since, and put a job for each of their devices."""
        conversation, now = job.conversation, self._clock.now()
        if self._pending.get(conversation, _END) <= job.due:
            del self._pending[conversation]
        roster = await self._rosters.find(conversation)
        if roster is None or roster.blockers:
            return
        said = _said(await self._stores.log.read(conversation, job.seq - 1, _END, _LOOKED_AT, newest=True))
        users, after = await self._page(roster, _round(job.data).after)
        chosen: dict[str, Entry] = {}
        young: list[int] = []
        for user in users if said.messages else ():
            entry, wait = await self._unread(roster.members.get(user), said, now)
            young += [] if wait is None else [wait]
            if entry is not None and self.newest.of(user, conversation) < entry.seq:
                chosen[user] = entry
        told = await self._unblocked(chosen)
        jobs = await self._jobs(told, now)
        rest = self._rested(roster, len(told), now)
        if after:
            jobs.append(self._later(conversation, job.seq, rest, after))
        if young:
            jobs.append(self._later(conversation, min(young), said.at(min(young)) + self._after_ms))
        await self._put(jobs)
        for user, entry in told.items():
            self.newest.note(user, conversation, entry.seq)

    def _due(self, roster: Roster, sender: str) -> int | None:
        """When somebody is to be woken up because of a message that is sent now; None: nobody is."""
        conversation, now = roster.conversation.id, self._clock.now()
        if conversation == LOBBY:
            return None
        due: int | None = None
        crowd = len(roster.members) > self._large
        for user in self._reachable(roster):
            if user == sender:
                continue
            if crowd or not self._sessions.of(user):
                due = now
                break
            due = now + self._after_ms
        return None if due is None else max(due, self._rest.get(conversation, 0))

    def _reachable(self, roster: Roster) -> Sequence[str]:
        """The members who have devices, in order of user id, remembered with the roster until one of both changes. Of
        a large conversation two of them: enough to know that there is somebody."""
        if len(roster.members) > self._large:
            return self._crowd(roster)
        known = roster.reachable
        if known is None or known[0] != self._version:
            users = sorted(user for user in roster.members if user in self._holders)
            known = roster.reachable = (self._version, users)
        return known[1]

    def _crowd(self, roster: Roster) -> Sequence[str]:
        """Remembered for a few seconds, because in a large conversation somebody always comes or goes."""
        name, now = roster.conversation.id, self._clock.now()
        until, users = self._crowds.get(name, (0, ()))
        if until <= now:
            few, many = sorted((roster.members.keys(), self._holders), key=len)
            users = tuple(islice((user for user in few if user in many), 2))
            self._crowds = {c: known for c, known in self._crowds.items() if known[0] > now}
            self._crowds[name] = (now + _CROWD_MS, users)
        return users

    async def _page(self, roster: Roster, after: str) -> tuple[Sequence[str], str]:
        """Members who have devices, after the user id `after`, and where to go on; empty: that is all. The loop runs
        in between."""
        if len(roster.members) <= self._large:
            return self._reachable(roster), ""
        users: list[str] = []
        while page := roster.page(after, _PAGE):
            users += [user for user in page if user in self._holders]
            if len(page) < _PAGE:
                break
            after = page[-1]
            if len(users) >= _PAGE:
                return users, after
            await asyncio.sleep(0)
        return users, ""

    async def _unread(self, member: Member | None, said: Said, now: int) -> tuple[Entry | None, int | None]:
        """The newest message this member is to be told of, and the seq of the oldest that is too young for that."""
        if member is None:
            return None, None
        conversation, user = member.conversation, member.user
        mark = (await self._stores.cursors.marks(user, [conversation])).get(conversation, _NO_MARK)
        floor = max(mark.read, mark.cleared, member.joined, said.own.get(user, 0))
        muted = is_muted(mark, now)
        ripe = now - (self._after_ms if self._sessions.of(user) else 0)
        newest: Entry | None = None
        young: int | None = None
        for entry in said.messages:
            if entry.seq <= floor:
                break
            if muted and not is_mentioned(entry, user):
                continue
            if entry.at > ripe:
                young = entry.seq
            else:
                newest = newest or entry
        return newest, young

    async def _unblocked(self, chosen: dict[str, Entry]) -> dict[str, Entry]:
        """Without those who have blocked who wrote."""
        by_sender: dict[str, list[str]] = {}
        for user, entry in chosen.items():
            by_sender.setdefault(entry.sender, []).append(user)
        deaf: set[tuple[str, str]] = set()
        for sender, users in by_sender.items():
            deaf.update((user, sender) for user in await self._stores.relations.blockers(sender, users))
        return {user: entry for user, entry in chosen.items() if (user, entry.sender) not in deaf}

    async def _jobs(self, told: dict[str, Entry], now: int) -> list[Job]:
        """One a device: each is sent, repeated and given up by itself."""
        came = self._came
        devices = await self._devices.of(list(told)) if told else {}
        jobs = []
        for user, entry in told.items():
            if not devices.get(user) and came == self._came:
                self.holds(user, False)
            for device in devices.get(user, ()):
                id_ = f"{NOTIFY}:{device.id}:{message_id(entry.conversation, entry.seq)}"
                data = _encode(Told(user, device.id))
                jobs.append(Job(NOTIFY, id_, now, data, conversation=entry.conversation, seq=entry.seq))
        return jobs

    def _later(self, conversation: str, seq: int, due: int, after: str = "") -> Job:
        """A job that follows no entry of its own, but looks at what was said from `seq` on."""
        id_ = f"{KIND}:{message_id(conversation, seq)}:{after or due}"
        return Job(KIND, id_, due, _encode(Round(after)), conversation=conversation, seq=seq)

    async def _put(self, jobs: Sequence[Job]) -> None:
        if not jobs:
            return
        await self._stores.jobs.put(jobs)
        for job in jobs:
            if job.kind == KIND and not _round(job.data).after:
                self._wait(job.conversation, job.due)
        self.poke(min(job.due for job in jobs))

    def _put_soon(self, job: Job) -> None:
        """A job that could not travel with its entry."""
        self._spawn(self._put_quietly([job]))

    async def _take_away(self, user: str, conversation: str, seq: int) -> None:
        due = self._clock.now() + _TAKE_AWAY_MS
        try:
            devices = (await self._devices.of([user])).get(user, ())
        except StoreUnavailable:
            return
        jobs = []
        for device in devices:
            if device.kind is not PushKind.WEBPUSH:
                id_ = f"{NOTIFY}:{device.id}:{message_id(conversation, seq)}:read"
                data = _encode(Told(user, device.id, read=True))
                jobs.append(Job(NOTIFY, id_, due, data, conversation=conversation, seq=seq))
        await self._put_quietly(jobs)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put_quietly(self, jobs: Sequence[Job]) -> None:
        try:
            await self._put(jobs)
        except StoreUnavailable as error:
            _log.warning("a push was lost", reason=str(error))

    def _wait(self, conversation: str, due: int) -> None:
        self._pending[conversation] = min(due, self._pending.get(conversation, due))

    def _rested(self, roster: Roster, woken: int, now: int) -> int:
        """So many people are woken up: when it is the turn of the next ones."""
        conversation = roster.conversation.id
        pause = int(woken * 1000 / self._per_s) if self._per_s else 0
        if len(roster.members) > self._large:
            pause = max(pause, _LOOKING_MS)
        since = max(now, self._rest.get(conversation, 0))
        if pause:
            since = self._rest[conversation] = since + pause
        if len(self._rest) > _PAGE:
            self._rest = {c: until for c, until in self._rest.items() if until > now}
        return since


def _said(entries: Iterable[Entry]) -> Said:
    messages = [entry for entry in entries if entry.kind is Kind.MESSAGE]
    own = {entry.sender: entry.seq for entry in messages}
    return Said([entry for entry in reversed(messages) if not entry.redacted], own)


def is_mentioned(entry: Entry, user: str) -> bool:
    mentions = _mentions(entry.content).mentions
    return user in mentions or EVERYBODY in mentions
