"""Contacts: whom somebody keeps in their list, and under which name. Nobody else is told."""

from teahouse.engine.route import Route
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model import commands
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person
from teahouse.model.relations import Contact
from teahouse.model.results import ContactPage, Done

MOST_CONTACTS = 5000


class Contacts:
    def __init__(self, stores: Stores, route: Route) -> None:
        self._relations = stores.relations
        self._clock = stores.clock
        self._route = route

    async def contact(self, session: Session, command: commands.Contact) -> Done:
        """Add somebody, give them another alias, or take them away."""
        user = session.identity
        other = await self._route.person(command.user)
        if other.id == user.id:
            raise Problem(Code.BAD_REQUEST, "you are not a contact of yours")
        if not command.on:
            await self._relations.uncontact(user.id, other.id)
            return Done()
        contact = Contact(Person(other.id, other.nick), command.alias.strip(), self._clock.now())
        if not await self._relations.contact(user.id, contact, MOST_CONTACTS):
            raise Problem(Code.CONFLICT, f"you have {MOST_CONTACTS} contacts already")
        return Done()

    async def contacts(self, session: Session, command: commands.Contacts) -> ContactPage:
        """One's contacts, in order of user id."""
        found = await self._relations.contacts(session.identity.id, command.after, command.limit + 1)
        return ContactPage(tuple(found[: command.limit]), len(found) > command.limit)
