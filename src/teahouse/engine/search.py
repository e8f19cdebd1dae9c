"""Search: messages by what they say, of all that somebody may read.

Rule: what may be read is part of the question that the store is asked, and each message is looked at again as this
user sees it: who was let out does not find it by an edit that came later, and nobody by a text that is no longer there.
A page is filled with what is left, so that its length tells nothing of what is not shown.
"""

import asyncio
from collections.abc import Iterable, Sequence

from teahouse.engine.history import Reader
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import Route
from teahouse.engine.session import Session
from teahouse.engine.snippet import snippet
from teahouse.engine.stores import Stores
from teahouse.engine.sync import title_of
from teahouse.model import commands
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick, message_id
from teahouse.model.people import User
from teahouse.model.query import Query, parse
from teahouse.model.results import Hit, SearchPage, View
from teahouse.model.searching import Authors, Criteria, Window, fits, said

MOST_RUNNING = 64
"""Searches at once; further ones are told to come back."""

BUSY_MS = 1000
ROUNDS = 10
"""How often the store is asked again where what it found is not shown."""

ME = "me"

Place = tuple[str, int]
"""Where a message is: conversation and seq."""


class Search:
    def __init__(self, stores: Stores, rosters: Rosters, route: Route, reader: Reader) -> None:
        self._stores = stores
        self._rosters = rosters
        self._route = route
        self._reader = reader
        self._running = 0

    async def search(self, session: Session, command: commands.Search) -> SearchPage:
        """A page of hits, newest first."""
        if self._running >= MOST_RUNNING:
            raise Problem(Code.RATE_LIMITED, "too many searches run at the moment", BUSY_MS)
        self._running += 1
        try:
            return await self._search(session.identity, command)
        finally:
            self._running -= 1

    async def _search(self, user: User, command: commands.Search) -> SearchPage:
        query = parse(command.query)
        windows = await self._windows(user, query, command.conversation)
        start = None if command.cursor is None else _start(command.cursor, windows)
        if _asks_nothing(query, command):
            return SearchPage((), False)
        criteria = await self._criteria(user, query, command)
        views, rest = await self._views(user, criteria, windows, start, command.limit)
        hits = [await _hit(view, criteria) for view in views]
        return SearchPage(tuple(hits), rest is not None, None if rest is None else message_id(*rest))

    async def _windows(self, user: User, query: Query, conversation: str | None) -> list[Window]:
        """What may be read of the conversations that are asked for."""
        rosters = await self._places(user, conversation)
        windows = await self._reader.windows(rosters, user)
        if conversation is not None and not windows:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {conversation!r}")
        if not query.places and not query.no_places:
            return windows
        wanted = {roster.conversation.id for roster in rosters if _is_wanted(roster, user, query)}
        return [window for window in windows if window.conversation in wanted]

    async def _places(self, user: User, conversation: str | None) -> list[Roster]:
        """The conversations that may hold something for the user: those they are in, and those they were in."""
        if conversation is not None:
            return [await self._rosters.load(conversation)]
        directory = self._stores.directory
        ids = [LOBBY, *await directory.memberships(user.id), *await directory.formerly(user.id)]
        found = await asyncio.gather(*(self._rosters.find(id_) for id_ in dict.fromkeys(ids)))
        return [roster for roster in found if roster is not None]

    async def _criteria(self, user: User, query: Query, command: commands.Search) -> Criteria:
        senders = [*query.senders, *([command.from_] if command.from_ else [])]
        return Criteria(
            phrases=tuple(query.phrases),
            no_phrases=tuple(query.no_phrases),
            has=tuple(query.has),
            has_not=tuple(query.has_not),
            authors=await self._authors(user, senders) if senders else None,
            no_authors=await self._authors(user, query.no_senders),
            after=max((t for t in (query.after, command.after) if t is not None), default=None),
            before=min((t for t in (query.before, command.before) if t is not None), default=None),
        )

    async def _authors(self, user: User, names: Iterable[str]) -> Authors:
        """Who is meant by `me`, a user id or a nick: whoever wrote under it then, and whoever has it now."""
        users: list[str] = []
        nicks: list[str] = []
        for name in names:
            if name == ME:
                users.append(user.id)
                continue
            users.append(name)
            nick = fold_nick(name.removeprefix("@"))
            nicks.append(nick)
            bearer = await self._route.bearer(nick)
            if bearer is not None:
                users.append(bearer.id)
        return Authors(tuple(users), tuple(nicks))

    async def _views(
        self,
        user: User,
        criteria: Criteria,
        windows: Sequence[Window],
        start: Place | None,
        limit: int,
    ) -> tuple[list[View], Place | None]:
        """At most `limit`, and where to go on if there may be more."""
        views: list[View] = []
        for _ in range(ROUNDS):
            found = await self._stores.finder.find(criteria, windows, start, limit + 1)
            shown = await self._shown(user, found, windows)
            views += [view for view in shown if fits(criteria, view.entry, view.entry.content)]
            if len(views) > limit:
                return views[:limit], _place(views[limit - 1].entry)
            if len(found) <= limit:
                return views, None
            start = _place(found[-1])
        return views, start

    async def _shown(self, user: User, found: Sequence[Entry], windows: Sequence[Window]) -> list[View]:
        """The messages as the user sees them now, in the same order, without those that they do not: what they
        deleted for themselves, and what has expired."""
        within = {window.conversation: window for window in windows}
        of: dict[str, list[Entry]] = {}
        for entry in found:
            of.setdefault(entry.conversation, []).append(entry)
        pages = await asyncio.gather(
            *(self._reader.shown(entries, user, within[conversation]) for conversation, entries in of.items())
        )
        views = {(view.entry.conversation, view.entry.seq): view for page in pages for view in page}
        places = [_place(entry) for entry in found]
        return [views[place] for place in places if place in views]


def _place(entry: Entry) -> Place:
    return entry.conversation, entry.seq


async def _hit(view: View, criteria: Criteria) -> Hit:
    """One message a turn: a long one takes a while to look through."""
    await asyncio.sleep(0)
    piece = snippet(said(view.entry.content).text, criteria.phrases)
    return Hit(view, piece.text, piece.marks)


def _start(cursor: str, windows: Iterable[Window]) -> Place:
    """The place a cursor stands for. One that this search cannot have given says nothing about others' messages."""
    conversation, _, number = cursor.rpartition(".")
    seq = int(number) if number.isascii() and number.isdigit() else 0
    for window in windows:
        if window.conversation == conversation and window.after < seq <= window.upto:
            return conversation, seq
    raise Problem(Code.BAD_REQUEST, "the cursor is not one of this search; begin without one")


def _is_wanted(roster: Roster, user: User, query: Query) -> bool:
    """What `in:` says of a conversation."""
    if query.places and not any(_is_called(roster, user, place) for place in query.places):
        return False
    return not any(_is_called(roster, user, place) for place in query.no_places)


def _is_called(roster: Roster, user: User, place: str) -> bool:
    """By its id, its title, or the nick of the other person."""
    if roster.conversation.id == place:
        return True
    title = fold_nick(title_of(roster, user))
    return bool(title) and title == fold_nick(place.removeprefix("@"))


def _asks_nothing(query: Query, command: commands.Search) -> bool:
    return query.empty and command.from_ is None and command.before is None and command.after is None
