"""History: what a reader may see of a conversation, with later entries folded into earlier ones.

Rule: nothing folded is stored. A message's edits, reactions and pins are found in the log by their `ref` each time.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.session import Session
from teahouse.model.commands import History
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.model.results import HistoryPage, Reacted, View
from teahouse.model.searching import Window
from teahouse.ports.cursors import Cursors
from teahouse.ports.log import MessageLog

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode
END = 2**53


class ReactionContent(msgspec.Struct):
    emoji: str
    on: bool = True


class PinContent(msgspec.Struct):
    on: bool = True


_reaction = msgspec.json.Decoder(ReactionContent)
_pin = msgspec.json.Decoder(PinContent)


class Reader:
    """Reads the log for one user: only what they may see."""

    def __init__(self, log: MessageLog, cursors: Cursors, rosters: Rosters) -> None:
        self._log = log
        self._cursors = cursors
        self._rosters = rosters

    async def history(self, session: Session, command: History) -> HistoryPage:
        """A page of entries, ascending: the newest, those before a seq, or those after one."""
        user = session.identity
        roster = await self._rosters.load(command.conversation)
        after, last = await self.window(roster, user)
        upto = last
        forward = command.after is not None and command.before is None
        if command.after is not None:
            after = max(after, command.after)
        if command.before is not None:
            upto = min(upto, command.before - 1)
        page = await self._log.read(command.conversation, after, upto, command.limit + 1, newest=not forward)
        more = len(page) > command.limit
        if more:
            page = page[: command.limit] if forward else page[1:]
        return HistoryPage(tuple(await self._views(page, user, last)), more)

    async def window(self, roster: Roster, user: User) -> tuple[int, int]:
        """after < seq <= upto: what this user may read here; Problem if nothing."""
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
        """One entry this user may read, or `not_found`."""
        after, upto = await self.window(roster, user)
        if after < seq <= upto:
            found = await self._log.read(roster.conversation.id, seq - 1, seq, 1)
            if found:
                return found[0]
        raise Problem(Code.NOT_FOUND, f"there is no entry {seq} in this conversation")

    async def state(self, entry: Entry, user: User) -> View:
        """One message as it is now, for a member."""
        return (await self._views([entry], user, END))[0]

    async def shown(self, entries: Sequence[Entry], user: User, upto: int) -> list[View]:
        """Entries of one conversation, which this user may read up to `upto`, as they are now."""
        return await self._views(entries, user, upto)

    async def _views(self, entries: Sequence[Entry], user: User, last: int) -> list[View]:
        """Entries of one conversation with what later ones, up to `last`, made of them."""
        messages = [entry.seq for entry in entries if entry.kind is Kind.MESSAGE]
        references: list[Entry] = []
        if messages:
            references = await self._log.references(entries[0].conversation, messages)
        return fold(entries, (r for r in references if r.seq <= last), user.id)


def plain(entries: Iterable[Entry], user: str) -> tuple[View, ...]:
    """Entries as the log has them, for readers who will get the later ones, too."""
    return tuple(View(entry, entry.sender == user) for entry in entries)


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
        if view is None or view.entry.redacted:
            continue
        if reference.kind is Kind.EDIT and not reference.redacted:
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


def _edit(view: View, edit: Entry) -> None:
    """The newest text; topic and priority of the message stay."""
    fields = _fields.decode(view.entry.content)
    fields.pop("mentions", None)
    fields.update(_fields.decode(edit.content))
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
