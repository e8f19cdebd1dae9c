"""Bans: who was removed and may not come back, by whatever way, until they are allowed to.

Rule: a ban is part of the place somebody had (`Member.banned`), written by the entry that removes them, so it
outlasts leaving, restarts and the one who gave it.
"""

import msgspec

from teahouse.engine.places import Cause, Places, check_power, check_several, leaving
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import Route, access_manager
from teahouse.engine.session import Session
from teahouse.model import commands
from teahouse.model.changes import SEQ_OF_ENTRY
from teahouse.model.conversations import Member
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import Banned, BanPage, Logged
from teahouse.ports.clock import Clock

MOST_BANS = 10_000


class Bans:
    def __init__(self, places: Places, route: Route, rosters: Rosters, clock: Clock) -> None:
        self._places = places
        self._route = route
        self._rosters = rosters
        self._clock = clock

    async def ban(self, session: Session, command: commands.Ban) -> Logged | None:
        """Remove somebody for good, or keep somebody out who is not in."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            manager = access_manager(roster, session.identity)
            check_several(roster.conversation)
            person = await self._route.person(command.user)
            if person.id in roster.entering | roster.leaving:
                raise Problem(Code.CONFLICT, f"{command.user!r} comes or goes right now; try again")
            if roster.is_banned(person.id):
                return Logged(manager.joined)
            place = roster.member(person)
            if place is not None:
                check_power(manager, place)
            elif person.id == manager.user:
                raise Problem(Code.BAD_REQUEST, "you cannot do this to yourself")
            if len(roster.banned()) >= MOST_BANS:
                raise Problem(Code.CONFLICT, f"at most {MOST_BANS} may be banned from one conversation")
            cause = Cause(session.identity, session, command.id, reason=command.reason)
            roster.leaving.add(person.id)
            try:
                await self._places.change(cause, roster, self._banned(roster, person, place), "banned")
            finally:
                roster.leaving.discard(person.id)
            return None

    def _banned(self, roster: Roster, person: User, place: Member | None) -> Member:
        """Who left keeps what they could read; who never was in gets nothing."""
        now = self._clock.now()
        if place is not None:
            return msgspec.structs.replace(leaving(place), banned=now)
        former = roster.former.get(person.id)
        if former is not None:
            return msgspec.structs.replace(former, banned=now)
        return Member(roster.conversation.id, person.id, person.nick, left=SEQ_OF_ENTRY, banned=now)

    async def unban(self, session: Session, command: commands.Unban) -> Logged | None:
        """They may come back; nobody brings them back."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            manager = access_manager(roster, session.identity)
            person = await self._route.person(command.user)
            if not roster.is_banned(person.id):
                return Logged(manager.joined)
            former = msgspec.structs.replace(roster.former[person.id], banned=0)
            await self._places.change(
                Cause(session.identity, session, command.id), roster, former, "unbanned"
            )
            return None

    async def bans(self, session: Session, command: commands.Bans) -> BanPage:
        """Who is banned, in order of user id; for owner and admins."""
        roster = await self._rosters.load(command.conversation)
        access_manager(roster, session.identity)
        banned = [member for member in roster.banned() if member.user > command.after]
        page = banned[: command.limit]
        rows = tuple(Banned(Person(member.user, member.nick), member.banned) for member in page)
        return BanPage(rows, len(banned) > len(page))
