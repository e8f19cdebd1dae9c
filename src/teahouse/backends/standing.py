"""Standing: who is in which conversation and what its settings are, as drafts come to it one after the other.

Rule: pure. A backend reads what is `wanted` where nobody can change it before the drafts are stored, asks for the
`refusal` of each draft, and notes each one it stores: so a draft is measured by what those before it in the same batch
made of things.
Called by the appends and changes of each backend (L10, L11, D5).
"""

from collections.abc import Iterable, Mapping

from teahouse.model.changes import Change, Expect, PutConversation, PutMember, placed
from teahouse.model.conversations import Circle, Conversation, Member, Role
from teahouse.model.entries import JUDGED, Draft, Kind, Refusal
from teahouse.model.ids import LOBBY

Place = tuple[str, str]
"""A conversation and a user."""

_SPEAKING = (Kind.MESSAGE, Kind.EDIT)


class Wanted:
    """What must be read to measure drafts: settings, places, how many are in, and the last pin after an entry."""

    def __init__(self, drafts: Iterable[Draft] = ()) -> None:
        self.settings: set[str] = set()
        self.places: set[Place] = set()
        self.counts: set[str] = set()
        self.pins: dict[str, int] = {}
        self._changed: set[Place] = set()
        for draft in drafts:
            if draft.judged != JUDGED:
                self.settings.add(draft.conversation)
                self.places.add((draft.conversation, draft.sender))
            self.expect(draft.changes)

    def expect(self, changes: Iterable[Change]) -> None:
        """What these changes rest on, and what they change of what is counted."""
        for change in changes:
            if isinstance(change, Expect):
                self.settings.add(change.conversation)
                self.places |= {(change.conversation, user) for user, _ in change.places}
                if change.most >= 0:
                    self.counts.add(change.conversation)
                if change.pins >= 0:
                    before = self.pins.get(change.conversation, change.pins)
                    self.pins[change.conversation] = min(before, change.pins)
            elif isinstance(change, PutMember):
                self._changed.add((change.member.conversation, change.member.user))
        self.places |= {place for place in self._changed if place[0] in self.counts}


class Standing:
    """`settings` and `places` have what is there, `counts` how many are in, `pins` the last pin if it is after the
    entry that was asked about."""

    def __init__(
        self,
        settings: Iterable[Conversation],
        places: Iterable[Member],
        counts: Mapping[str, int],
        pins: Mapping[str, int],
    ) -> None:
        self._settings = {conversation.id: conversation for conversation in settings}
        self._places = {(member.conversation, member.user): member for member in places}
        self._counts = dict(counts)
        self._pins = dict(pins)

    def store(self, draft: Draft, seq: int) -> None:
        """It is entry `seq` now, and what it changes is so."""
        if draft.kind is Kind.PIN:
            self._pins[draft.conversation] = seq
        self.note(placed(change, seq) for change in draft.changes)

    def note(self, changes: Iterable[Change]) -> None:
        """These are so from now on, each with the seq of its entry."""
        for change in changes:
            if isinstance(change, PutConversation):
                self._settings[change.conversation.id] = change.conversation
            elif isinstance(change, PutMember):
                self._put(change.member)

    def _put(self, member: Member) -> None:
        place = member.conversation, member.user
        before, self._places[place] = self._places.get(place), member
        if member.conversation in self._counts:
            self._counts[member.conversation] += _is_in(member) - _is_in(before)

    def refusal(self, draft: Draft) -> Refusal | None:
        """Why this draft cannot be stored now, if it cannot."""
        if self.contradicted(draft.changes) is not None:
            return Refusal.OVERTAKEN
        return None if draft.judged == JUDGED else self._bar(draft)

    def contradicted(self, changes: Iterable[Change]) -> str | None:
        """The conversation of which the changes expect what is not so."""
        wrong = (c.conversation for c in changes if isinstance(c, Expect) and not self._is_so(c))
        return next(wrong, None)

    def _is_so(self, expected: Expect) -> bool:
        name = expected.conversation
        return (
            self._settings.get(name) == expected.settings
            and all(self._places.get((name, user)) == place for user, place in expected.places)
            and (expected.most < 0 or self._counts[name] <= expected.most)
            and (expected.pins < 0 or self._pins.get(name, 0) <= expected.pins)
        )

    def _bar(self, draft: Draft) -> Refusal | None:
        settings = self._settings.get(draft.conversation)
        place = self._places.get((draft.conversation, draft.sender))
        if settings is not None and settings.dissolved:
            return Refusal.OUT
        if not _is_in(place) and draft.conversation != LOBBY:
            return Refusal.OUT
        if draft.kind not in _SPEAKING:
            return None
        if place is not None and (place.muted_until < 0 or place.muted_until > draft.at):
            return Refusal.MUTED
        if settings is not None and settings.post is Circle.ADMINS and _is_plain(place):
            return Refusal.CLOSED
        return None


def is_governing(change: Change) -> bool:
    """Whether a change is one of places or settings."""
    return isinstance(change, PutMember | PutConversation)


def expects(changes: Iterable[Change]) -> bool:
    return any(isinstance(change, Expect) for change in changes)


def _is_in(place: Member | None) -> bool:
    return place is not None and not place.left


def _is_plain(place: Member | None) -> bool:
    return place is None or place.role is Role.MEMBER
