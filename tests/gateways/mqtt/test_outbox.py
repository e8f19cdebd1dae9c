"""What is on its way: windows, identifiers, and what goes again."""

from collections.abc import Callable

from teahouse.gateways.mqtt.outbox import Outbox
from teahouse.gateways.mqtt.sharing import Template
from teahouse.gateways.mqtt.stays import Flight
from teahouse.wire.mqtt import packets
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V5, Ack, Packet, Publish
from teahouse.wire.mqtt.splitter import PacketSplitter

TEMPLATE = Template(encode(Publish("t", b"hi", 1, 1), V5), 5)


class Sent:
    def __init__(self, window: int = 2, durable: bool = False) -> None:
        self.told: list[str] = []
        self.waiting: list[Callable[[], None]] = []
        self._bytes = bytearray()
        self.outbox = Outbox(self._bytes.extend, V5, window)
        self.outbox.choke = lambda: self.told.append("choke")
        self.outbox.ease = lambda: self.told.append("ease")
        if durable:
            self.outbox.store = self.waiting.append

    def put(self, seq: int, qos: int = 1) -> None:
        self.outbox.put(("tea", seq), qos, TEMPLATE)

    def ack(self, kind: int, identifier: int) -> None:
        self.outbox.confirmed(Ack(kind, identifier))

    def stored(self) -> None:
        for call in self.waiting:
            call()
        self.waiting.clear()

    def take(self) -> list[Packet]:
        data = bytes(self._bytes)
        self._bytes.clear()
        return [decode(first, body, V5) for first, body in PacketSplitter(1000).feed(data)]

    def ids(self) -> list[int]:
        return [packet.id for packet in self.take() if isinstance(packet, Publish)]


def test_a_window_chokes_and_eases() -> None:
    sent = Sent()
    for seq in range(1, 5):
        sent.put(seq)
    assert sent.ids() == [1, 2]
    assert sent.told == ["choke"]
    assert sent.outbox.unconfirmed() == {"tea": 1}
    sent.ack(packets.PUBACK, 1)
    assert sent.ids() == [3]
    sent.ack(packets.PUBACK, 1)  # nobody waits for it
    sent.ack(packets.PUBACK, 2)
    assert sent.ids() == [4]
    assert sent.told == ["choke"]
    sent.ack(packets.PUBACK, 3)
    assert sent.told == ["choke", "ease"]
    assert sent.outbox.unconfirmed() == {"tea": 4}


def test_identifiers_in_use_are_passed_over() -> None:
    sent = Sent(window=65_535)
    sent.outbox._next = 65_533
    for seq in range(1, 5):
        sent.put(seq)
    assert sent.ids() == [65_534, 65_535, 1, 2]
    sent.outbox._next = 65_535
    sent.put(5)
    assert sent.ids() == [3]


def test_qos_2_is_stored_before_it_is_sent_and_before_it_is_released() -> None:
    sent = Sent(durable=True)
    sent.put(1, qos=2)
    assert sent.take() == []
    assert sent.outbox.flights == (Flight(1, "tea", 1, 2),)
    sent.stored()
    assert sent.ids() == [1]
    sent.ack(packets.PUBREC, 1)
    assert sent.take() == []
    assert sent.outbox.unconfirmed() == {}
    sent.stored()
    assert sent.take() == [Ack(packets.PUBREL, 1)]
    sent.ack(packets.PUBACK, 1)  # not the answer to this
    assert len(sent.outbox) == 1
    sent.ack(packets.PUBCOMP, 1)
    assert len(sent.outbox) == 0


def test_what_an_earlier_connection_left_goes_again_under_its_identifier() -> None:
    sent = Sent(window=10)
    sent.outbox.remember([Flight(1, "tea", 7), Flight(2, "tea", 8, 2), Flight(3, "tea", 6, 2, True)])
    assert sent.outbox.unconfirmed() == {"tea": 7}
    sent.outbox.resume()
    assert sent.take() == [Ack(packets.PUBREL, 3)]
    for seq, qos in ((7, 1), (8, 2), (9, 1)):
        sent.put(seq, qos)
    again = [packet for packet in sent.take() if isinstance(packet, Publish)]
    assert [(one.id, one.qos, one.dup) for one in again] == [(1, 1, True), (2, 2, True), (4, 1, False)]


def test_what_the_log_passes_over_is_not_waited_for() -> None:
    sent = Sent(window=10)
    sent.outbox.remember([Flight(1, "tea", 7), Flight(2, "tea", 20)])
    sent.put(20)
    assert sent.outbox.flights == (Flight(2, "tea", 20),)
