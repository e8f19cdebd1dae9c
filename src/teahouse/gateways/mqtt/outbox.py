"""Outbox: what one client was sent at QoS 1 and 2 and has not confirmed, and how far it has come.

Rule: no more is on its way than the client's receive maximum (MQTT 5, 3.3.4). What does not fit waits here only for the
rest of a turn, or of a page of the log: the session is choked, and what comes after is read from the log when there is
room again. With QoS 2 an identifier is stored before it is used, and that a message arrived before it is released; so
neither a lost connection nor a killed server makes the client take a message twice.
"""

from collections import deque
from collections.abc import Callable, Iterable

from teahouse.gateways.mqtt.sharing import DUP, QOS_1, QOS_2, Template
from teahouse.gateways.mqtt.stays import Flight
from teahouse.wire.mqtt import packets
from teahouse.wire.mqtt.encode import ack
from teahouse.wire.mqtt.packets import Ack

_IDS = 65_535

Place = tuple[str, int]
"""Conversation and seq."""


NOWHERE = ""
"""The conversation of what is told out of turn (retained): a client that comes back is not brought back to it."""


class Waiting:
    """An entry that waits for room."""

    __slots__ = ("place", "qos", "template")

    def __init__(self, place: Place, qos: int, template: Template) -> None:
        self.place = place
        self.qos = qos
        self.template = template


class Outbox:
    """`choke` and `ease` tell the engine; `store` has the state written and calls back when it is durable, or is None
    where nothing outlasts the connection."""

    __slots__ = (
        "_backlog",
        "_choked",
        "_earlier",
        "_flights",
        "_next",
        "choke",
        "ease",
        "send",
        "store",
        "version",
        "window",
    )

    def __init__(self, send: Callable[[bytes], None], version: int, window: int) -> None:
        self.send = send
        self.version = version
        self.window = window
        self.choke: Callable[[], None]
        self.ease: Callable[[], None]
        self.store: Callable[[Callable[[], None]], None] | None = None
        self._flights: dict[int, Flight] = {}
        self._earlier: dict[Place, Flight] = {}
        self._backlog: deque[Waiting] = deque()
        self._next = 0
        self._choked = False

    def __len__(self) -> int:
        return len(self._flights)

    @property
    def flights(self) -> tuple[Flight, ...]:
        """On their way, those of an earlier connection included."""
        return (*self._earlier.values(), *self._flights.values())

    def unconfirmed(self) -> dict[str, int]:
        """The lowest seq of each conversation that was not confirmed."""
        lowest: dict[str, int] = {}
        places = [(f.conversation, f.seq) for f in self.flights if not f.arrived]
        for conversation, seq in places + [waiting.place for waiting in self._backlog]:
            lowest[conversation] = min(seq, lowest.get(conversation, seq))
        lowest.pop(NOWHERE, None)
        return lowest

    def remember(self, flights: Iterable[Flight]) -> None:
        """What an earlier connection left unconfirmed: it goes out again under its identifier, when the log comes to
        it (MQTT-4.4.0-1)."""
        for flight in flights:
            if flight.arrived:
                self._flights[flight.id] = flight
            else:
                self._earlier[flight.conversation, flight.seq] = flight

    def resume(self) -> None:
        """What has arrived before is released, now that the client is in."""
        for flight in self._flights.values():
            self.send(ack(Ack(packets.PUBREL, flight.id), self.version))

    def put(self, place: Place, qos: int, template: Template) -> None:
        """Send it, now or when there is room."""
        flights = self._flights
        if qos == 1 and not self._backlog and not self._earlier and len(flights) < self.window:
            identifier = self._next % _IDS + 1  # the usual way, short
            if identifier not in flights:
                self._next = identifier
                flights[identifier] = Flight(identifier, *place)
                self.send(template.packet(identifier))
                return
        if self._backlog or len(flights) >= self.window:
            self._backlog.append(Waiting(place, qos, template))
            if not self._choked:
                self._choked = True
                self.choke()
        else:
            self._launch(Waiting(place, qos, template))

    def _launch(self, waiting: Waiting) -> None:
        conversation, seq = waiting.place
        earlier = self._again(waiting.place) if self._earlier else None
        flight = Flight(self._identifier() if earlier is None else earlier.id, conversation, seq, waiting.qos)
        self._flights[flight.id] = flight
        first = (QOS_2 if waiting.qos == 2 else QOS_1) | (DUP if earlier is not None else 0)
        packet = waiting.template.packet(flight.id, first)
        if waiting.qos == 2 and self.store is not None:
            self.store(lambda: self.send(packet))
        else:
            self.send(packet)

    def _again(self, place: Place) -> Flight | None:
        """The flight of an earlier connection that goes out again. Those before it in its conversation, which did not
        come, will not come any more: the log went on without them (`resync`)."""
        found = self._earlier.pop(place, None)
        for other in [o for o in self._earlier if o[0] == place[0] and o[1] < place[1]]:
            del self._earlier[other]
        return found

    def _identifier(self) -> int:
        taken = {flight.id for flight in self._earlier.values()} if self._earlier else ()
        while True:
            self._next = self._next % _IDS + 1
            if self._next not in self._flights and self._next not in taken:
                return self._next

    def acknowledged(self, identifier: int) -> bool:
        """PUBACK, which is nearly all that a listener says; as `confirmed`."""
        flight = self._flights.get(identifier)
        if flight is None or flight.qos == 2:
            return False  # it answers nothing, or something else
        del self._flights[identifier]
        if self._choked:
            self._refill()
        return True

    def confirmed(self, packet: Ack) -> bool:
        """PUBACK, PUBREC or PUBCOMP of the client; whether how far it has come is to be stored."""
        flight = self._flights.get(packet.id)
        if packet.type == packets.PUBREC and packet.reason < 0x80:
            return self._received(packet.id, flight)
        if flight is None:
            return False
        if packet.type == packets.PUBACK:
            return self.acknowledged(packet.id)
        del self._flights[packet.id]
        self._refill()
        return True

    def _received(self, identifier: int, flight: Flight | None) -> bool:
        """PUBREC: the message is the client's now."""
        release = ack(Ack(packets.PUBREL, identifier, 0 if flight is not None else 0x92), self.version)
        if flight is None or flight.qos != 2 or self.store is None:
            self.send(release)
            if flight is not None:
                self._flights[identifier] = flight.landed()
            return False
        self._flights[identifier] = flight.landed()
        self.store(lambda: self.send(release))
        return False

    def _refill(self) -> None:
        while self._backlog and len(self._flights) < self.window:
            self._launch(self._backlog.popleft())
        if self._choked and not self._backlog and len(self._flights) < self.window:
            self._choked = False
            self.ease()
