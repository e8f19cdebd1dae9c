"""Unheard: what was said lately in a conversation that a member has not read, and is to be told of.

Rule: a read mark that rose, or an answer, is the proof that somebody looked; there is no other. Who is connected has so
long to look as they are given. Called by push.py, a member at a time.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from teahouse.engine.stores import Stores
from teahouse.engine.sync import is_muted
from teahouse.model.conversations import Member
from teahouse.model.entries import Entry, Kind
from teahouse.model.ids import EVERYBODY
from teahouse.model.marks import Mark

_NO_MARK = Mark()


class _Mentions(msgspec.Struct):
    mentions: tuple[str, ...] = ()


_mentions = msgspec.json.Decoder(_Mentions).decode


class Said(NamedTuple):
    """The messages that stand, newest first, and the last seq of each who said something."""

    messages: list[Entry]
    own: dict[str, int]

    def at(self, seq: int) -> int:
        """When this message was said."""
        return next(entry.at for entry in self.messages if entry.seq == seq)


def said(entries: Iterable[Entry]) -> Said:
    """Of entries in ascending order."""
    messages = [entry for entry in entries if entry.kind is Kind.MESSAGE]
    own = {entry.sender: entry.seq for entry in messages}
    return Said([entry for entry in reversed(messages) if not entry.redacted], own)


def is_mentioned(entry: Entry, user: str) -> bool:
    mentions = _mentions(entry.content).mentions
    return user in mentions or EVERYBODY in mentions


class Unheard:
    """`after_ms` is how long who is connected has to read."""

    def __init__(self, stores: Stores, after_ms: int) -> None:
        self._cursors = stores.cursors
        self._relations = stores.relations
        self._after_ms = after_ms

    async def of(
        self, member: Member, lately: Said, now: int, connected: bool
    ) -> tuple[Entry | None, int | None]:
        """The newest message this member, who may be `connected`, is to be told of, and the seq of the oldest that is
        too young for that."""
        conversation, user = member.conversation, member.user
        mark = (await self._cursors.marks(user, [conversation])).get(conversation, _NO_MARK)
        floor = max(mark.read, mark.cleared, member.joined, lately.own.get(user, 0))
        muted = is_muted(mark, now)
        ripe = now - (self._after_ms if connected else 0)
        newest: Entry | None = None
        young: int | None = None
        for entry in lately.messages:
            if entry.seq <= floor:
                break
            if muted and not is_mentioned(entry, user):
                continue
            if entry.at > ripe:
                young = entry.seq
            else:
                newest = newest or entry
        return newest, young

    async def unblocked(self, chosen: dict[str, Entry]) -> dict[str, Entry]:
        """Without those who have blocked who wrote."""
        by_sender: dict[str, list[str]] = {}
        for user, entry in chosen.items():
            by_sender.setdefault(entry.sender, []).append(user)
        deaf: set[tuple[str, str]] = set()
        for sender, users in by_sender.items():
            deaf.update((user, sender) for user in await self._relations.blockers(sender, users))
        return {user: entry for user, entry in chosen.items() if (user, entry.sender) not in deaf}
