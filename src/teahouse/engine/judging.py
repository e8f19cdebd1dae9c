"""Judging: what the store looks at once more, because another node may have changed it meanwhile.

Rule: what a decision rests on travels with the draft, and the store compares it in the transaction that stores it. A
change that rests on what is no longer so is decided again (again.py); a sender who is out, or muted, is refused. A
server that is alone decides once, and pays an attribute or two. Made by pipeline.py.
"""

from collections.abc import Iterable

from teahouse.engine.fanout import Fanout
from teahouse.engine.rosters import Roster, Rosters
from teahouse.model.changes import Change, Expect
from teahouse.model.conversations import LOBBY_CONVERSATION
from teahouse.model.entries import JUDGED
from teahouse.ports.log import MessageLog


class Judging:
    def __init__(self, log: MessageLog, rosters: Rosters, fanout: Fanout) -> None:
        self._log = log
        self._nodes = fanout.nodes
        self._rosters = rosters
        self._fanout = fanout
        rosters.end = self.end

    @property
    def alone(self) -> bool:
        """Whether nobody else decides."""
        return not self._nodes.shared

    async def end(self, conversation: str) -> int:
        """Where the log ends: what is read of the directory after this has all changes up to there. A server that is
        alone need not know."""
        return JUDGED if self.alone else (await self._log.heads([conversation])).get(conversation, 0)

    def of(self, roster: Roster) -> int:
        """The last entry of which it is certain that what it changed is known here."""
        if not self._nodes.shared:
            return JUDGED
        conversation = roster.conversation.id
        feed = self._fanout.feed(conversation)
        if feed is None or feed.opening is not None or feed.doubt is not None:
            return roster.since
        if self._rosters.get(conversation) is not roster:
            return roster.since
        if roster.since < feed.since:  # something may be missing in between: the next one looks anew
            self._rosters.forget(conversation)
            return roster.since
        roster.since = max(roster.since, feed.known)
        return roster.since

    def expect(
        self, roster: Roster, users: Iterable[str], most: int = -1, pins: int = -1
    ) -> tuple[Change, ...]:
        """A change rests on the settings, on the places of these users, on that at most `most` are in, and on what was
        pinned up to entry `pins`."""
        if not self._nodes.shared:
            return ()
        settings = None if roster.conversation is LOBBY_CONVERSATION else roster.conversation
        places = {user: roster.members.get(user) or roster.former.get(user) for user in users}
        return (Expect(roster.conversation.id, settings, tuple(places.items()), most, pins),)
