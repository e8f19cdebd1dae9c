"""Cursors (ports/cursors.py) in front of others: a user's own marks, which every read of history looks at.

Rule: what is remembered is what a read gave while nothing was advanced for that user; an advance forgets it. Only for
cursors that nobody else moves. Made by app/compose.py.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from teahouse.model.marks import Advance, Mark, Unread
from teahouse.ports.cursors import Cursors

_Key = tuple[str, str]


class RecentCursors:
    """`most` bounds how many marks are remembered, those that are not there included."""

    def __init__(self, cursors: Cursors, most: int = 100_000) -> None:
        self._cursors = cursors
        self._most = most
        self._marks: OrderedDict[_Key, Mark | None] = OrderedDict()
        self._reading: dict[str, set[object]] = {}

    async def advance(self, advances: Sequence[Advance]) -> None:
        try:
            await self._cursors.advance(advances)
        finally:
            for advance in advances:
                self._reading.pop(advance.user, None)  # what is being read may be out of date
                self._marks.pop((advance.user, advance.conversation), None)

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        missing = [c for c in conversations if (user, c) not in self._marks]
        if missing:
            return await self._read(user, conversations)
        found = {c: self._marks[user, c] for c in conversations}
        return {c: mark for c, mark in found.items() if mark is not None}

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        return await self._cursors.everyone(conversation)

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        return await self._cursors.unread(user, since)

    def forget_all(self) -> None:
        self._reading.clear()
        self._marks.clear()

    async def _read(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        ticket = object()
        self._reading.setdefault(user, set()).add(ticket)
        try:
            marks = await self._cursors.marks(user, conversations)
            if ticket in self._reading.get(user, ()):
                self._remember(user, {c: marks.get(c) for c in conversations})
        finally:
            if (tickets := self._reading.get(user)) is not None:
                tickets.discard(ticket)
                if not tickets:
                    del self._reading[user]
        return marks

    def _remember(self, user: str, marks: Mapping[str, Mark | None]) -> None:
        for conversation, mark in marks.items():
            self._marks[user, conversation] = mark
        while len(self._marks) > self._most:
            self._marks.popitem(last=False)
