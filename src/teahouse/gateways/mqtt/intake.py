"""Intake: what a client publishes, until it is answered.

Rule: every command has a number here, which its answer brings back; the client's own packet identifier, id and response
topic stay here. A PUBLISH at QoS 1 is acknowledged, and one at QoS 2 received, only after the engine has answered it,
which is after the commit. Called by link.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from teahouse.gateways.mqtt import naming
from teahouse.gateways.mqtt.doubt import LOOKED_AT, settled_cid
from teahouse.gateways.mqtt.incoming import command_of, fresh_cid, mark_of, own_id
from teahouse.model.commands import AnyCommand, Command, Hello, History, Send
from teahouse.model.errors import Code, Problem
from teahouse.model.results import HistoryPage
from teahouse.wire.errors import WireError
from teahouse.wire.mqtt import packets, parcels, properties, reasons
from teahouse.wire.mqtt.encode import ack
from teahouse.wire.mqtt.packets import V5, Ack, Publish
from teahouse.wire.mqtt.parcels import Parcel
from teahouse.wire.mqtt.reasons import MqttError

if TYPE_CHECKING:
    from asyncio import Future

    from teahouse.engine.session import Session
    from teahouse.gateways.mqtt.context import Shared
    from teahouse.gateways.mqtt.link import MqttLink


Place = tuple[str, int]
"""Conversation and seq."""

MOST_OWN = 1000


class Asked(Struct, frozen=True, gc=False):
    """A command that is not answered yet. `packet` and `qos` are those of the PUBLISH it came in; `command`: it came as
    one, with its own id (JSON, or empty); its answer goes to `response` with `correlation`, if it `wants` one.
    `said`: nobody tells who said this of it, for it is ephemeral."""

    packet: int
    qos: int
    place: str = ""
    command: bool = False
    wants: bool = False
    id: bytes = b""
    response: str = ""
    correlation: bytes | None = None
    said: Publish | None = None


class Intake:
    __slots__ = (
        "_aliases",
        "_asked",
        "_greeting",
        "_link",
        "_numbers",
        "_open",
        "_own",
        "_received",
        "_session",
        "_shared",
    )

    def __init__(self, link: MqttLink, shared: Shared) -> None:
        self._link = link
        self._shared = shared
        self._session: Session
        self._numbers = 0
        self._asked: dict[int, Asked] = {}
        self._aliases: dict[int, str] = {}
        self._open: set[int] = set()  # identifiers of what is not answered yet,
        self._received: set[int] = set()  # and, at QoS 2, not released
        self._own: set[Place] = set()
        self._greeting: Future[str | None] | None = None

    # --- what is published ---

    def publish(self, packet: Publish) -> None:
        """Raises MqttError for what breaks the protocol."""
        topic = self._topic(packet)
        if topic is not packet.topic:
            packet = replace(packet, topic=topic)
        if packet.qos:
            if packet.id in self._open:
                return  # it is being done: its answer comes
            if packet.id in self._received:
                self._acknowledge(packet.id, packet.qos, reasons.SUCCESS)  # MQTT-4.3.3-10
                return
            unfinished = len(self._open) + len(self._received)
            if unfinished >= self._shared.options.receive_maximum and self._link.version == V5:
                raise MqttError(reasons.RECEIVE_MAXIMUM_EXCEEDED, "more is on its way than was allowed")
            self._open.add(packet.id)
        try:
            self._begin(packet)
        except (Problem, WireError) as refusal:
            problem = refusal.problem if isinstance(refusal, WireError) else refusal
            body = parcels.WIRE.failure(self._number(packet, None), problem)
            self.failed(next(parcels.unpack(body)))

    def _topic(self, packet: Publish) -> str:
        """The topic, by its alias if it has one (3.3.2.3.4)."""
        alias = packet.properties.get(properties.TOPIC_ALIAS)
        if alias is None:
            return packet.topic
        if alias > self._shared.options.topic_aliases:
            raise MqttError(reasons.ALIAS_INVALID, "more topic aliases than were allowed")
        if packet.topic:
            self._aliases[alias] = packet.topic
            return packet.topic
        topic = self._aliases.get(alias)
        if topic is None:
            raise reasons.protocol_error("nobody has said what this topic alias stands for")
        return topic

    def _begin(self, packet: Publish) -> None:
        command = command_of(packet, self._shared.tree, 0)
        if isinstance(command, Hello):
            raise Problem(Code.CONFLICT, "CONNECT was the hello")
        if isinstance(command, Send) and command.cid is None and packet.qos and not command.ephemeral:
            mark = mark_of(self._link.client, packet)
            if packet.dup:
                self._link.wait(self._settle(packet, command, mark))
                return
            command = replace(command, cid=fresh_cid(mark))
        self._submit(packet, command)

    async def _settle(self, packet: Publish, command: Send, mark: str) -> None:
        """A PUBLISH that comes again: was it stored? Where nothing can be looked up, it is. Raises Problem where that
        may be otherwise later: then the client comes again once more."""
        cid = fresh_cid(mark)
        history = History(id=0, conversation=command.to, limit=LOOKED_AT)
        try:
            page = await self._shared.door.call(self._link.caller, history)
        except Problem as problem:
            if problem.retry:
                raise
        else:
            assert isinstance(page, HistoryPage)
            most = self._shared.options.receive_maximum
            cid = settled_cid(page.entries, self._link.caller.user.id, self._link.client, mark, most)
        self._submit(packet, replace(command, cid=cid))

    def _submit(self, packet: Publish, command: Command) -> None:
        number = self._number(packet, command)
        self._shared.door.submit(self._session, cast(AnyCommand, replace(command, id=number)))

    def _number(self, packet: Publish, command: Command | None) -> int:
        self._numbers += 1
        if packet.topic == naming.COMMAND:
            identifier = own_id(packet.payload)
            self._asked[self._numbers] = Asked(
                packet.id,
                packet.qos,
                getattr(command, "conversation", None) or "",
                True,
                bool(identifier) or properties.RESPONSE_TOPIC in packet.properties,
                identifier,
                packet.properties.get(properties.RESPONSE_TOPIC, naming.ANSWER),
                packet.properties.get(properties.CORRELATION_DATA),
            )
        elif isinstance(command, Send) and command.ephemeral and command.to == self._shared.tree.conversation:
            self._asked[self._numbers] = Asked(packet.id, packet.qos, said=packet)
        else:
            self._asked[self._numbers] = Asked(packet.id, packet.qos)
        return self._numbers

    def released(self, packet: Ack) -> None:
        """PUBREL: the identifier is free again. One that is not known was released before, on a connection or a server
        that is no more (MQTT-4.3.3-11)."""
        known = packet.id in self._received
        self._received.discard(packet.id)
        reason = reasons.SUCCESS if known else reasons.ID_NOT_FOUND
        self._link.send(ack(Ack(packets.PUBCOMP, packet.id, reason), self._link.version))

    def abandon(self) -> None:
        """The connection is over: nobody will be greeted any more."""
        if self._greeting is not None:
            self._greeting.cancel()

    # --- what is answered ---

    def greet(self, session: Session, hello: Hello, answer: Future[str | None]) -> None:
        """The first command; `answer` is told what a guest comes back with."""
        self._session = session
        self._greeting = answer
        self._shared.door.submit(self._session, hello)

    def is_own(self, place: Place) -> bool:
        """Whether it is the event of something that was answered before, while the session was behind."""
        if place not in self._own:
            return False
        self._own.discard(place)
        return True

    def answered(self, parcel: Parcel, echoed: bool) -> None:
        if self._greeting is not None:
            self._welcome(parcel)
            return
        asked = self._asked.pop(parcel.number, None)
        if asked is None:
            return
        conversation, seq = parcel.labels if len(parcel.labels) == 2 else ("", "")
        conversation = conversation or asked.place
        if seq and not echoed and len(self._own) < MOST_OWN:
            self._own.add((conversation, int(seq)))
        if asked.said is not None:
            self._link.hear_own(asked.said)
        if asked.wants:
            self._answer(asked, b'"ok":' + parcel.body + b"}")
        if asked.qos:
            pairs = [("conversation", conversation), ("seq", seq)] if seq and conversation else []
            self._acknowledge(asked.packet, asked.qos, reasons.SUCCESS, pairs)

    def failed(self, parcel: Parcel) -> None:
        """Refused. MQTT 5 can say so; to a client of 3.1.1 it is acknowledged all the same, for it would send it again
        for ever, unless it may succeed then: then the connection ends, and it will come back and repeat it."""
        if self._greeting is not None:
            self._turn_away(parcel)
            return
        asked = self._asked.pop(parcel.number, None)
        code = Code(parcel.labels[0])
        if asked is not None and asked.command:
            self._answer(asked, parcel.body[1:])
        elif asked is None or not asked.qos or self._link.version != V5:
            self._complain(parcel)
        if asked is None or not asked.qos:
            return
        if self._link.version != V5 and Problem(code, "").retry:
            self._link.end(reasons.SERVER_BUSY)
            return
        reason = reasons.SUCCESS if asked.command else reasons.of_problem(code)
        self._acknowledge(asked.packet, asked.qos, reason, [("code", code.value)] if reason else [])

    def _welcome(self, parcel: Parcel) -> None:
        greeting, self._greeting = self._greeting, None
        if greeting is not None and not greeting.done():
            greeting.set_result(msgspec.json.decode(parcel.body).get("resume"))

    def _turn_away(self, parcel: Parcel) -> None:
        greeting, self._greeting = self._greeting, None
        if greeting is not None and not greeting.done():
            message = msgspec.json.decode(parcel.body)["error"]["message"]
            greeting.set_exception(Problem(Code(parcel.labels[0]), message))

    def _acknowledge(
        self, identifier: int, qos: int, reason: int, pairs: properties.Pairs | None = None
    ) -> None:
        self._open.discard(identifier)
        if qos == 2 and reason < 0x80:
            self._received.add(identifier)
        found = {properties.USER_PROPERTY: pairs} if pairs and self._link.tells_why else properties.NONE
        kind = packets.PUBREC if qos == 2 else packets.PUBACK
        self._link.send(ack(Ack(kind, identifier, reason, found), self._link.version))

    def _answer(self, asked: Asked, rest: bytes) -> None:
        """To a command: as over TCP, to who asked and nobody else."""
        body = b'{"re":' + asked.id + b"," + rest if asked.id else b"{" + rest
        found = (
            {properties.CORRELATION_DATA: asked.correlation}
            if asked.correlation is not None
            else properties.NONE
        )
        self._link.tell_own((asked.response,), lambda topic: Publish(topic, body, properties=found))

    def _complain(self, parcel: Parcel) -> None:
        """A refusal that no acknowledgement can tell."""
        topics = naming.inboxes(self._link.caller.user.id)
        self._link.tell_own(topics, lambda topic: Publish(topic, parcel.body))
