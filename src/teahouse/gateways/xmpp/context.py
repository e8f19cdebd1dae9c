"""What all XMPP links of a server share: how they are set, who lets people in, what people are called.

Rule: bounded, and nothing here that the engine does not know better: whoever is forgotten is looked up again.
Made by app/compose.py.
"""

import asyncio
import ssl
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.slots import Slots
from teahouse.gateways.xmpp.options import XmppOptions
from teahouse.gateways.xmpp.sleepers import Sleepers
from teahouse.identity.proofs import Challenge
from teahouse.model.ids import LOBBY
from teahouse.wire.xmpp.frames import Frame, Sort, taken
from teahouse.wire.xmpp.markup import element, stamp
from teahouse.wire.xmpp.names import DELAY
from teahouse.wire.xmpp.wire import XmppWire

if TYPE_CHECKING:
    from teahouse.gateways.xmpp.portraits import Portraits

_PEOPLE = 100_000
_LATE_MS = 10_000
"""What is told so long after it happened says when that was (XEP-0203)."""

_END = b"</message>"


class Porter(Protocol):
    """Lets people in. identity/porter.py has this shape."""

    async def plain(self, name: str, password: str, address: str) -> tuple[str, str]:
        """The user id of whoever has this password, and a token for `hello` that is good once and soon; Problem for
        anybody else."""
        ...

    async def challenge(self, name: str, algorithm: str, address: str) -> Challenge:
        """What whoever says that they have this name is to prove, by SCRAM."""
        ...

    async def prove(self, challenge: Challenge, message: bytes, proof: bytes) -> tuple[str, str, bytes]:
        """As `plain`, and our signature."""
        ...


class People:
    """What users are called, as they were last heard of; the least recently told of are forgotten."""

    def __init__(self, most: int = _PEOPLE) -> None:
        self._most = most
        self._nicks: OrderedDict[str, str] = OrderedDict()

    def learn(self, user: str, nick: str) -> None:
        if not nick:
            return
        self._nicks[user] = nick
        self._nicks.move_to_end(user)
        if len(self._nicks) > self._most:
            self._nicks.popitem(last=False)

    def nick(self, user: str) -> str | None:
        return self._nicks.get(user)


class Rooms:
    """Who is a member of the rooms somebody here has entered, and in what role: one table for all who have."""

    def __init__(self) -> None:
        self._roles: dict[str, dict[str, str]] = {}
        self._inside: dict[str, int] = {}

    def enter(self, room: str) -> None:
        self._inside[room] = self._inside.get(room, 0) + 1
        self._roles.setdefault(room, {})

    def leave(self, room: str) -> None:
        left = self._inside.get(room, 0) - 1
        if left > 0:
            self._inside[room] = left
        else:
            self._inside.pop(room, None)
            self._roles.pop(room, None)

    def place(self, room: str, user: str, role: str | None) -> None:
        """Somebody is a member, or (None) no longer. An empty role is the one they had."""
        roles = self._roles.get(room)
        if roles is None:
            return
        if role is None:
            roles.pop(user, None)
        else:
            roles[user] = role or roles.get(user, "member")

    def role(self, room: str, user: str) -> str | None:
        """Everybody is a member of the lobby."""
        found = self._roles.get(room, {}).get(user)
        return "member" if found is None and room == LOBBY else found


class Post:
    """What the engine writes, taken apart. The fan-out writes the same bytes to one link after the other, so what was
    made of them last is kept."""

    __slots__ = ("data", "last")

    def __init__(self) -> None:
        self.data = b""
        self.last: list[Frame] = []

    def frames(self, data: bytes) -> list[Frame]:
        """Links look themselves whether it is the same `data` as before: then these are the `last` frames."""
        now = time.time() * 1000
        self.last = [_dated(frame, now) for frame in taken(data)]
        self.data = data
        return self.last


def _dated(frame: Frame, now: float) -> Frame:
    """With its time, if it is told late."""
    if frame.mark is None or frame.sort is Sort.ENTRY or now - frame.mark.at < _LATE_MS:
        return frame
    delay = element("delay", {"xmlns": DELAY, "stamp": stamp(frame.mark.at)}).encode()
    if frame.sort is Sort.DIRECT:
        return replace(frame, payload=frame.payload + delay)
    return replace(frame, payload=frame.payload[: -len(_END)] + delay + _END)


@dataclass(slots=True)
class XmppContext:
    """`porter` is None where there are no accounts, `guests` whether they may come in. `tls` is what STARTTLS leads
    to, `end_point` tells a channel of TLS by our certificate (RFC 5929). `slots` and `portraits` are None
    where the server keeps no files; `tasks` are questions to them that are under
    way."""

    links: LinkContext
    options: XmppOptions
    wire: XmppWire
    sleepers: Sleepers
    porter: Porter | None = None
    guests: bool = True
    tls: ssl.SSLContext | None = None
    end_point: bytes = b""
    slots: Slots | None = None
    portraits: "Portraits | None" = None
    people: People = field(default_factory=People)
    rooms: Rooms = field(default_factory=Rooms)
    post: Post = field(default_factory=Post)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
