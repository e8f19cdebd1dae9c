"""Contacts: whom somebody keeps in their list, and under which name. Nobody else is told.

Two who keep each other are friends: they see each other's presence, also where they share no conversation. For this
the contacts of those who are here are in memory.
"""

from collections.abc import Callable

from teahouse.engine.route import Route
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model import commands
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person
from teahouse.model.relations import Contact
from teahouse.model.results import ContactPage, Done

MOST_CONTACTS = 5000
_NOBODY: frozenset[str] = frozenset()


class Contacts:
    """`changed` tells the other nodes of two between whom something changed."""

    def __init__(self, stores: Stores, route: Route, sessions: Sessions) -> None:
        self._relations = stores.relations
        self._clock = stores.clock
        self._route = route
        self._sessions = sessions
        self.changed: Callable[[str, str], None]
        self._of: dict[str, frozenset[str]] = {}
        self._moves = 0

    def friends(self, user: str) -> list[str]:
        """Who of those on this node is a contact of this user, who is here, and has them as a contact."""
        return [other for other in self._of.get(user, ()) if user in self._of.get(other, ())]

    async def learn(self, user: str) -> None:
        """Somebody comes: keep their contacts in memory."""
        while True:
            moves = self._moves
            kept = frozenset([c.user.id for c in await self._relations.contacts(user, "", MOST_CONTACTS)])
            if moves == self._moves:  # else somebody changed theirs meanwhile: read again
                break
        self._keep(user, kept)

    def forget(self, user: str) -> None:
        """Somebody has gone."""
        self._of.pop(user, None)

    def _keep(self, user: str, kept: frozenset[str]) -> None:
        if kept:
            self._of[user] = kept
        else:
            self._of.pop(user, None)

    def of(self, user: str) -> frozenset[str]:
        """The contacts of somebody who is here."""
        return self._of.get(user, _NOBODY)

    def heard(self) -> None:
        """Another node changed somebody's: what is being read may be older."""
        self._moves += 1

    def _moved(self, user: str, other: str, on: bool) -> None:
        self._moves += 1
        self.changed(user, other)
        if self._sessions.of(user):
            before = self.of(user)
            self._keep(user, before | {other} if on else before - {other})

    async def contact(self, session: Session, command: commands.Contact) -> Done:
        """Add somebody, give them another alias, or take them away."""
        user = session.identity
        other = await self._route.person(command.user)
        if other.id == user.id:
            raise Problem(Code.BAD_REQUEST, "you are not a contact of yours")
        if not command.on:
            await self._relations.uncontact(user.id, other.id)
            self._moved(user.id, other.id, False)
            return Done()
        contact = Contact(Person(other.id, other.nick), command.alias.strip(), self._clock.now())
        if not await self._relations.contact(user.id, contact, MOST_CONTACTS):
            raise Problem(Code.CONFLICT, f"you have {MOST_CONTACTS} contacts already")
        self._moved(user.id, other.id, True)
        return Done()

    async def contacts(self, session: Session, command: commands.Contacts) -> ContactPage:
        """One's contacts, in order of user id."""
        found = await self._relations.contacts(session.identity.id, command.after, command.limit + 1)
        return ContactPage(tuple(found[: command.limit]), len(found) > command.limit)
