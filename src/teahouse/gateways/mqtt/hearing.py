"""What the engine says to one client of MQTT, and which of it becomes packets.

Rule: what everybody gets is written as it is; only who wants it otherwise costs more. Base of link.py, which is about
what the client says.
"""

from collections.abc import Callable
from functools import partial
from zlib import crc32

from msgspec.structs import replace

from teahouse.engine.session import Session
from teahouse.gateways.connected import ConnectedLink
from teahouse.gateways.mqtt import naming
from teahouse.gateways.mqtt.applied import Applied, applied_of
from teahouse.gateways.mqtt.context import MqttContext
from teahouse.gateways.mqtt.intake import Intake
from teahouse.gateways.mqtt.outbox import NOWHERE, Outbox
from teahouse.gateways.mqtt.plans import Plan, Subscriptions
from teahouse.gateways.mqtt.sharing import Batch, applied_packet, at_most_once, cut
from teahouse.gateways.mqtt.stays import Keeper
from teahouse.model.caller import Caller
from teahouse.model.people import User
from teahouse.wire.mqtt import parcels
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import Publish, Will
from teahouse.wire.mqtt.parcels import ENTRY, EVENT, WIRE, Parcel
from teahouse.wire.mqtt.topics import is_shared

NEW, ENTERING, IN = range(3)
"""Before CONNECT, until CONNACK, after it."""


class HearingLink(ConnectedLink):
    """`version` is 0 before CONNECT. `largest` is the client's maximum packet size. `cursors` and `keeper` are there if
    the session outlasts the connection."""

    __slots__ = (
        "_stage",
        "caller",
        "client",
        "cursors",
        "intake",
        "keep_alive",
        "keeper",
        "largest",
        "outbox",
        "send",
        "subscriptions",
        "tells_why",
        "user",
        "version",
        "will",
    )

    wire = WIRE
    gateway = "mqtt"
    _context: MqttContext

    def __init__(self, context: MqttContext) -> None:
        super().__init__(context)
        self._stage = NEW
        self.version = 0
        self.client = ""
        self.user: User | None = None
        self.keep_alive = 0
        self.largest = 1 << 30
        self.tells_why = True
        self.subscriptions: Subscriptions
        self.outbox: Outbox
        self.intake: Intake
        self.keeper: Keeper | None = None
        self.cursors: dict[str, int] | None = None
        self.will: Will | None = None
        self.send: Callable[[bytes], None]
        self.caller: Caller

    def _take(self, data: bytes) -> None:
        batch = self._context.shared.opened.batch(data)
        name = batch.conversation
        if name is None or name == self._context.shared.tree.conversation:
            for index, parcel in enumerate(batch.parcels):
                self._take_one(batch, index, parcel)
            return
        if self._stage != IN:
            return  # a session that comes back reads it from the log, a new one has subscribed to nothing
        if self.cursors is not None:
            self.cursors[name] = batch.parcels[-1].number
        plan = self.plan(name)
        if plan is None:
            return
        if plan.plain:
            stream, largest = batch.stream(plan.form)
            if largest <= self.largest:
                self.send(stream)
                return
        for index, parcel in enumerate(batch.parcels):
            self._give(batch, index, parcel, plan)

    def plan(self, conversation: str) -> Plan | None:
        """What the client wants of a conversation."""
        try:
            return self.subscriptions.known(conversation)
        except KeyError:
            return self.subscriptions.plan(conversation, naming.topics_of(conversation))

    def _take_one(self, batch: Batch, index: int, parcel: Parcel) -> None:
        if parcel.kind == parcels.ANSWER:
            self.intake.answered(parcel, batch.is_echoed(index))
        elif parcel.kind == parcels.FAILURE:
            self.intake.failed(parcel)
        elif self._stage != IN or parcel.kind == parcels.GOODBYE:
            return
        elif parcel.kind == parcels.EVENT:
            if not self._is_applied(batch, index, parcel.labels[1]):
                self._tell(parcel)
        else:
            conversation = parcel.labels[0]
            if self.cursors is not None:
                self.cursors[conversation] = parcel.number
            if self._is_applied(batch, index, conversation):
                return
            if (plan := self.plan(conversation)) is not None:
                self._give(batch, index, parcel, plan)

    def _give(self, batch: Batch, index: int, parcel: Parcel, plan: Plan) -> None:
        """One entry, at the quality of service it is wanted at. What is larger than the client takes is as good as
        sent (MQTT-3.1.2-25)."""
        place = (parcel.labels[0], parcel.number)
        if not self._is_for(batch, index, place, plan):
            return
        if plan.qos:
            template = batch.template(index, plan.form)
            if len(template) <= self.largest:
                self.outbox.put(place, plan.qos, template)
        else:
            self.send_small(at_most_once(parcel, plan.form))

    def _is_for(self, batch: Batch, index: int, place: tuple[str, int], plan: Plan) -> bool:
        if not plan.echoes and (batch.is_echo(index) or self.intake.is_own(place)):
            return False
        return not plan.groups or self._context.shared.groups.is_turn_of(self, plan.groups, *place)

    def _is_applied(self, batch: Batch, index: int, conversation: str) -> bool:
        """Whether it is a message of an application; then it is told under its own topic, if it is wanted."""
        tree = self._context.shared.tree
        if conversation != tree.conversation or (applied := batch.applied(index, tree)) is None:
            return False
        plan, parcel = self._plan_of(applied.topic), batch.parcels[index]
        is_entry = parcel.kind == ENTRY
        place = (conversation, parcel.number if is_entry else crc32(parcel.body))
        if plan is None or not self._is_for(batch, index, place, plan):
            return True
        retain = applied.retain and plan.as_published  # MQTT-3.3.1-12, -13
        qos = min(plan.qos, applied.qos) if is_entry else 0
        if qos:
            template = batch.applied_template(index, applied, plan.form, retain)
            if len(template) <= self.largest:
                self.outbox.put(place, qos, template)
        else:
            self.send_small(batch.applied_plain(index, applied, plan.form, retain))
        return True

    def tell_retained(self, applied: Applied, parcel: Parcel) -> None:
        """It, to who begins to listen."""
        plan = self._plan_of(applied.topic)
        if plan is None:
            return
        packet = applied_packet(applied, parcel, plan.form, retain=True)
        if qos := min(plan.qos, applied.qos):
            template = cut(replace(packet, qos=1, id=1), self.version)
            if len(template) <= self.largest:
                self.outbox.put((NOWHERE, parcel.number), qos, template)
        else:
            self.send_small(encode(packet, self.version))

    def _plan_of(self, topic: str) -> Plan | None:
        """Of a topic of applications."""
        try:
            return self.subscriptions.known(f"at {topic}")
        except KeyError:
            return self.subscriptions.plan(f"at {topic}", (topic,))

    def hear_own(self, packet: Publish) -> None:
        """What this client said to a topic of applications at QoS 0."""
        plan = self._plan_of(packet.topic)
        if plan is not None and plan.echoes and not plan.groups:
            own = Parcel(EVENT, 0, (), b"")
            self.send_small(encode(applied_packet(applied_of(packet), own, plan.form), self.version))

    def is_kept(self, conversation: str) -> bool:
        """Whether what was missed of it at QoS 1 and 2 is told to who comes back."""
        plan, tree = self.plan(conversation), self._context.shared.tree
        if plan is not None and plan.qos and not plan.groups:
            return True
        return conversation == tree.conversation and any(
            one.qos and not is_shared(one.filter) and tree.meets(one.filter) for one in self.subscriptions
        )

    def _tell(self, parcel: Parcel) -> None:
        """An event without a seq: once at most, and not kept for anybody."""
        place, whom = parcel.labels
        name = f"{place} {whom}"
        try:
            plan = self.subscriptions.known(name)
        except KeyError:
            plan = self.subscriptions.plan(name, self._topics(place, whom))
        if plan is not None:
            self.send_small(at_most_once(parcel, plan.form))

    def _topics(self, place: str, whom: str) -> tuple[str, ...]:
        if place == parcels.CHAT:
            return naming.topics_of(whom)
        if place == parcels.EVENTS:
            return naming.events_of(whom)
        if place == parcels.PRESENCE:
            return (naming.PRESENCE + whom,)
        return naming.inboxes(self.user.id if self.user is not None else "")

    def tell_own(self, topics: tuple[str, ...], packet: Callable[[str], Publish]) -> None:
        """Something for this connection alone, if it subscribed to one of the topics."""
        plan = self.subscriptions.plan(f"own {topics[0]}", topics)
        if plan is not None:
            self.send_small(encode(packet(plan.topic), self.version))

    def send_small(self, packet: bytes) -> None:
        """Unless it is larger than the client takes (MQTT-3.1.2-24)."""
        if len(packet) <= self.largest:
            self.send(packet)

    def send_now(self, packet: bytes) -> None:
        """For what calls later than it was made: the connection may be over."""
        if not self._closing:
            self.send(packet)

    def conversations(self) -> set[str]:
        """Those its user hears."""
        return {feed.id for feed in self._session.feeds} if self._session is not None else set()

    def heard_so_far(self) -> dict[str, int]:
        """How far each conversation is. A subscription begins there: what was said before is none of its business, also
        when the client comes back."""
        so_far = standing(self._session) if self._session is not None else {}
        if self.cursors is not None:
            for conversation, seq in so_far.items():
                self.cursors[conversation] = max(seq, self.cursors.get(conversation, 0))
        return so_far

    def hears(self, conversation: str) -> bool:
        """Whether entries of it come here (groups.py)."""
        session = self._session
        return session is not None and any(feed.id == conversation for feed in session.feeds)

    def _keep_soon(self, keeper: Keeper) -> None:
        """How far it has come, once a second."""
        if not keeper.soon:
            keeper.soon = True
            self._context.deadlines.after(1, partial(_save, keeper))


def _save(keeper: Keeper) -> None:
    keeper.soon = False
    keeper.save()


def standing(session: Session) -> dict[str, int]:
    """How far a session was told of each of its conversations."""
    positions = session.positions or {}
    return {feed.id: positions.get(feed, feed.seq) for feed in session.feeds}
