"""The verbs, put together: which object does which command. The engine's own composition, by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from teahouse.engine.attach import Attach
from teahouse.engine.attendance import Attendance
from teahouse.engine.authenticate import Authenticate
from teahouse.engine.avatars import refuse
from teahouse.engine.bans import Bans
from teahouse.engine.blocks import Blocks
from teahouse.engine.compose import Composer
from teahouse.engine.contacts import Contacts
from teahouse.engine.deliveries import DeliveryBook
from teahouse.engine.elsewhere import Elsewhere
from teahouse.engine.entrance import Entrance
from teahouse.engine.expiry import Expiry
from teahouse.engine.fanout import Fanout
from teahouse.engine.heartbeat import Heartbeat
from teahouse.engine.hide import Hiding
from teahouse.engine.history import Reader
from teahouse.engine.hooks import Webhooks
from teahouse.engine.keeper import Keeper
from teahouse.engine.lanes import LANE, Lanes
from teahouse.engine.membership import Membership
from teahouse.engine.nodes import Nodes
from teahouse.engine.notify import Notify
from teahouse.engine.outgoing import KIND as OUTGOING
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.outlet_book import OutletBook
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.places import Places
from teahouse.engine.placing import Placing
from teahouse.engine.preferences import Preferences
from teahouse.engine.prepare import Prepare, needs
from teahouse.engine.probe import Probe
from teahouse.engine.push import KIND as PUSH
from teahouse.engine.push import Push
from teahouse.engine.push_devices import PushBook
from teahouse.engine.quota import Quota
from teahouse.engine.readers import Readers
from teahouse.engine.receipts import Receipts
from teahouse.engine.recover import Recovery
from teahouse.engine.relay import Relay
from teahouse.engine.repair import Repair
from teahouse.engine.replays import REPLAY, Replays
from teahouse.engine.reporting import Reporting
from teahouse.engine.retention import RETAIN, Retention
from teahouse.engine.review import Review
from teahouse.engine.revise import Revise
from teahouse.engine.rosters import Rosters
from teahouse.engine.route import Route
from teahouse.engine.schedules import KIND, Scheduler
from teahouse.engine.screening import Screening
from teahouse.engine.search import Search
from teahouse.engine.sessions import Sessions
from teahouse.engine.slash import Commands
from teahouse.engine.streams import Streams
from teahouse.engine.sync import Synchronise
from teahouse.engine.told import NOTIFY
from teahouse.engine.tries import LAST, Tries
from teahouse.engine.typing import Typists
from teahouse.engine.upkeep import Upkeep
from teahouse.engine.whispers import Whispers
from teahouse.engine.worker import Do, Worker
from teahouse.model import commands
from teahouse.model.results import Pong, Result

if TYPE_CHECKING:
    from teahouse.engine.engine import Engine
    from teahouse.engine.options import EngineOptions
    from teahouse.engine.session import Session
    from teahouse.engine.stores import Stores


class Verbs:
    def __init__(
        self, stores: Stores, options: EngineOptions, node: str, server: str, engine: Engine
    ) -> None:
        clock = stores.clock
        self._clock = clock
        self._carry(stores, options, engine, node)
        rates = options.command_rate, options.send_rate, options.rare_rate
        self.quota = Quota(clock, *rates, stores.limits, stores.spending)
        composer = Composer(self.sessions, options.text_bytes, options.content_bytes)
        screening = Screening(stores.screens, clock)
        self.pipeline = Pipeline(stores, self.route, self.rosters, self.fanout, composer, screening)
        if stores.review is not None:
            self.pipeline.review = Review(stores.review, composer, clock)
        self.store = self.pipeline.store
        self.store.timeout_s = options.store_timeout_s
        self.store.most_waiting = options.store_queue
        self.route.opened = self.pipeline.opened
        self.pipeline.settled = engine.settled
        self.recovery.carries, self.recovery.leave = self.store.carries, self.fanout.leave
        self.pipeline.quota = self.quota
        self.reader = reader = Reader(stores, self.rosters, options.pins)
        self.recovery.shaded = reader.shaded
        self.search = Search(stores, self.rosters, self.route, reader)
        self.keeper = self._keeper(stores, options)
        self.authenticate = Authenticate(stores, options, self.sessions, self.fanout, reader, server)
        self.authenticate.dismiss = engine.dismiss
        self.guests = self.authenticate.guests
        self.guests.revoke, self.guests.take_call = engine.revoke, self.quota.take_call
        self.revise = Revise(self.pipeline, self.rosters, reader, clock, options)
        self._gather(stores, options)
        self._gather_programs(stores, options)
        self._attend(stores, options)
        self.heartbeat = Heartbeat(options, engine.second, engine.dismiss)
        self._make_later(stores, options, engine)
        self._meet(stores, options, engine)

    def _carry(self, stores: Stores, options: EngineOptions, engine: Engine, node: str) -> None:
        """What entries and events travel on."""
        self.nodes = Nodes(stores.broker, node)
        self.sessions = Sessions()
        self.sessions.came, self.sessions.went = self.nodes.came, self.nodes.went
        self.rosters = Rosters(
            stores.directory, stores.relations, options.cached_conversations, options.cached_members
        )
        self.recovery = Recovery(stores.log, options.page, options.catch_up)
        self.recovery.dismiss = engine.dismiss
        self.whispers = Whispers(self.sessions, self.nodes)
        self.fanout = Fanout(stores.log, self.nodes, self.sessions, self.recovery)
        self.route = Route(stores, self.rosters, self.sessions, self.nodes)

    def _meet(self, stores: Stores, options: EngineOptions, engine: Engine) -> None:
        """Other nodes: what they say and are told."""
        fanout = self.fanout
        self.placing: Placing = Placing(stores, self.rosters, self.route, self.sessions, fanout, self.reader)
        fanout.placing = self.placing.before, self.placing.after
        fanout.disorder.outdated = self.rosters.forget
        self.recovery.window = self.placing.window
        self.repair = Repair(self, stores, options, engine.dismiss)
        self.elsewhere = Elsewhere(self, engine.dismiss, stores.copies)

    def _attend(self, stores: Stores, options: EngineOptions) -> None:
        """Who is here, what they are doing, and how far they have come."""
        reader = self.reader
        self.deliveries = DeliveryBook(stores.deliveries, stores.clock)
        self.receipts = Receipts(stores, self.rosters, self.fanout, options)
        self.receipts.deliveries = self.deliveries
        self.authenticate.confirm = self.receipts.confirm_soon
        self.authenticate.wishes = self.receipts.came
        self.receipts.own = self.whispers.tell
        self.synchronise = Synchronise(stores, self.rosters, reader, self.receipts)
        self.typists = Typists(self.rosters, self.fanout, stores.clock, options.large_group)
        self.pipeline.typed = self.typists.stopped
        self.attendance: Attendance = Attendance(
            stores, options, self.sessions, self.rosters, self.fanout, self.blocks
        )
        self.attendance.whispers = self.whispers
        self.attendance.friends, self.attendance.contacts = self.contacts.friends, self.contacts.of
        self.attendance.parted = self._parted
        self.guests.renamed = self.attendance.renamed
        self.authenticate.prepare = self._learn
        self.authenticate.state = self.attendance.state
        self.authenticate.came = self.attendance.came
        self.preferences = Preferences(stores.cursors, stores.preferences, self.rosters)
        self.preferences.changed = self.receipts.wished

    def _make_later(self, stores: Stores, options: EngineOptions, engine: Engine) -> None:
        """What happens to messages besides being sent at once, and who does the jobs that follow from it."""
        reader, pipeline = self.reader, self.pipeline
        self.prepare = Prepare(stores, pipeline, self.route, self.rosters, reader)
        pipeline.needs, pipeline.prepare = needs, self.prepare.send
        self.expiry = Expiry(stores, pipeline, self.rosters, self.places)
        self.scheduler = Scheduler(stores, pipeline.composer, self.whispers)
        self.prepare.schedule, self.scheduler.call = self.scheduler.add, engine.call
        self.hiding = Hiding(stores, self.rosters, reader, self.whispers)
        self.readers = Readers(stores, self.rosters, reader, options)
        self.streams = Streams(pipeline, self.route, self.fanout, stores.clock, options)
        self.streams.thread = self.prepare.thread
        self.recovery.lived = self.streams.arrived
        self.relay: Relay = Relay(self.nodes, self.streams.has, engine.call)
        self.streams.elsewhere = self.relay.ask
        self.retention = Retention(stores, options)
        does: dict[str, Do] = {"expire": self.expiry.erase, KIND: self.scheduler.send}
        does |= {RETAIN: self.retention.go} | self._wake_up(stores, options) | self._tell_outside(stores)
        self.worker = Worker(stores.jobs, stores.clock, options.job_attempts, does, self.fanout.tally)
        self.worker.shared = self._is_shared
        pipeline.queued = self.scheduler.poke = self.retention.poke = self.worker.poke
        if pipeline.push is not None:
            pipeline.push.poke, pipeline.push.arrived = self.worker.poke, self.store.arrived
        for teller in self.telling or ():
            teller.poke = self.worker.poke

    def _wake_up(self, stores: Stores, options: EngineOptions) -> dict[str, Do]:
        """Who is woken up by what is said, if this server does that; the jobs of it."""
        self.push_book: PushBook | None = None
        if stores.push is None:
            return {}
        push = self.pipeline.push = Push(stores, stores.push, self.rosters, self.sessions, options)
        notify = Notify(stores, stores.push, self.rosters, self.reader, push)
        push.nodes = self.nodes
        notify.badge, notify.tally = self.synchronise.badge, self.fanout.tally
        self.receipts.seen = push.read
        self.push_book = PushBook(stores.push, push, notify, stores.clock, options)
        self.push_book.take_call = self.quota.take_call
        return {PUSH: push.wake, NOTIFY: notify.tell}

    def _tell_outside(self, stores: Stores) -> dict[str, Do]:
        """Who outside is told, if this server does that; the jobs of it."""
        self.outlets: OutletBook | None = None
        self.telling: tuple[Outgoing, Tries, Lanes, Replays] | None = None
        if stores.outgoing is None:
            return {}
        outgoing = self.pipeline.outgoing = Outgoing(stores, stores.outgoing)
        tries = Tries(stores, stores.outgoing, outgoing)
        lanes = Lanes(stores, stores.outgoing, outgoing, tries)
        replays = Replays(stores, stores.outgoing, outgoing, tries)
        self.telling = outgoing, tries, lanes, replays
        self.outlets = OutletBook(stores, self.rosters, outgoing, replays, stores.outgoing.options)
        self.outlets.take_call = self.quota.take_call
        self.outlets.probe = Probe(stores.outgoing, tries.deliverer, stores.clock).go
        outgoing.forgotten = [tries.forget]
        outgoing.nodes, lanes.arrived = self.nodes, self.store.arrived
        tries.deliverer.tally = self.fanout.tally
        return {OUTGOING: lanes.split, LANE: lanes.go, LAST: tries.last, REPLAY: replays.go}

    def _gather(self, stores: Stores, options: EngineOptions) -> None:
        """Who is in a conversation, and what people make of one another."""
        route, rosters = self.route, self.rosters
        self.places = places = Places(stores, self.pipeline, route, rosters, self.fanout, options)
        self.membership = Membership(places, rosters, stores.clock, options)
        self.entrance = Entrance(stores, places, rosters, self.quota, options)
        self.membership.by_link = self.entrance.by_link
        self.membership.ask = self.entrance.ask
        self.bans = Bans(places, route, rosters, stores.clock)
        self.upkeep = Upkeep(places, rosters)
        self.upkeep.picture = refuse if self.keeper is None else self.keeper.avatars.check
        self.blocks = Blocks(stores, route, rosters, self.sessions)
        self.contacts = Contacts(stores, route, self.sessions)
        self.reporting = Reporting(stores, route, rosters, self.reader, self.quota)

    def _keeper(self, stores: Stores, options: EngineOptions) -> Keeper | None:
        """Files, if there are any here, and the bodies that carry them."""
        if stores.filing is None:
            self.pipeline.attach = Attach(None)
            return None
        keeper = Keeper(stores.filing, self._clock, self.rosters, self.reader, options.store_timeout_s)
        keeper.take_call = self.quota.take_call
        self.pipeline.attach = Attach(keeper.shelf)
        return keeper

    def _gather_programs(self, stores: Stores, options: EngineOptions) -> None:
        """What is for bots and webhooks."""
        self.pipeline.commands = self.commands = Commands(stores, self.rosters, self.sessions)
        posting = self.quota.buckets("posts", options.post_rate)
        self.webhooks = Webhooks(stores, self.pipeline, self.rosters, posting)

    async def _learn(self, user: str) -> None:
        """Somebody comes: what must be known of them."""
        await self.relate(user)
        await self.attendance.learn(user)

    async def relate(self, user: str) -> None:
        """Whom somebody who is here has blocked, and keeps as a contact."""
        await self.blocks.learn(user)
        await self.contacts.learn(user)

    def _parted(self, user: str) -> None:
        self.blocks.forget(user)
        self.contacts.forget(user)

    def _is_shared(self) -> bool:
        return self.nodes.shared

    def handlers(self) -> dict[type, Callable[[Session, Any], Awaitable[Result | None] | Result | None]]:
        """Which function does which command."""
        return {
            commands.Hello: self.authenticate.hello,
            commands.Ping: self._ping,
            commands.Send: self.pipeline.send,
            commands.Edit: self.revise.edit,
            commands.Recall: self.revise.recall,
            commands.React: self.revise.react,
            commands.Pin: self._pin,
            commands.Read: self.receipts.read,
            commands.Delivered: self.receipts.delivered,
            commands.Typing: self.typists.typing,
            commands.History: self.reader.history,
            commands.Search: self.search.search,
            commands.Sync: self.synchronise.sync,
            commands.Conversations: self.synchronise.conversations,
            commands.Online: self.attendance.online,
            commands.Members: self.attendance.members,
            commands.Presence: self.attendance.presence,
            commands.Create: self.membership.create,
            commands.Join: self.membership.join,
            commands.Leave: self.membership.leave,
            commands.Invite: self.membership.invite,
            commands.Kick: self.membership.kick,
            commands.Role: self.membership.role,
            commands.Mute: self._mute,
            commands.Archive: self.preferences.archive,
            **self._governing(),
            **self._later(),
            **self._programs(),
        }

    def _later(self) -> dict[type, Callable[[Session, Any], Awaitable[Result | None] | Result | None]]:
        return {
            commands.Preferences: self.preferences.prefer,
            commands.Pins: self.reader.pins,
            commands.Readers: self.readers.readers,
            commands.Receipts: self.readers.receipts,
            commands.Hide: self.hiding.hide,
            commands.Clear: self.hiding.clear,
            commands.Expire: self.expiry.expire,
            commands.Schedules: self.scheduler.list,
            commands.Reschedule: self.scheduler.change,
            commands.Cancel: self.scheduler.cancel,
            commands.Stream: self.streams.stream,
        }

    def _programs(self) -> dict[type, Callable[[Session, Any], Awaitable[Result | None] | Result | None]]:
        return {
            commands.Slash: self.commands.slash,
            commands.MakeHook: self.webhooks.make,
            commands.ListHooks: self.webhooks.of,
            commands.TurnHook: self.webhooks.turn,
            commands.DropHook: self.webhooks.drop,
            commands.Post: self.webhooks.post,
            commands.End: self.upkeep.end,
        }

    def _governing(self) -> dict[type, Callable[[Session, Any], Awaitable[Result | None] | Result | None]]:
        return {
            commands.Conversation: self.upkeep.conversation,
            commands.Update: self.upkeep.update,
            commands.Dissolve: self.upkeep.dissolve,
            commands.Ban: self.bans.ban,
            commands.Unban: self.bans.unban,
            commands.Bans: self.bans.bans,
            commands.Link: self.entrance.link,
            commands.Links: self.entrance.links,
            commands.Unlink: self.entrance.unlink,
            commands.Preview: self.entrance.preview,
            commands.Requests: self.entrance.requests,
            commands.Approve: self.entrance.approve,
            commands.Reject: self.entrance.reject,
            commands.Block: self.blocks.block,
            commands.Unblock: self.blocks.unblock,
            commands.Blocks: self.blocks.blocks,
            commands.Contact: self.contacts.contact,
            commands.Contacts: self.contacts.contacts,
            commands.Report: self.reporting.report,
        }

    def _ping(self, _session: Session, _command: commands.Ping) -> Pong:
        return Pong(self._clock.now())

    def _pin(self, session: Session, command: commands.Pin) -> Awaitable[Result | None]:
        if command.seq is None:
            return self.preferences.pin(session, command)
        return self.revise.pin(session, command, command.seq)

    def _mute(self, session: Session, command: commands.Mute) -> Awaitable[Result | None]:
        if command.user is None:
            return self.preferences.mute(session, command)
        return self.membership.mute(session, command, command.user)

    async def start(self) -> None:
        self.nodes.start()
        await self.nodes.settled()
        await self.route.start()
        for began in (self.pipeline.push, self.pipeline.outgoing, self.retention):
            if began is not None:
                await began.start()
        self.worker.start()
        await self.commands.start()
        if self.keeper is not None:
            self.keeper.start()
        self.repair.start()
        self.quota.spender.start()

    async def stop(self) -> None:
        await self.quota.spender.stop()
        await self.repair.stop()
        await self.elsewhere.stop()
        await self.relay.stop()
        await self.placing.stop()
        await self.fanout.disorder.stop()
        await self.worker.stop()
        for began in (self.pipeline.push, self.pipeline.outgoing, self.retention):
            if began is not None:
                await began.stop()
        self.streams.stop()
        if self.keeper is not None:
            await self.keeper.stop()
        self.attendance.stop()
        self.guests.stop()
        self.receipts.stop()
        self.typists.stop()
        await self.recovery.stop()
        await self.deliveries.stop()
