"""History: what a reader may see of a conversation, with later entries folded into earlier ones.

Rule: nothing folded is stored. A message's edits, reactions and pins are found in the log by their `ref`, its thread by
the index of replies, each time.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.session import Session
from teahouse.engine.sight import EXPIRED, HIDDEN, Sight
from teahouse.engine.stores import Stores
from teahouse.model.commands import History, Pins
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import HistoryPage, PinnedMessages, Quote, Reacted, View
from teahouse.model.searching import Window

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode
END = 2**53
SNIPPET = 100
"""Characters of a quote."""


class ReactionContent(msgspec.Struct):
    emoji: str
    on: bool = True


class PinContent(msgspec.Struct):
    on: bool = True


class RecallContent(msgspec.Struct, omit_defaults=True):
    expired: bool = False


class _Said(msgspec.Struct, frozen=True):
    type: str = ""
    text: str | None = None
    title: str = ""
    name: str = ""


class _Saying(msgspec.Struct):
    body: _Said = _Said()


_reaction = msgspec.json.Decoder(ReactionContent)
_pin = msgspec.json.Decoder(PinContent)
_recall = msgspec.json.Decoder(RecallContent)


class Reader:
    """Reads the log for one user: only what they may see. `pins` is how many pinned messages are listed."""

    def __init__(self, stores: Stores, rosters: Rosters, pins: int) -> None:
        self._stores = stores
        self._log = stores.log
        self._cursors = stores.cursors
        self._rosters = rosters
        self._pins = pins

    async def history(self, session: Session, command: History) -> HistoryPage:
        """A page of entries, ascending: the newest, those before a seq, or those after one."""
        user = session.identity
        roster = await self._rosters.load(command.conversation)
        sight = await self.sight(roster, user)
        after, upto = sight.span
        forward = command.after is not None and command.before is None
        if command.after is not None:
            after = max(after, command.after)
        if command.before is not None:
            upto = min(upto, command.before - 1)
        page = await self._page(command, (after, upto), not forward)
        more = len(page) > command.limit
        if more:
            page = page[: command.limit] if forward else page[1:]
        views = await self._views(page, sight, threads=command.thread is None)
        if command.quotes:
            await self._quote(views, sight)
        return HistoryPage(tuple(views), more)

    async def _page(self, command: History, span: tuple[int, int], newest: bool) -> list[Entry]:
        """One entry more than was asked for, to know whether there are more."""
        conversation, limit = command.conversation, command.limit + 1
        if command.thread is None:
            return await self._log.read(conversation, *span, limit, newest=newest)
        return await self._stores.index.replies(conversation, command.thread, span, limit, newest)

    async def pins(self, session: Session, command: Pins) -> PinnedMessages:
        """The messages that are pinned for all, as they are now, the last pinned first."""
        roster = await self._rosters.load(command.conversation)
        sight = await self.sight(roster, session.identity)
        pinned = await self._stores.index.pinned(command.conversation, sight.upto, self._pins)
        entries = await self._stores.index.pick(command.conversation, [message for message, _ in pinned])
        views = await self._views([entry for entry in entries if sight.sees(entry)], sight)
        place = {message: n for n, (message, _) in enumerate(pinned)}
        return PinnedMessages(tuple(sorted(views, key=lambda view: place[view.entry.seq])))

    async def pinned(self, conversation: str) -> int:
        """How many messages are pinned for all; counting stops when there are as many as may be."""
        return len(await self._stores.index.pinned(conversation, END, self._pins))

    async def window(self, roster: Roster, user: User) -> tuple[int, int]:
        """after < seq <= upto: what this user may read here; Problem if nothing. What they hid is in it: see
        `sight`."""
        found = await self.windows([roster], user)
        if not found:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {roster.conversation.id!r}")
        return found[0].after, found[0].upto

    async def windows(self, rosters: Sequence[Roster], user: User) -> list[Window]:
        """What this user may read, of all conversations where that is anything."""
        marks = await self._cursors.marks(user.id, [roster.conversation.id for roster in rosters])
        windows = []
        for roster in rosters:
            readable = roster.readable(user)
            if readable is not None:
                after, upto = readable
                mark = marks.get(roster.conversation.id)
                after = max(after, mark.cleared if mark else 0)
                windows.append(Window(roster.conversation.id, after, upto or END))
        return windows

    async def sight(self, roster: Roster, user: User) -> Sight:
        """What this user may see here; Problem if nothing."""
        conversation = roster.conversation.id
        after, upto = await self.window(roster, user)
        hidden = await self._stores.hidden.hidden(user.id, conversation, after, upto)
        return Sight(user.id, conversation, after, upto, hidden, self._stores.clock.now())

    async def shaded(self, user: str, conversation: str, entries: Sequence[Entry]) -> list[Entry]:
        """Entries that a user may read, as they may see them."""
        if not entries:
            return []
        after, upto = entries[0].seq - 1, entries[-1].seq
        first = min([after + 1, *(entry.ref for entry in entries if entry.ref is not None)])
        hidden = await self._stores.hidden.hidden(user, conversation, first - 1, upto)
        return Sight(user, conversation, after, upto, hidden, self._stores.clock.now()).shaded(entries)

    async def starts(self, user: User, seen: Mapping[str, int]) -> Mapping[str, int]:
        """Where a device that has seen so much goes on: not before what the user may read."""
        marks = await self._cursors.marks(user.id, list(seen))
        starts = {}
        for conversation, seq in seen.items():
            roster = await self._rosters.load(conversation)
            after, _ = roster.readable(user) or (seq, 0)
            starts[conversation] = max(
                seq, after, marks[conversation].cleared if conversation in marks else 0
            )
        return starts

    async def entry(self, roster: Roster, user: User, seq: int) -> Entry:
        """One entry this user may see, or `not_found`."""
        sight = await self.sight(roster, user)
        if sight.after < seq <= sight.upto and seq not in sight.hidden:
            found = await self._log.read(roster.conversation.id, seq - 1, seq, 1)
            if found:
                return sight.shade(found[0])
        raise Problem(Code.NOT_FOUND, f"there is no entry {seq} in this conversation")

    async def state(self, entry: Entry, user: User) -> View:
        """One message as it is now, for a member who may see it."""
        now = self._stores.clock.now()
        sight = Sight(user.id, entry.conversation, 0, END, frozenset(), now)
        return (await self._views([entry], sight, threads=False))[0]

    async def shown(self, entries: Sequence[Entry], user: User, window: Window) -> list[View]:
        """Those of these entries, all in the window, that this user may see, as they are now."""
        first, last = min(entry.seq for entry in entries), max(entry.seq for entry in entries)
        hidden = await self._stores.hidden.hidden(user.id, window.conversation, first - 1, last)
        now = self._stores.clock.now()
        sight = Sight(user.id, window.conversation, window.after, window.upto, hidden, now)
        return await self._views([entry for entry in entries if sight.sees(entry)], sight)

    async def _views(self, entries: Sequence[Entry], sight: Sight, threads: bool = True) -> list[View]:
        """Entries of one conversation with what later ones, as far as the reader may see, made of them."""
        messages = [entry.seq for entry in entries if entry.kind is Kind.MESSAGE]
        if not messages:
            return fold(sight.shaded(entries), (), sight.user)
        later = await self._log.references(sight.conversation, messages)
        views = fold(sight.shaded(entries), (r for r in later if r.seq <= sight.upto), sight.user)
        if threads and (found := await self._stores.index.threads(sight.conversation, messages, sight.span)):
            for view in views:
                if view.entry.kind is Kind.MESSAGE and view.entry.seq in found:
                    view.thread = found[view.entry.seq]
        return views

    async def _quote(self, views: Sequence[View], sight: Sight) -> None:
        """Put what replies answer beside them, as it is now: what was recalled, or hidden from this reader, is not
        shown."""
        replies = [v for v in views if v.entry.kind is Kind.MESSAGE and v.entry.ref and not v.entry.redacted]
        if not replies:
            return
        wanted = sorted({view.entry.ref for view in replies if view.entry.ref is not None})
        found = await self._stores.index.pick(sight.conversation, wanted)
        seen = [entry for entry in found if sight.after < entry.seq <= sight.upto]
        quoted = {view.entry.seq: view for view in await self._views(seen, sight, threads=False)}
        for view in replies:
            original = quoted.get(view.entry.ref or 0)
            if original is not None and original.entry.content is not HIDDEN:
                view.quote = quote(original.entry)


def plain(entries: Iterable[Entry], user: str) -> tuple[View, ...]:
    """Entries as the log has them, for readers who will get the later ones, too."""
    return tuple(View(entry, entry.sender == user) for entry in entries)


def quote(entry: Entry) -> Quote | None:
    """The beginning of a message; None of any other entry."""
    if entry.kind is not Kind.MESSAGE:
        return None
    person = Person(entry.sender, entry.nick)
    if entry.redacted:
        return Quote(entry.seq, person, recalled=True)
    try:
        said = msgspec.json.decode(entry.content, type=_Saying).body
    except msgspec.ValidationError:  # a body of a type of its clients' own
        return Quote(entry.seq, person)
    return Quote(entry.seq, person, said.type, (said.text or said.title or said.name)[:SNIPPET])


def fold(entries: Sequence[Entry], references: Iterable[Entry], user: str) -> list[View]:
    """Put edits, reactions and pins (ascending) into the messages they speak of."""
    views = [View(entry, entry.sender == user) for entry in entries]
    references = tuple(references)
    if not references:
        return views
    by_seq = {view.entry.seq: view for view in views if view.entry.kind is Kind.MESSAGE}
    reactions: dict[int, dict[str, dict[str, None]]] = {}
    for reference in references:
        view = by_seq.get(reference.ref or 0)
        if view is None or view.entry.content is HIDDEN:
            continue
        if view.entry.redacted:
            _fold_tombstone(view, reference)
        elif reference.kind is Kind.EDIT and not reference.redacted:
            _edit(view, reference)
        elif reference.kind is Kind.PIN:
            view.pinned = _pin.decode(reference.content).on
        elif reference.kind is Kind.REACTION:
            _react(reactions.setdefault(view.entry.seq, {}), reference)
    for seq, emojis in reactions.items():
        by_seq[seq].reactions = tuple(
            Reacted(emoji, len(users), tuple(users)) for emoji, users in emojis.items() if users
        )
    return views


def _fold_tombstone(view: View, reference: Entry) -> None:
    """Of what was erased, only why."""
    if reference.kind is Kind.RECALL and _recall.decode(reference.content).expired:
        view.entry = msgspec.structs.replace(view.entry, content=EXPIRED)


def _edit(view: View, edit: Entry) -> None:
    """The newest text; topic and priority of the message stay."""
    fields = _fields.decode(view.entry.content)
    fields.pop("mentions", None)
    later = _fields.decode(edit.content)
    later.pop("expires_s", None)  # counted from the edit
    fields.update(later)
    view.entry = msgspec.structs.replace(view.entry, content=_encode(fields))
    view.edited_seq = edit.seq
    view.edited_at = edit.at


def _react(emojis: dict[str, dict[str, None]], entry: Entry) -> None:
    reaction = _reaction.decode(entry.content)
    users = emojis.setdefault(reaction.emoji, {})
    if reaction.on:
        users[entry.sender] = None
    else:
        users.pop(entry.sender, None)
