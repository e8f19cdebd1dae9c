"""Sync: the conversation list, and what a device missed."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from teahouse.engine.history import Reader, plain
from teahouse.engine.receipts import Receipts
from teahouse.engine.rosters import Roster, Rosters, joined
from teahouse.engine.route import peer_of
from teahouse.engine.scopes import lobby_of
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model.commands import Conversations, Sync
from teahouse.model.conversations import ConversationKind, Role
from teahouse.model.entries import Entry, Kind
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Mark, Unread
from teahouse.model.people import Person, User
from teahouse.model.results import ConversationList, Summary, Synced, SyncedConversation, View

_NO_MARK = Mark()
_NO_UNREAD = Unread()
_RECENT = 20
MOST_HIDDEN = 1000


class Shelf(NamedTuple):
    """What is known of a user's conversations, by id."""

    rosters: list[Roster]
    heads: Mapping[str, int]
    marks: Mapping[str, Mark]
    unread: Mapping[str, Unread]
    now: int


class Missed(NamedTuple):
    """What a device missed of a conversation, and the newest of what was hidden of what it may still show."""

    page: list[Entry]
    hidden: tuple[int, ...]


class Synchronise:
    def __init__(self, stores: Stores, rosters: Rosters, reader: Reader, receipts: Receipts) -> None:
        self._stores = stores
        self._rosters = rosters
        self._reader = reader
        self._receipts = receipts

    async def sync(self, session: Session, command: Sync) -> Synced:
        """All conversations with their counts; entries only of those whose cursor the device knows."""
        user = session.identity
        cursors = command.cursors or {}
        shelf = await self._shelf(user, lobby_of(session.scopes))
        known = {roster.conversation.id for roster in shelf.rosters}
        self._receipts.confirm_soon(session, {c: seq for c, seq in cursors.items() if c in known})
        pages = await asyncio.gather(
            *(self._missed(user, r, cursors.get(r.conversation.id), command.limit + 1) for r in shelf.rosters)
        )
        return Synced(
            tuple(
                _synced(user, roster, shelf, page, command.limit)
                for roster, page in zip(shelf.rosters, pages, strict=True)
            ),
            _badge(shelf),
        )

    async def conversations(self, session: Session, _command: Conversations) -> ConversationList:
        """The user's conversations, those pinned first, then by last message."""
        user = session.identity
        shelf = await self._shelf(user, lobby_of(session.scopes))
        messages = await asyncio.gather(*(self._last_message(user, roster) for roster in shelf.rosters))
        rows = [
            _summary(user, roster, shelf, message)
            for roster, message in zip(shelf.rosters, messages, strict=True)
        ]
        rows.sort(key=lambda row: (not row.pinned, -(row.last_message.entry.at if row.last_message else 0)))
        return ConversationList(tuple(rows), _badge(shelf))

    async def badge(self, user: User) -> int:
        """What an icon shows for this user."""
        return _badge(await self._shelf(user))

    async def _shelf(self, user: User, lobby: tuple[str, ...] = (LOBBY,)) -> Shelf:
        ids = [*lobby, *await self._stores.directory.memberships(user.id)]
        found = await asyncio.gather(*(self._rosters.find(conversation) for conversation in ids))
        rosters = [roster for roster in found if roster is not None]
        since = {roster.conversation.id: joined(roster, user) for roster in rosters}
        return Shelf(
            rosters,
            await self._stores.log.heads(ids),
            await self._stores.cursors.marks(user.id, ids),
            await self._stores.cursors.unread(user.id, since),
            self._stores.clock.now(),
        )

    async def _missed(self, user: User, roster: Roster, cursor: int | None, limit: int) -> Missed:
        """The entries after the cursor, and what was hidden of those before it, which a device may still show."""
        if cursor is None:
            return _NOTHING
        sight = await self._reader.sight(roster, user)
        first = max(sight.after, cursor)
        page = await self._stores.log.read(roster.conversation.id, first, sight.upto, limit)
        return Missed(sight.shaded(page), tuple(sorted(s for s in sight.hidden if sight.after < s <= cursor)))

    async def _last_message(self, user: User, roster: Roster) -> View | None:
        sight = await self._reader.sight(roster, user)
        recent = await self._stores.log.read(roster.conversation.id, *sight.span, _RECENT, newest=True)
        seen = (entry for entry in reversed(recent) if entry.seq not in sight.hidden)
        message = next((sight.shade(entry) for entry in seen if entry.kind is Kind.MESSAGE), None)
        return None if message is None else await self._reader.state(message, user)


_NOTHING = Missed([], ())


def _badge(shelf: Shelf) -> int:
    """What an icon shows: all that is unread; of what is muted only the mentions."""
    badge = 0
    for conversation, counts in shelf.unread.items():
        quiet = is_muted(shelf.marks.get(conversation, _NO_MARK), shelf.now)
        badge += counts.mentions if quiet else counts.unread
    return badge


def is_muted(mark: Mark, now: int) -> bool:
    return mark.muted_until < 0 or mark.muted_until > now


def _synced(user: User, roster: Roster, shelf: Shelf, missed: Missed, limit: int) -> SyncedConversation:
    conversation = roster.conversation
    counts = shelf.unread.get(conversation.id, _NO_UNREAD)
    mark = shelf.marks.get(conversation.id, _NO_MARK)
    return SyncedConversation(
        conversation.id,
        conversation.kind,
        title_of(roster, user),
        shelf.heads.get(conversation.id, 0),
        counts.read,
        counts.unread,
        counts.mentions,
        plain(missed.page[:limit], user.id),
        len(missed.page) > limit,
        is_muted(mark, shelf.now),
        mark.cleared,
        missed.hidden[-MOST_HIDDEN:],
    )


def _summary(user: User, roster: Roster, shelf: Shelf, message: View | None) -> Summary:
    conversation = roster.conversation
    counts = shelf.unread.get(conversation.id, _NO_UNREAD)
    mark = shelf.marks.get(conversation.id, _NO_MARK)
    member = roster.member(user)
    peer = peer_of(roster, user) if conversation.kind is ConversationKind.DIRECT else None
    return Summary(
        conversation.id,
        conversation.kind,
        title_of(roster, user),
        Role.MEMBER if member is None else member.role,
        shelf.heads.get(conversation.id, 0),
        counts.read,
        counts.unread,
        counts.mentions,
        mark.pinned,
        is_muted(mark, shelf.now),
        mark.archived,
        None if peer is None else Person(peer.user, peer.nick),
        message,
        mark.cleared,
        conversation.expires_s,
        conversation.avatar,
    )


def title_of(roster: Roster, user: User) -> str:
    """The title, or the other person's nick."""
    if roster.conversation.kind is not ConversationKind.DIRECT:
        return roster.conversation.title
    peer = peer_of(roster, user)
    return "" if peer is None else peer.nick
