"""Notify: tell one device of one message, if that still makes sense.

Rule: everything is looked up again at the last moment, because a job may be an hour old: whether the device is there,
the message was recalled, hidden or read, and whether these are quiet hours. A service that does not take it is tried
`TRIES` times in about an hour, or when it asks us to come back; then the job is a dead letter. Neither words nor tokens
are logged, nor do they stand in jobs. Called by the worker.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import msgspec
import structlog

from teahouse.engine import fresh
from teahouse.engine.history import Reader
from teahouse.engine.push import Push
from teahouse.engine.quiet import is_quiet
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.sight import HIDDEN
from teahouse.engine.stores import PushStores, Stores
from teahouse.engine.sync import is_muted, title_of
from teahouse.engine.tally import Tally
from teahouse.engine.told import Told
from teahouse.engine.unheard import is_mentioned
from teahouse.engine.worker import Again, GiveUp
from teahouse.model.conversations import ConversationKind
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.jobs import Job
from teahouse.model.people import User
from teahouse.model.push import Notice, Notifications, PushDevice
from teahouse.model.results import View
from teahouse.ports.push import DeviceGone, NotTaken, TryLater

_log = structlog.get_logger("teahouse.engine")

TRIES = 5
PAUSES_S = (60, 300, 900, 2100)
"""Between the tries of one notification; up to a fifth more by chance. Together not quite an hour."""
LONGEST_S = 3600
REST_MS = 400
"""So long, and up to twice as long, a job whose service is left alone keeps its place in the worker."""
PREVIEW = 80
"""Characters of what was written."""
_CUT = "…"
_REMEMBERED = 1000
_WISHES = Notifications()


class _Body(msgspec.Struct, frozen=True):
    type: str = ""
    text: str | None = None
    title: str = ""
    name: str = ""


class _Said(msgspec.Struct):
    body: _Body = _Body()


_told = msgspec.json.Decoder(Told).decode
_said = msgspec.json.Decoder(_Said).decode


class Notify:
    """`badge` counts what a user has not read; `tally` what services said."""

    def __init__(
        self, stores: Stores, ports: PushStores, rosters: Rosters, reader: Reader, push: Push
    ) -> None:
        self._stores = stores
        self._ports = ports
        self._rosters = rosters
        self._reader = reader
        self._push = push
        self.badge: Callable[[User], Awaitable[int]]
        self.tally = Tally()
        self._resting: dict[str, float] = {}  # by service: until when it is left alone

    async def tell(self, job: Job) -> None:
        """Do a job."""
        told = _told(job.data)
        if told.read:
            await self._take_away(told, job)
            return
        if self._push.newest.of(told.user, job.conversation) > job.seq:
            return  # a newer one takes its place
        await self._rest(told.service, job.attempt)
        device = await self.device(told.user, told.device)
        if device is None:
            return
        if self._rests(told.service, device):
            await self._rest(told.service, job.attempt)
        notice = await self._notice(told.user, job)
        if notice is not None:
            await self._send(device, notice, job.attempt)

    async def _take_away(self, told: Told, job: Job) -> None:
        """Tried once: the next notification, or opening the app, does as well."""
        device = await self.device(told.user, told.device)
        if device is None or self._push.newest.of(told.user, job.conversation):
            return  # what was told since took its place
        badge = await self.badge(User(told.user, ""))
        notice = Notice(
            type="read",
            conversation=job.conversation,
            seq=job.seq,
            badge=badge,
            tag=job.conversation,
            at=self._stores.clock.now(),
        )
        with suppress(DeviceGone, NotTaken, TryLater):
            await self.send(device, notice)

    async def device(self, user: str, device: str) -> PushDevice | None:
        mine = (await self._ports.devices.of([user])).get(user, ())
        return next((one for one in mine if one.id == device), None)

    async def send(self, device: PushDevice, notice: Notice) -> None:
        """Now, and once. Raises TryLater or NotTaken; a device that is gone is forgotten, and DeviceGone raised."""
        pusher = self._ports.pushers.get(device.kind)
        if pusher is None:
            raise NotTaken(f"{device.kind}: not set up on this server")
        outcome = "failed"
        try:
            await pusher.push(device, notice)
            outcome = "taken"
        except TryLater:
            outcome = "later"
            raise
        except NotTaken:
            outcome = "refused"
            raise
        except DeviceGone:
            outcome = "gone"
            _log.info("a device is gone", device=device.id, user=device.user, kind=device.kind)
            await self._ports.devices.drop(device.user, device.id)
            raise
        finally:
            self.tally.pushes[device.kind, outcome] += 1

    def _rests(self, service: str, device: PushDevice) -> bool:
        """Whether the service is left alone; the next jobs for it know that without looking anything up."""
        pusher = self._ports.pushers.get(device.kind)
        rest_s = 0.0 if pusher is None else pusher.rests_s(device)
        if rest_s:
            if len(self._resting) >= _REMEMBERED:
                self._resting.clear()
            self._resting[service] = self._stores.clock.monotonic() + rest_s
        return bool(rest_s)

    async def _rest(self, service: str, attempt: int) -> None:
        """Where the service is known to be left alone, put the job off, and not faster than so many a second, nor many
        at once: thousands may wait for one that is dead."""
        rest_s = self._resting.get(service, 0.0) - self._stores.clock.monotonic()
        if rest_s > 0:
            await asyncio.sleep((REST_MS + fresh.jitter_ms(REST_MS)) / 1000)
            raise self._off(TryLater("the service does not answer", rest_s), attempt)

    async def _send(self, device: PushDevice, notice: Notice, attempt: int) -> None:
        try:
            await self.send(device, notice)
        except DeviceGone:
            return
        except NotTaken as error:
            raise GiveUp(str(error)) from error
        except TryLater as error:
            raise self._off(error, attempt) from error

    def _off(self, error: TryLater, attempt: int) -> Again | GiveUp:
        """When to come back, or that it was tried often enough."""
        if attempt >= TRIES:
            return GiveUp(f"{error} ({TRIES} tries)")
        pause_ms = PAUSES_S[max(attempt, 1) - 1] * 1000
        asked_ms = int(min(error.after_s, LONGEST_S) * 1000)
        return Again(max(pause_ms, asked_ms) + fresh.jitter_ms(pause_ms // 5), str(error))

    async def _notice(self, user: str, job: Job) -> Notice | None:
        """What to say of the message; None if there is nothing to say any more."""
        roster = await self._rosters.find(job.conversation)
        member = None if roster is None else roster.members.get(user)
        wishes = (await self._ports.notifications.wishes([user])).get(user, _WISHES)
        if roster is None or member is None or is_quiet(wishes.quiet, self._stores.clock.now()):
            return None
        reader = User(user, member.nick)
        view = await self._seen(roster, reader, job.seq)
        if view is None or not await self._wanted(user, view.entry):
            return None
        counts = await self._stores.cursors.unread(user, {job.conversation: member.joined})
        if counts[job.conversation].read >= job.seq:
            return None
        return Notice(
            type="message",
            conversation=job.conversation,
            seq=job.seq,
            title=title_of(roster, reader),
            body=preview(view, roster) if wishes.preview else None,
            badge=await self.badge(reader),
            tag=job.conversation,
            at=view.entry.at,
        )

    async def _wanted(self, user: str, entry: Entry) -> bool:
        """Neither muted nor blocked since the job was made."""
        marks = await self._stores.cursors.marks(user, [entry.conversation])
        mark = marks.get(entry.conversation)
        if mark is not None and is_muted(mark, self._stores.clock.now()) and not is_mentioned(entry, user):
            return False
        return not await self._stores.relations.blockers(entry.sender, [user])

    async def _seen(self, roster: Roster, user: User, seq: int) -> View | None:
        """The message as it is now, if this user may see it."""
        try:
            entry = await self._reader.entry(roster, user, seq)
        except Problem as problem:
            if problem.code is Code.NOT_FOUND:
                return None
            raise
        if entry.redacted or entry.content == HIDDEN:
            return None
        return await self._reader.state(entry, user)


def preview(view: View, roster: Roster) -> str:
    """The beginning of a message, with who wrote it where that is not clear; of one without words, its type."""
    try:
        body = _said(view.entry.content).body
    except msgspec.ValidationError:  # a body of a type of its clients' own
        body = _Body()
    words = " ".join((body.text or body.title or body.name).split()) or f"[{body.type or 'message'}]"
    if len(words) > PREVIEW:
        words = words[: PREVIEW - 1].rstrip() + _CUT
    direct = roster.conversation.kind is ConversationKind.DIRECT
    return words if direct else f"{view.entry.nick}: {words}"
