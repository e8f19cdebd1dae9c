"""Sharing: the packets of what the engine writes, made once for all clients that get the same.

Rule: the fan-out hands the same bytes to one link after the other, so what was made of them is remembered for as long
as the next few writes. What differs for each is patched: the packet identifier, two bytes.
"""

import time

from msgspec.structs import replace

from teahouse.gateways.mqtt.applied import Applied, Tree
from teahouse.gateways.mqtt.plans import Form
from teahouse.wire.mqtt import fields, parcels, properties
from teahouse.wire.mqtt.encode import publish
from teahouse.wire.mqtt.packets import V5, Publish
from teahouse.wire.mqtt.parcels import Parcel

_MOST = 64
QOS_1 = 0x32
QOS_2 = 0x34
DUP = 0x08
RETAIN = 0x01


class Template:
    """A PUBLISH at QoS 1 without its identifier."""

    __slots__ = ("head", "tail")

    def __init__(self, packet: bytes, at: int) -> None:
        self.head = packet[:at]
        self.tail = packet[at + 2 :]

    def packet(self, identifier: int, first: int = QOS_1) -> bytes:
        if first == QOS_1:
            return self.head + fields.U16.pack(identifier) + self.tail
        return (
            bytes((first | self.head[0] & RETAIN,)) + self.head[1:] + fields.U16.pack(identifier) + self.tail
        )

    def __len__(self) -> int:
        return len(self.head) + 2 + len(self.tail)


class Batch:
    """What came in one write. `conversation`: all of it are entries of this one; None: it is mixed."""

    __slots__ = ("_applied", "_cut", "_plain", "_streams", "_templates", "conversation", "parcels")

    def __init__(self, data: bytes) -> None:
        self.parcels = tuple(parcels.unpack(data))
        names = {one.labels[0] if one.kind == parcels.ENTRY else "" for one in self.parcels}
        self.conversation = names.pop() or None if len(names) == 1 else None
        self._streams: dict[Form, tuple[bytes, int]] = {}
        self._templates: dict[tuple[int, Form], Template] = {}
        self._applied: dict[int, Applied | None] = {}
        self._plain: dict[tuple[int, Form, bool], bytes] = {}
        self._cut: dict[tuple[int, Form, bool], Template] = {}

    def stream(self, form: Form) -> tuple[bytes, int]:
        """All of it at QoS 0, and the size of the largest packet."""
        found = self._streams.get(form)
        if found is None:
            packets = [at_most_once(parcel, form) for parcel in self.parcels]
            found = self._streams[form] = b"".join(packets), max(map(len, packets))
        return found

    def is_echo(self, index: int) -> bool:
        """Whether it is what this client said: it follows the answer that has its seq (`Session.echoes`)."""
        if not 0 < index < len(self.parcels):
            return False
        answer, entry = self.parcels[index - 1], self.parcels[index]
        if (answer.kind, entry.kind) != (parcels.ANSWER, parcels.ENTRY):
            return False
        return answer.labels in ((entry.labels[0], str(entry.number)), ("", str(entry.number)))

    def is_echoed(self, index: int) -> bool:
        """Whether the event of what is answered there comes with the answer."""
        return self.is_echo(index + 1)

    def template(self, index: int, form: Form) -> Template:
        """One of it at QoS 1 or 2."""
        found = self._templates.get((index, form))
        if found is None:
            found = self._templates[index, form] = template(self.parcels[index], form)
        return found

    def applied(self, index: int, tree: Tree) -> Applied | None:
        """What an application says there, if one does."""
        if index not in self._applied:
            self._applied[index] = tree.read(self.parcels[index].body)
        return self._applied[index]

    def applied_plain(self, index: int, applied: Applied, form: Form, retain: bool) -> bytes:
        """It at QoS 0."""
        found = self._plain.get((index, form, retain))
        if found is None:
            whole = applied_packet(applied, self.parcels[index], form, retain)
            found = self._plain[index, form, retain] = publish(whole, form[2])
        return found

    def applied_template(self, index: int, applied: Applied, form: Form, retain: bool) -> Template:
        """It at QoS 1 or 2."""
        found = self._cut.get((index, form, retain))
        if found is None:
            whole = applied_packet(applied, self.parcels[index], form, retain)
            found = self._cut[index, form, retain] = cut(replace(whole, qos=1, id=1), form[2])
        return found


class Opened:
    """The batches of the last few writes."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bytes, Batch]] = {}

    def batch(self, data: bytes) -> Batch:
        """The same object is the same batch: it is kept, so its id is nobody else's."""
        known = self._known.get(id(data))
        if known is not None:
            return known[1]
        if len(self._known) >= _MOST:
            self._known.clear()
        batch = Batch(data)
        self._known[id(data)] = data, batch
        return batch


def at_most_once(parcel: Parcel, form: Form, retain: bool = False) -> bytes:
    """An entry or event at QoS 0."""
    topic, _, version = form
    return publish(Publish(topic, parcel.body, 0, 0, retain, properties=_properties(parcel, form)), version)


def template(parcel: Parcel, form: Form) -> Template:
    topic, _, version = form
    return cut(Publish(topic, parcel.body, 1, 1, properties=_properties(parcel, form)), version)


def applied_packet(applied: Applied, parcel: Parcel, form: Form, retain: bool = False) -> Publish:
    """What an application published, as it came (3.3.2.3), at QoS 0."""
    _, ids, version = form
    if version != V5:
        return Publish(applied.topic, applied.content, retain=retain)
    found = applied.passed_on
    if parcel.kind == parcels.ENTRY and parcel.labels[2] != "0":
        found[properties.MESSAGE_EXPIRY] = _left(parcel.labels[2])
    if ids:
        found[properties.SUBSCRIPTION_ID] = list(ids)
    return Publish(applied.topic, applied.content, retain=retain, properties=found)


def cut(whole: Publish, version: int) -> Template:
    packet = publish(whole, version)
    size = len(whole.topic.encode())
    at = 1
    while packet[at] & 0x80:
        at += 1
    return Template(packet, at + 1 + 2 + size)


def _properties(parcel: Parcel, form: Form) -> properties.Properties:
    if form[2] != V5:
        return properties.NONE
    found: dict[int, object] = {}
    if parcel.kind == parcels.ENTRY:
        _, sender, expires, cid = parcel.labels
        pairs = [("seq", str(parcel.number)), ("sender", sender)]
        if cid and "\0" not in cid:
            pairs.append(("cid", cid))
        found[properties.USER_PROPERTY] = pairs
        if expires != "0":
            found[properties.MESSAGE_EXPIRY] = _left(expires)
    if form[1]:
        found[properties.SUBSCRIPTION_ID] = list(form[1])
    return found


def _left(expires: str) -> int:
    """What is left of a message expiry, in seconds."""
    return max(int(expires) // 1000 - int(time.time()), 1)
