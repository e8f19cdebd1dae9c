"""Push: a message makes a durable job for the members who do not look; the job finds out whom to wake up.

Rule: a send pays for it only where somebody could be woken up, and then with one row in its own transaction. The job is
the conversation's, not the message's: while one waits that will see a message, the message needs none of its own. A job
that is begun waits first for the messages that relied on it and are on their way to the log, so it sees them (0059).
Who has no device here is woken up at once, who has one if they have not read the message `push_after_s` later. Called
by the pipeline and, for jobs, by the worker; what is sent to each device is notify.py's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from itertools import islice
from typing import Any

import msgspec
import structlog

from teahouse.engine.nodes import Nodes
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import PushStores, Stores
from teahouse.engine.told import NOTIFY, Newest, Told, service_of
from teahouse.engine.unheard import Said, Unheard, said
from teahouse.engine.worker import Again
from teahouse.model.changes import SEQ_OF_ENTRY, PutJob
from teahouse.model.entries import Draft, Entry
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import LOBBY, message_id
from teahouse.model.jobs import Job
from teahouse.model.news import Holding, Seen
from teahouse.model.push import PushKind

_log = structlog.get_logger("teahouse.engine")

KIND = "push"
_PAGE = 1000
_LOOKED_AT = 200
"""Of what came since a job was made, so many of the newest entries are looked at."""
_CROWD_MS = 5_000
"""So long it is remembered who can be woken up in a large conversation, whoever comes and goes."""
_LOOKED_PER_S = 1_000
"""So many members of one conversation are looked at, whether they have read: each costs a query."""
_LOOKING_MS = 1_000
"""A large conversation rests so long at least, for it takes a while to look through its members."""
_LATE_MS = 10_000
"""A page of a large conversation that is later than this is not waited for: a crash may have come between."""
_HORIZON_MS = 600_000
_OVERDUE_MS = 60_000
"""Nobody relies on a job that should have been begun so long ago."""
_TAKE_AWAY_MS = 2_000
"""So long a notification that was read stays: something new may take its place."""
_TOGETHER_S = 1.0
_REMEMBERED = 10_000
"""Of what was read, so much is told to other nodes together, and at once."""
_SKEW_MS = 7_000
"""Another node's clock may be so much ahead, and an append so long on its way, together."""
_END = 2**53


class Round(msgspec.Struct, omit_defaults=True):
    """What a job goes on with: members after this user id."""

    after: str = ""


_round = msgspec.json.Decoder(Round).decode
_encode = msgspec.json.Encoder().encode


class Push:
    """`poke` tells the worker of a job, `arrived` waits for what is on its way to the log. `newest` is what each user
    was told of, for notify.py, too."""

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
        self._under_way: dict[
            str, int
        ] = {}  # large ones that are gone through, and until when that is believed
        self._unheard = Unheard(stores, self._after_ms)
        self._read: dict[tuple[str, str], int] = {}  # in the last second, for the other nodes
        self._tasks: set[asyncio.Task[None]] = set()
        self.newest = Newest()
        self.nodes: Nodes
        self.poke: Callable[[int], None]
        self.arrived: Callable[[], Awaitable[None]]

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
        if self.learn(user, any_device):
            self.nodes.tell(Holding(user, any_device))

    def learn(self, user: str, any_device: bool) -> bool:
        """The same, when another node says so; whether it is news."""
        self._came += any_device
        if any_device == (user in self._holders):
            return False
        (self._holders.add if any_device else self._holders.discard)(user)
        self._version += 1
        return True

    def job(self, roster: Roster, sender: str) -> tuple[PutJob, ...]:
        """What is to travel with a message of this sender: nothing, or one job. A part of every send."""
        if not self._holders:
            return ()
        due = self._due(roster, sender)
        if due is None:
            return ()
        conversation = roster.conversation.id
        pending = self._pending.get(conversation)
        if pending is not None and self._waits(pending) and pending <= due:
            return ()  # the job that waits will see this message, too
        return (PutJob(Job(KIND, "", due, conversation=conversation, seq=SEQ_OF_ENTRY)),)

    def stored(self, draft: Draft) -> None:
        """A message is in the log. The job it came with is pending now, if it was not begun already: then it waits for
        nobody who comes now."""
        for change in draft.changes:
            if isinstance(change, PutJob) and change.job.kind == KIND:
                self._wait(draft.conversation, change.job.due)

    def _waits(self, pending: int) -> bool:
        """Whether a message that is sent now may rely on a job that is due then: it will see it. One that another node
        may begin knows nothing of what is on its way here."""
        slack = _SKEW_MS if self.nodes.shared else -_OVERDUE_MS
        return pending > self._clock.now() + slack

    def read(self, user: str, conversation: str, seq: int) -> None:
        """Somebody has read up to `seq`. Phones that show a notification of that are told to take it away; browsers
        are not, for they count pushes after which nothing is shown against the site."""
        if user not in self._holders or self._taken_away(user, conversation, seq) or not self.nodes.shared:
            return
        if not self._read:
            asyncio.get_running_loop().call_later(_TOGETHER_S, self._tell_read)
        if len(self._read) < _REMEMBERED:
            self._read[user, conversation] = seq

    def heard(self, news: Seen) -> None:
        """Read on another node."""
        for user, conversation, seq in news.marks:
            self._taken_away(user, conversation, seq)

    def _taken_away(self, user: str, conversation: str, seq: int) -> bool:
        if not 0 < self.newest.of(user, conversation) <= seq:
            return False
        self.newest.forget(user, conversation)
        self._spawn(self._take_away(user, conversation, seq))
        return True

    def _tell_read(self) -> None:
        """Another node may have told the devices of what was read here."""
        read, self._read = self._read, {}
        self.nodes.tell(Seen(tuple((user, conversation, seq) for (user, conversation), seq in read.items())))

    async def wake(self, job: Job) -> None:
        """Do a job: find out who has not read what was said since, and put a job for each of their devices."""
        conversation, now, begin = job.conversation, self._clock.now(), _round(job.data).after
        self._begin(job, begin, now)
        await self.arrived()
        roster = await self._rosters.find(conversation)
        if roster is None or roster.blockers:
            return
        lately = await self._lately(job, now)
        users, after = await self._page(roster, begin)
        chosen: dict[str, Entry] = {}
        young: list[int] = []
        connected = await self._connected(users) if lately.messages else frozenset()
        for user in users if lately.messages else ():
            if (member := roster.members.get(user)) is None:
                continue
            entry, wait = await self._unheard.of(member, lately, now, user in connected)
            young += [] if wait is None else [wait]
            if entry is not None and self.newest.of(user, conversation) < entry.seq:
                chosen[user] = entry
        told = await self._unheard.unblocked(chosen)
        jobs = await self._jobs(told, now)
        rest = now + self._pause(roster, len(users), len(told))
        if after:
            jobs.append(self._later(conversation, job.seq, rest, after))
        if young:
            jobs += self._ripening(roster, min(young), lately, rest)
        await self._put(jobs)
        for user, entry in told.items():
            self.newest.note(user, conversation, entry.seq)
        self._rested(conversation, rest, bool(after))

    async def _connected(self, users: Sequence[str]) -> frozenset[str]:
        """Those of the users who have a session somewhere: they are given time to look."""
        here = frozenset([user for user in users if self._sessions.of(user)])
        if not self.nodes.shared or len(here) == len(users):
            return here
        try:
            return here | frozenset(await self._stores.presence.locate([u for u in users if u not in here]))
        except StoreUnavailable:
            return here  # rather woken once too often

    def _begin(self, job: Job, after: str, now: int) -> None:
        """The job is pending no more: what is sent from here on, it may not see. A large conversation is gone
        through to the end before it is begun again: the job is put off."""
        conversation = job.conversation
        if self._pending.get(conversation, _END) <= job.due:
            del self._pending[conversation]
        until = self._under_way.get(conversation, 0)
        if not after and until > now:
            self._wait(conversation, until)
            raise Again(until - now, "it is under way already")

    async def _lately(self, job: Job, now: int) -> Said:
        """What was said since the job was made, and a while before: another may rely on this one for that."""
        entries = await self._stores.log.read(job.conversation, 0, _END, _LOOKED_AT, newest=True)
        return said(entry for entry in entries if entry.seq >= job.seq or entry.at > now - _HORIZON_MS)

    def _ripening(self, roster: Roster, seq: int, lately: Said, rest: int) -> list[Job]:
        """The job for when a message that is too young now is not any more. One that is pending before will do in a
        large conversation, where each costs much."""
        conversation, due = roster.conversation.id, lately.at(seq) + self._after_ms
        if len(roster.members) <= self._large:
            return [self._later(conversation, seq, due)]
        due = max(due, rest)
        return [] if self._pending.get(conversation, _END) <= due else [self._later(conversation, seq, due)]

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
        if due is None:
            return None
        return max(due, self._rest.get(conversation, 0), self._under_way.get(conversation, 0))

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
                data = _encode(Told(user, device.id, service=service_of(device)))
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

    def _pause(self, roster: Roster, looked: int, woken: int) -> int:
        """How long a conversation rests when so many people were looked at, and so many are woken up."""
        pause = max(looked * 1000 // _LOOKED_PER_S, int(woken * 1000 / self._per_s) if self._per_s else 0)
        return max(pause, _LOOKING_MS) if len(roster.members) > self._large else pause

    def _rested(self, conversation: str, rest: int, more: bool) -> None:
        """Until when nothing new is begun in a conversation, and whether it is not yet gone through."""
        self._rest[conversation] = rest
        self._under_way.pop(conversation, None)
        if more:
            self._under_way[conversation] = rest + _LATE_MS
        for times in (self._rest, self._under_way):
            if len(times) > _PAGE:
                now = self._clock.now()
                for old in [c for c, until in times.items() if until <= now]:
                    del times[old]
