"""The way of one message, for administrators: accepted, stored, on which devices, read by whom. Not what it says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from msgspec import Meta

from teahouse.engine.stores import Stores
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.deliveries import Delivery
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import parse_message_id
from teahouse.model.marks import Mark
from teahouse.model.people import Person
from teahouse.model.results import Result

MOST = 1000
"""Members and devices that are listed."""

MessageId = Annotated[str, Meta(min_length=1, max_length=100)]


class DeviceTrace(Result, frozen=True, omit_defaults=False):
    """`confirmed` is how far the device has come, and `at` when it said so: if `delivered`, it had the message then
    at the latest. A device that never confirms anything is not listed."""

    device: str
    delivered: bool
    confirmed: int
    at: int


class MemberTrace(Result, frozen=True, omit_defaults=False):
    """`delivered_at` and `read_at` are when the member's marks last moved on (milliseconds UTC; 0: not yet, or nobody
    knows): the message was delivered and read then at the latest."""

    user: str
    nick: str
    delivered: bool
    delivered_at: int
    read: bool
    read_at: int
    devices: tuple[DeviceTrace, ...]


class Trace(Result, frozen=True, omit_defaults=False):
    """`accepted` is when the server took it (milliseconds UTC); that there is a trace says that it was stored. `more`:
    not all members are listed."""

    message: str
    conversation: str
    seq: int
    kind: str
    sender: Person
    accepted: int
    recalled: bool
    members: tuple[MemberTrace, ...]
    more: bool


class Traces:
    def __init__(self, stores: Stores, scribe: Scribe) -> None:
        self._stores = stores
        self._scribe = scribe

    @operation("GET /admin/messages/{message}/trace", who=Who.ADMIN)
    async def trace(self, call: Call, message: MessageId) -> Trace:
        """What became of a message. Asking is recorded in the audit log."""
        conversation, seq = parse_message_id(message)
        found = await self._stores.log.read(conversation, seq - 1, seq, 1)
        if not found:
            raise Problem(Code.NOT_FOUND, f"no message has the id {message!r}")
        await self._scribe.write(call, "message.traced", message)
        members = await self._members(found[0])
        return _trace(message, found[0], members)

    async def _members(self, entry: Entry) -> list[MemberTrace]:
        """Those who are in, and in the lobby those of whom anything is known."""
        conversation = entry.conversation
        marks = await self._stores.cursors.everyone(conversation)
        devices = await self._devices(conversation)
        places = await self._stores.directory.members(conversation)
        nicks = {m.user: m.nick for m in places if not m.left or m.left > entry.seq}
        if not nicks:
            nicks = dict.fromkeys(sorted({*marks, *devices})[: MOST + 1], "")
        nicks.pop(entry.sender, None)
        return [
            _member(Person(user, nick), entry.seq, marks, devices.get(user, ()))
            for user, nick in list(nicks.items())[: MOST + 1]
        ]

    async def _devices(self, conversation: str) -> Mapping[str, Sequence[Delivery]]:
        found: dict[str, list[Delivery]] = {}
        if self._stores.deliveries is not None:
            for delivery in await self._stores.deliveries.of(conversation, MOST):
                found.setdefault(delivery.user, []).append(delivery)
        return found


def _trace(message: str, entry: Entry, members: list[MemberTrace]) -> Trace:
    sender = Person(entry.sender, entry.nick)
    return Trace(
        message,
        entry.conversation,
        entry.seq,
        entry.kind,
        sender,
        entry.at,
        entry.redacted,
        tuple(members[:MOST]),
        len(members) > MOST,
    )


def _member(
    person: Person, seq: int, marks: Mapping[str, Mark], deliveries: Iterable[Delivery]
) -> MemberTrace:
    mark = marks.get(person.id, Mark())
    devices = tuple(DeviceTrace(d.device, d.seq >= seq, d.seq, d.at) for d in deliveries)
    delivered = mark.delivered >= seq or any(device.delivered for device in devices)
    return MemberTrace(
        user=person.id,
        nick=person.nick,
        delivered=delivered,
        delivered_at=mark.delivered_at if mark.delivered >= seq else 0,
        read=mark.read >= seq,
        read_at=mark.read_at if mark.read >= seq else 0,
        devices=devices,
    )
