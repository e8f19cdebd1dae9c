"""Blocks: who wants nothing from whom.

Rule: a send costs nothing for it. The roster of a direct conversation knows which of its two has blocked the other,
and the blocks of those who are here are in memory, for their presence; both are moved when a block changes. In
groups nothing is withheld: clients hide what they want to.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from teahouse.engine.rosters import Rosters
from teahouse.engine.route import Route
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model import commands
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import direct_id
from teahouse.model.people import User
from teahouse.model.results import BlockPage, Done

MOST_BLOCKS = 1000
_NOBODY: frozenset[str] = frozenset()


class Blocks:
    """`changed` tells the other nodes of two between whom something changed."""

    def __init__(self, stores: Stores, route: Route, rosters: Rosters, sessions: Sessions) -> None:
        self._relations = stores.relations
        self._clock = stores.clock
        self._route = route
        self._rosters = rosters
        self._sessions = sessions
        self.changed: Callable[[str, str], None]
        self._of: dict[str, frozenset[str]] = {}
        self._moves = 0

    def of(self, user: str) -> frozenset[str]:
        """Whom somebody who is here has blocked."""
        return self._of.get(user, _NOBODY)

    async def learn(self, user: str) -> None:
        """Somebody comes: keep their blocks in memory."""
        while True:
            moves = self._moves
            blocked = frozenset(
                [block.user.id for block in await self._relations.blocks(user, "", MOST_BLOCKS)]
            )
            if moves == self._moves:  # else somebody changed theirs meanwhile: read again
                break
        if blocked:
            self._of[user] = blocked
        else:
            self._of.pop(user, None)

    def heard(self, user: str, other: str) -> None:
        """Another node changed what there is between the two: what is known of it may be wrong."""
        self._moves += 1
        self._rosters.forget(direct_id(user, other))

    def forget(self, user: str) -> None:
        """Somebody has gone."""
        self._of.pop(user, None)

    async def block(self, session: Session, command: commands.Block) -> Done:
        """They can write to one no more, nor see whether one is here, nor bring one into groups."""
        user = session.identity
        other = await self._route.person(command.user)
        if other.id == user.id:
            raise Problem(Code.BAD_REQUEST, "you cannot block yourself")
        with self._unsure(user, other):
            stored = await self._relations.block(user.id, other.id, self._clock.now(), MOST_BLOCKS)
        if not stored:
            raise Problem(Code.CONFLICT, f"you have blocked {MOST_BLOCKS} already; unblock somebody first")
        self._moved(user, other, True)
        return Done()

    async def unblock(self, session: Session, command: commands.Unblock) -> Done:
        user = session.identity
        other = await self._route.person(command.user)
        with self._unsure(user, other):
            await self._relations.unblock(user.id, other.id)
        self._moved(user, other, False)
        return Done()

    @contextmanager
    def _unsure(self, user: User, other: User) -> Iterator[None]:
        """A store that does not answer in time may have done it all the same: then it is read anew."""
        try:
            yield
        except BaseException:
            self._rosters.forget(direct_id(user.id, other.id))
            raise

    def _moved(self, user: User, other: User, on: bool) -> None:
        self._moves += 1
        before = self.of(user.id)
        after = before | {other.id} if on else before - {other.id}
        if after and self._sessions.of(user.id):
            self._of[user.id] = after
        else:
            self._of.pop(user.id, None)
        self._rosters.blocked(direct_id(user.id, other.id), user.id, on)
        self.changed(user.id, other.id)

    async def blocks(self, session: Session, command: commands.Blocks) -> BlockPage:
        """Whom one has blocked, in order of user id."""
        found = await self._relations.blocks(session.identity.id, command.after, command.limit + 1)
        return BlockPage(tuple(found[: command.limit]), len(found) > command.limit)
