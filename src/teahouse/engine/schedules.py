"""Schedules: messages that are written now and sent later.

Rule: a schedule is kept with the job that will remind of it, in one transaction. When it is due, it is sent like any
message, with all the checks of that moment, and with its own id as idempotency key: so it is sent once, also if the
process dies between the send and the note that it was done. Where it is refused, its writer is told, and the schedule
stays in their list until they cancel it.
"""

from collections.abc import Awaitable, Callable
from hashlib import blake2b

import msgspec
import structlog
from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.compose import Composer
from teahouse.engine.rosters import Roster
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.engine.whispers import Whispers
from teahouse.model.caller import Caller
from teahouse.model.commands import AnyCommand, Cancel, Reschedule, Send
from teahouse.model.commands import Schedules as ListSchedules
from teahouse.model.errors import RETRYABLE, Code, Problem
from teahouse.model.events import Notice
from teahouse.model.jobs import Job
from teahouse.model.people import User
from teahouse.model.results import Done, Result, Scheduled, ScheduleList
from teahouse.model.schedules import Schedule

_log = structlog.get_logger("teahouse.engine")

KIND = "send"
LONGEST_MS = 366 * 86_400_000
MOST = 100
"""Schedules of one user."""

_encode = msgspec.json.Encoder().encode
_send = msgspec.json.Decoder(Send).decode


class _Reminder(msgspec.Struct):
    schedule: str


_reminder = msgspec.json.Decoder(_Reminder).decode


class Scheduler:
    """`call` does a command in somebody's name, `poke` tells the worker of a job, `whispers` tell what failed."""

    def __init__(self, stores: Stores, composer: Composer, whispers: Whispers) -> None:
        self._stores = stores
        self._clock = stores.clock
        self._composer = composer
        self._whispers = whispers
        self.call: Callable[[Caller, AnyCommand], Awaitable[Result]]
        self.poke: Callable[[int], None]

    async def add(self, session: Session, command: Send, roster: Roster) -> Scheduled:
        """Keep a send until its time. The same cid again finds the schedule it made."""
        user = session.identity
        if session.scopes is not None:
            raise Problem(Code.FORBIDDEN, "a bot sends when it is time; only people schedule")
        assert command.at is not None
        self._check_time(command.at)
        if command.forward is None:
            self._composer.body(command.text, command.body)  # refused now, not when it is due
        schedule = fresh.schedule_id() if command.cid is None else _derived(user.id, command.cid)
        if (known := await self._stores.schedules.get(schedule)) is not None:
            return _shown(known)
        if len(await self._stores.schedules.of(user.id)) >= MOST:
            raise Problem(Code.CONFLICT, f"more than {MOST} messages wait to be sent; cancel some first")
        conversation = roster.conversation.id
        send = replace(command, id=None, to=conversation, cid=schedule, at=None)
        made = Schedule(schedule, user.id, conversation, command.at, _encode(send))
        await self._stores.schedules.add(made, self._job(made))
        self.poke(made.at)
        return _shown(made)

    async def list(self, session: Session, _command: ListSchedules) -> ScheduleList:
        """One's own, by time; those that failed, too."""
        return ScheduleList(tuple(_shown(s) for s in await self._stores.schedules.of(session.identity.id)))

    async def change(self, session: Session, command: Reschedule) -> Scheduled:
        """Another time, other words, or both. One that failed waits again."""
        schedule = await self._own(session, command.schedule)
        at = schedule.at if command.at is None else command.at
        self._check_time(at)
        send = _send(schedule.send)
        if command.text is not None or command.body is not None:
            self._composer.body(command.text, command.body)
            if send.forward is not None:
                raise Problem(Code.BAD_REQUEST, "a forwarded message says what the original says")
            send = replace(send, text=command.text, body=command.body)
        changed = replace(schedule, at=at, send=_encode(send), failed="", why="")
        if not await self._stores.schedules.change(changed, self._job(changed)):
            raise _unknown(command.schedule)
        self.poke(at)
        return _shown(changed)

    async def cancel(self, session: Session, command: Cancel) -> Done:
        """It is not sent, if it was not yet."""
        if not await self._stores.schedules.remove(session.identity.id, command.schedule):
            raise _unknown(command.schedule)
        return Done()

    async def send(self, job: Job) -> None:
        """A schedule may be due. One that was cancelled or put off is not."""
        schedule = await self._stores.schedules.get(_reminder(job.data).schedule)
        if schedule is None or schedule.failed or schedule.at > self._clock.now():
            return
        user = await self._author(schedule)
        if user is not None:
            try:
                await self.call(Caller(user), replace(_send(schedule.send), id=0))
            except Problem as problem:
                if problem.code in RETRYABLE:
                    raise
                if problem.code is not Code.IDEMPOTENCY_CONFLICT:  # that one says: it was sent before
                    await self._refused(schedule, problem)
                    return
        await self._stores.schedules.remove(schedule.user, schedule.id)

    async def _author(self, schedule: Schedule) -> User | None:
        """In whose name it is sent; None if they are gone, or their account is disabled."""
        standings = self._stores.standings
        if standings is not None and not await standings.stands(schedule.user):
            return None
        return await self._stores.users.user(schedule.user)

    async def _refused(self, schedule: Schedule, problem: Problem) -> None:
        failed = replace(schedule, failed=problem.code.value, why=problem.message)
        await self._stores.schedules.change(failed, self._job(failed))
        text = f"a scheduled message was not sent: {problem.message}"
        self._whispers.tell(schedule.user, Notice("schedule_failed", text))

    async def _own(self, session: Session, schedule: str) -> Schedule:
        found = await self._stores.schedules.get(schedule)
        if found is None or found.user != session.identity.id:
            raise _unknown(schedule)
        return found

    def _check_time(self, at: int) -> None:
        now = self._clock.now()
        if not now < at <= now + LONGEST_MS:
            raise Problem(Code.BAD_REQUEST, "at must be in the future, and within a year (milliseconds UTC)")

    def _job(self, schedule: Schedule) -> Job:
        """A new one for each change, with an id of its own: those before it find that it is not their time."""
        data = _encode(_Reminder(schedule.id))
        return Job(KIND, f"{KIND}:{schedule.id}:{fresh.schedule_id()}", schedule.at, data, urgent=True)


def _derived(user: str, cid: str) -> str:
    return "t" + blake2b(f"{user}\0{cid}".encode(), digest_size=16).hexdigest()


def _unknown(schedule: str) -> Problem:
    return Problem(Code.NOT_FOUND, f"no message of yours waits as {schedule[:80]!r}; it may have been sent")


def _shown(schedule: Schedule) -> Scheduled:
    send = _send(schedule.send)
    body = {"type": "text", "text": send.text} if send.text is not None else send.body
    return Scheduled(
        schedule.id,
        schedule.conversation,
        schedule.at,
        body,
        tuple(send.forward or ()),
        send.reply_to,
        send.thread,
        schedule.failed,
        schedule.why,
    )
