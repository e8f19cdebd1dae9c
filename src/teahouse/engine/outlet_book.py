"""The book of outlets: who makes, sees, changes and drops outgoing webhooks, and has them told again.

Rule: those of a conversation are its owner's and admins', those of the server its administrators', who see and may
pause and drop the others, too. A secret is told once, to whoever makes or turns it. Each change and its record are one
transaction. Called by REST and by the control socket.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.options import OutgoingOptions
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.probe import Probed
from teahouse.engine.replays import END, Replay, Replays
from teahouse.engine.rosters import Rosters
from teahouse.engine.route import access_manager
from teahouse.engine.stores import Stores
from teahouse.model.audit import Detail, Record
from teahouse.model.caller import Caller
from teahouse.model.changes import Audited
from teahouse.model.conversations import ConversationKind
from teahouse.model.errors import Code, Problem
from teahouse.model.outlets import Outlet

MOST = 20
"""Outgoing webhooks of one conversation."""
MOST_OF_SERVER = 100
_DAY_MS = 86_400_000
PAUSED = "by hand"


class By(NamedTuple):
    """Who does it, and from where. `conversation`: as owner or admin of this one; empty: as administrator."""

    caller: Caller
    address: str
    conversation: str = ""


class Wanted(NamedTuple):
    """What one wants of a webhook."""

    url: str
    name: str = ""
    kinds: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()


class OutletBook:
    """`take_call` counts what a user asks, and refuses what is too much; `probe` makes a test delivery."""

    def __init__(
        self, stores: Stores, rosters: Rosters, outgoing: Outgoing, replays: Replays, options: OutgoingOptions
    ) -> None:
        self._clock = stores.clock
        self._rosters = rosters
        self._outgoing = outgoing
        self._replays = replays
        self._options = options
        self.take_call: Callable[[str], None]
        self.probe: Callable[[Outlet, bool], Awaitable[Probed]]

    async def make(self, by: By, wanted: Wanted) -> Outlet:
        await self._admit(by)
        if by.conversation and not self._options.by_owners:
            raise Problem(Code.FORBIDDEN, "on this server only administrators make outgoing webhooks")
        self._check(wanted)
        there = sum(outlet.conversation == by.conversation for outlet in self._outgoing.all())
        most = MOST if by.conversation else MOST_OF_SERVER
        if there >= most:
            raise Problem(Code.CONFLICT, f"there are {most} outgoing webhooks already; drop one first")
        now = self._clock.now()
        outlet = Outlet(
            id=fresh.outlet_id(),
            url=wanted.url,
            secret=fresh.outlet_secret(),
            creator=by.caller.user.id,
            created=now,
            since=now,
            conversation=by.conversation,
            conversations=wanted.conversations,
            kinds=wanted.kinds,
            name=wanted.name,
        )
        await self._outgoing.add(outlet, [self._record(by, outlet, "created")])
        return outlet

    async def of(self, by: By, after: str = "", limit: int = 1000) -> Sequence[Outlet]:
        """Those of the conversation; for administrators, all there are. In order of id."""
        await self._admit(by)
        mine = [o for o in self._outgoing.all() if not by.conversation or o.conversation == by.conversation]
        return sorted((o for o in mine if o.id > after), key=lambda o: o.id)[:limit]

    async def one(self, by: By, outlet: str) -> Outlet:
        await self._admit(by)
        return self._mine(by, outlet)

    async def change(self, by: By, outlet: str, how: Callable[[Outlet], Outlet]) -> Outlet:
        """Other settings. Where to and what of an outlet of a conversation is decided by that conversation."""
        known = await self.one(by, outlet)
        if not by.conversation and known.conversation:
            raise Problem(Code.FORBIDDEN, "this one belongs to a conversation: pause it or drop it")
        changed = how(known)
        self._check(Wanted(changed.url, changed.name, changed.kinds, changed.conversations))
        elsewhere = {"failing": 0, "cause": ""} if changed.url != known.url else {}
        return await self._change(by, outlet, lambda o: replace(how(o), **elsewhere), "changed")

    async def turn(self, by: By, outlet: str) -> Outlet:
        """A new secret. The one before signs, too, for a day."""
        known = await self.one(by, outlet)
        if not by.conversation and known.conversation:
            raise Problem(Code.FORBIDDEN, "this one belongs to a conversation: pause it or drop it")
        secret, until = fresh.outlet_secret(), self._clock.now() + _DAY_MS
        return await self._change(
            by, outlet, lambda o: replace(o, former=o.secret, former_until=until, secret=secret), "turned"
        )

    async def pause(self, by: By, outlet: str, paused: bool) -> Outlet:
        """What happens while it is paused is not told; a replay tells it."""
        known = await self.one(by, outlet)
        if bool(known.paused) == paused:
            return known
        if paused:
            return await self._change(by, outlet, lambda o: replace(o, paused=PAUSED), "paused")
        now = self._clock.now()
        return await self._change(
            by,
            outlet,
            lambda o: replace(o, paused="", failing=0, cause="", since=max(now, o.since + 1)),
            "resumed",
        )

    async def drop(self, by: By, outlet: str) -> None:
        known = await self.one(by, outlet)
        await self._outgoing.drop(outlet, [self._record(by, known, "dropped")])

    async def replay(self, by: By, outlet: str, wanted: Replay) -> None:
        """Tell it again of what happened. Of a conversation it hears, by seq or by time; without one, of all, by
        time."""
        known = await self.one(by, outlet)
        if known.paused:
            raise Problem(Code.CONFLICT, "the webhook is paused; turn it on first")
        if wanted.conversation and not known.hears(wanted.conversation):
            raise Problem(Code.NOT_FOUND, "the webhook hears no such conversation")
        if by.conversation:  # what they may not read themselves, they have told to nobody
            roster = await self._rosters.load(by.conversation)
            after, upto = roster.readable(by.caller.user) or (END, END)
            wanted = replace(wanted, after=max(wanted.after, after), upto=min(wanted.upto, upto or END))
        await self._replays.begin(known, wanted)

    async def test(self, by: By, outlet: str) -> Probed:
        """Tell it of nothing, at once, and see what it answers."""
        return await self.probe(await self.one(by, outlet), not by.conversation)

    async def _admit(self, by: By) -> None:
        self.take_call(by.caller.user.id)
        if not by.conversation:
            return  # who may ask so is an administrator
        roster = await self._rosters.load(by.conversation)
        access_manager(roster, by.caller.user)
        if roster.conversation.kind is ConversationKind.DIRECT:
            raise Problem(Code.BAD_REQUEST, "a direct conversation has no webhooks; make a group")

    def _mine(self, by: By, outlet: str) -> Outlet:
        """An outlet of this conversation: one of another is not there."""
        found = self._outgoing.find(outlet)
        if found is None or (by.conversation and found.conversation != by.conversation):
            raise Problem(Code.NOT_FOUND, f"there is no outgoing webhook {outlet[:80]!r} here")
        return found

    def _check(self, wanted: Wanted) -> None:
        if not wanted.url.startswith("https://") and not self._options.http:
            raise Problem(Code.BAD_REQUEST, "the address must be https; see the setting outgoing.http")

    async def _change(self, by: By, outlet: str, how: Callable[[Outlet], Outlet], action: str) -> Outlet:
        known = self._mine(by, outlet)
        changed = await self._outgoing.change(outlet, how, [self._record(by, known, action)])
        if changed is None:
            raise Problem(Code.NOT_FOUND, f"there is no outgoing webhook {outlet[:80]!r} here")
        return changed

    def _record(self, by: By, outlet: Outlet, action: str) -> Audited:
        details: dict[str, Detail] = {"conversation": outlet.conversation, "name": outlet.name}
        record = Record(
            self._clock.now(), by.caller.user.id, f"outlet.{action}", outlet.id, by.address, details
        )
        return Audited(record)
