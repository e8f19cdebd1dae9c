"""PresenceBook (ports/presence.py) in memory.

Rule: one SharedBook for all nodes of a process, one MemoryPresence a node. Whatever a node asks or says shows
that it lives; what a node that fell silent has touched counts no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from teahouse.model.people import Availability
from teahouse.ports.clock import Clock

EXPIRY_S = 300.0


@dataclass
class SharedBook:
    """`seen[node]` is when the node was last heard of; `present[user]` who touched the user, oldest first."""

    seen: dict[str, float] = field(default_factory=dict)
    present: dict[str, dict[str, Availability]] = field(default_factory=dict)
    claims: dict[str, tuple[str, str]] = field(default_factory=dict)  # nick: (user, node)
    nicks: dict[str, str] = field(default_factory=dict)  # user: nick


class MemoryPresence:
    def __init__(
        self, clock: Clock, node: str = "", book: SharedBook | None = None, expiry_s: float = EXPIRY_S
    ) -> None:
        self._clock = clock
        self._node = node
        self._book = book or SharedBook()
        self._expiry_s = expiry_s

    async def claim(self, nick: str, user: str) -> str:
        self._alive()
        held = self._held(nick)
        if held is not None and held != user:
            return held
        self._release(user)
        self._book.claims[nick] = (user, self._node)
        self._book.nicks[user] = nick
        return user

    async def release(self, nick: str, user: str) -> None:
        self._alive()
        if self._book.nicks.get(user) == nick:
            self._release(user)

    async def holder(self, nick: str) -> str | None:
        self._alive()
        return self._held(nick)

    async def touch(self, availability: Availability) -> None:
        self._alive()
        touched = self._book.present.setdefault(availability.user, {})
        touched.pop(self._node, None)
        touched[self._node] = availability

    async def drop(self, user: str) -> None:
        self._alive()
        touched = self._book.present.get(user, {})
        touched.pop(self._node, None)
        if self._present(user) is None:
            self._book.present.pop(user, None)
            self._release(user)

    async def locate(self, users: Iterable[str]) -> Mapping[str, Availability]:
        self._alive()
        return {user: found for user in users if (found := self._present(user)) is not None}

    async def everyone(self, limit: int) -> list[Availability]:
        self._alive()
        present = [found for user in self._book.present if (found := self._present(user)) is not None]
        return sorted(present, key=lambda a: (a.nick, a.user))[:limit]

    def _alive(self) -> None:
        self._book.seen[self._node] = self._clock.monotonic()

    def _lives(self, node: str) -> bool:
        return self._clock.monotonic() - self._book.seen[node] < self._expiry_s

    def _present(self, user: str) -> Availability | None:
        """What the last living node said of the user."""
        touched = self._book.present.get(user, {})
        return next((touched[node] for node in reversed(touched) if self._lives(node)), None)

    def _held(self, nick: str) -> str | None:
        """The holder, if still live: present somewhere, or about to be on the node that claimed for it."""
        user, node = self._book.claims.get(nick, (None, ""))
        if user is None or (self._present(user) is None and not self._lives(node)):
            return None
        return user

    def _release(self, user: str) -> None:
        nick = self._book.nicks.pop(user, None)
        if nick is not None and self._book.claims[nick][0] == user:
            del self._book.claims[nick]
