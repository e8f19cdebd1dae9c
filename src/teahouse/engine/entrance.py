"""Entrance: coming in by an invitation link, and asking to be let in.

Rule: the token of a link is told once, to who made it, and stored as a hash. Whether a link lets one more in is
decided by the store, together with the entry that lets them in; what is checked here only spares it the trouble.
"""

from collections.abc import Callable

from teahouse.engine import fresh
from teahouse.engine.ack import dead_link
from teahouse.engine.membership import entered
from teahouse.engine.options import EngineOptions
from teahouse.engine.places import Cause, Places, check_several
from teahouse.engine.quota import Quota
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access_manager
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model import commands, events
from teahouse.model.changes import UseLink
from teahouse.model.conversations import JoinRule
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest
from teahouse.model.errors import Code, Problem
from teahouse.model.events import AnyEvent
from teahouse.model.people import Person
from teahouse.model.results import (
    Done,
    Joined,
    LinkList,
    LinkMade,
    LinkRow,
    Pending,
    Preview,
    RequestList,
    RequestRow,
    Result,
)

MOST_LINKS = 100


class Entrance:
    """`whisper` tells somebody alone."""

    def __init__(
        self,
        stores: Stores,
        places: Places,
        rosters: Rosters,
        quota: Quota,
        options: EngineOptions,
    ) -> None:
        self._links = stores.links
        self._requests = stores.requests
        self._users = stores.users
        self._clock = stores.clock
        self._places = places
        self._rosters = rosters
        self._quota = quota
        self._most = options.join_requests
        self.whisper: Callable[[str, AnyEvent], None]
        self._request_ms = options.join_request_days * 86_400_000

    async def link(self, session: Session, command: commands.Link) -> LinkMade:
        """Make a link, by owner and admins."""
        roster = await self._managed(session, command.conversation)
        now = self._clock.now()
        token, digest = fresh.resume_secret()
        link = InvitationLink(
            fresh.link_id(),
            roster.conversation.id,
            digest,
            session.identity.id,
            now,
            0 if command.expires_in is None else now + command.expires_in * 1000,
            command.uses,
        )
        if not await self._links.put(link, MOST_LINKS):
            raise Problem(Code.CONFLICT, f"there are {MOST_LINKS} links already; revoke one first")
        return LinkMade(link.id, token, link.expires, link.uses)

    async def links(self, session: Session, command: commands.Links) -> LinkList:
        """The links that work, without their tokens, by owner and admins."""
        roster = await self._managed(session, command.conversation)
        now = self._clock.now()
        return LinkList(
            tuple(
                LinkRow(link.id, link.by, link.created, link.used, link.expires, link.uses)
                for link in await self._links.of(roster.conversation.id)
                if link.works(now)
            )
        )

    async def unlink(self, session: Session, command: commands.Unlink) -> Done:
        """A link lets nobody in from now on."""
        roster = await self._managed(session, command.conversation)
        if not await self._links.revoke(roster.conversation.id, command.link):
            raise Problem(Code.NOT_FOUND, "there is no such link")
        return Done()

    async def preview(self, _session: Session, command: commands.Preview) -> Preview:
        """What strangers see of the conversation a link leads to."""
        link = await self._working(command.link)
        roster = await self._alive(link)
        return Preview(roster.conversation.title, len(roster.members))

    async def by_link(self, session: Session, command: commands.Join, token: str) -> Result | None:
        """Come in with a link. Who is in already uses nothing up."""
        user = session.identity
        link = await self._working(token)
        roster = await self._alive(link)
        if command.conversation not in (None, link.conversation):
            raise Problem(Code.BAD_REQUEST, "the link leads to another conversation")
        if (member := roster.member(user)) is not None:
            return Joined(link.conversation, member.joined)
        cause = Cause(user, session, command.id, entered)
        use = UseLink(link.id, self._clock.now())
        return await self._places.bring_in(cause, roster, [user], "joined", [use])

    async def _working(self, token: str) -> InvitationLink:
        link = await self._links.find(fresh.digest(token))
        if link is None or not link.works(self._clock.now()):
            raise dead_link()
        return link

    async def _alive(self, link: InvitationLink) -> Roster:
        roster = await self._rosters.find(link.conversation)
        if roster is None or roster.conversation.dissolved:
            raise dead_link()
        return roster

    async def _managed(self, session: Session, conversation: str) -> Roster:
        roster = await self._rosters.load(conversation)
        access_manager(roster, session.identity)
        check_several(roster.conversation)
        return roster

    async def ask(self, session: Session, roster: Roster, text: str) -> Pending:
        """Ask to be let in. Owner and admins are told, once."""
        user = session.identity
        conversation = roster.conversation.id
        self._places.check_admissible(roster, user)
        await self._quota.take_rare(user.id)
        now = self._clock.now()
        request = JoinRequest(conversation, user.id, user.nick, text.strip(), now)
        asked = await self._requests.ask(request, self._most, now - self._request_ms)
        if asked is Asked.FULL:
            raise Problem(Code.CONFLICT, "too many wait to be let in already; try again later")
        if asked is Asked.NEW:
            self._tell(roster, Person(user.id, user.nick), "asked", request.text)
        return Pending(conversation)

    async def requests(self, session: Session, command: commands.Requests) -> RequestList:
        """Who waits to be let in, in the order they came, by owner and admins."""
        roster = await self._managed(session, command.conversation)
        waiting = await self._requests.of(roster.conversation.id, self._since())
        rows = (
            RequestRow(Person(r.user, r.nick), r.at, r.text) for r in waiting if r.user not in roster.members
        )
        return RequestList(tuple(rows))

    async def approve(self, session: Session, command: commands.Approve) -> Result | None:
        """Let somebody in who asked."""
        roster = await self._managed(session, command.conversation)
        request = await self._requests.find(roster.conversation.id, command.user, self._since())
        user = await self._users.user(command.user)
        if request is None or user is None or user.id in roster.members:
            raise _no_request()
        cause = Cause(session.identity, session, command.id)
        result = await self._places.bring_in(cause, roster, [user], "approved")
        self._tell(roster, Person(user.id, user.nick), "approved")
        return result

    async def reject(self, session: Session, command: commands.Reject) -> Done:
        """Do not let somebody in; or, of oneself, ask no longer."""
        roster = await self._rosters.load(command.conversation)
        user = session.identity
        mine = command.user == user.id
        if not mine:
            await self._managed(session, command.conversation)
        elif roster.conversation.join is not JoinRule.APPROVAL:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {command.conversation!r}")
        request = await self._requests.find(roster.conversation.id, command.user, self._since())
        if request is None or not await self._requests.drop(roster.conversation.id, command.user):
            raise _no_request()
        person = Person(request.user, request.nick)
        self._tell(roster, person, "withdrawn" if mine else "rejected")
        if not mine:
            event = events.Request(roster.conversation.id, person, "rejected")
            self.whisper(person.id, event)
        return Done()

    def _since(self) -> int:
        return self._clock.now() - self._request_ms

    def _tell(self, roster: Roster, person: Person, state: str, text: str = "") -> None:
        """Tell the owner and admins who are connected; the others find it in the list."""
        event = events.Request(roster.conversation.id, person, state, text)
        for manager in roster.managers:
            self.whisper(manager, event)


def _no_request() -> Problem:
    return Problem(Code.NOT_FOUND, "nobody of this id waits to be let in")
