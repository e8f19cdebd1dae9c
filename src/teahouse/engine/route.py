"""Route: which conversation a command means, and whether this user may do this there.

Point-to-point (`@nick`), group (a conversation id) and topic (`topic:a.b`) all end in conversations.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from teahouse.engine.nodes import Nodes
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model.changes import Change, Expect, PutConversation, PutMember
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.errors import Code, Overtaken, Problem
from teahouse.model.ids import direct_id, fold_nick
from teahouse.model.news import Placed
from teahouse.model.people import User
from teahouse.model.topics import check_topic, matches

MANAGERS = (Role.OWNER, Role.ADMIN)


class Route:
    def __init__(self, stores: Stores, rosters: Rosters, sessions: Sessions, nodes: Nodes) -> None:
        self._nodes = nodes
        self._users = stores.users
        self._relations = stores.relations
        self._directory = stores.directory
        self._presence = stores.presence
        self._clock = stores.clock
        self._rosters = rosters
        self._sessions = sessions
        self._topics: dict[str, str] = {}
        self.opened: Callable[[Roster], None]

    async def start(self) -> None:
        """Read which rooms listen to which topics."""
        self._topics = dict(await self._directory.topics())

    def learn(self, changes: Iterable[Change]) -> None:
        """Rooms that committed entries made, or whose pattern they changed."""
        for change in changes:
            if isinstance(change, PutConversation):
                self._listen(change.conversation)

    def _listen(self, conversation: Conversation) -> None:
        if conversation.topic:
            self._topics[conversation.id] = conversation.topic
        else:
            self._topics.pop(conversation.id, None)

    def known(self, user: User, to: str) -> Roster | None:
        """The target, if it takes no I/O to know it: the fast path of every send."""
        if to[0] == "@":
            other = self._sessions.named(fold_nick(to[1:]))
            if other is None or other.id == user.id:
                return None
            to = direct_id(user.id, other.id)
        return self._rosters.get(to)

    async def target(self, user: User, to: str) -> Roster:
        """The conversation `to` means; a direct one is made if it is the first time."""
        if to[0] != "@":
            return await self._rosters.load(to)
        return await self.direct(user, await self.person(to))

    async def person(self, name: str) -> User:
        """Somebody by user id or `@nick`: a live one, or an account."""
        if name[0] != "@":
            found = await self._users.user(name)
        else:
            found = await self.bearer(fold_nick(name[1:]))
        if found is None:
            raise Problem(Code.NOT_FOUND, f"there is nobody called {name!r}")
        return found

    async def bearer(self, folded: str) -> User | None:
        """Who has this folded nick now: somebody live, or an account."""
        if (here := self._sessions.named(folded)) is not None:
            return here
        holder = await self._presence.holder(folded)
        if holder is not None:
            return await self._users.user(holder)
        return await self._users.account(folded)

    async def direct(self, user: User, other: User) -> Roster:
        """The direct conversation of two users."""
        if user.id == other.id:
            raise Problem(Code.BAD_REQUEST, "you cannot open a conversation with yourself")
        conversation = direct_id(user.id, other.id)
        roster = await self._rosters.find(conversation)
        if roster is None:
            await self._check_no_block(user, other)
            made = Conversation(
                conversation, ConversationKind.DIRECT, reach=Reach.ALL, limit=2, created=self._clock.now()
            )
            both = (Member(conversation, user.id, user.nick), Member(conversation, other.id, other.nick))
            rows = (PutConversation(made), PutMember(both[0]), PutMember(both[1]))
            with suppress(Overtaken):  # another node was faster, and made the same
                await self._directory.apply(
                    [*rows, *([Expect(conversation, None)] if self._nodes.shared else ())]
                )
                self._nodes.tell(Placed(rows))
            roster = await self._rosters.load(conversation)
        self.opened(roster)
        return roster

    async def _check_no_block(self, user: User, other: User) -> None:
        """No conversation is made with somebody who wants none."""
        if await self._relations.blockers(user.id, [other.id]):
            raise blocked()
        if await self._relations.blockers(other.id, [user.id]):
            raise _own_block()

    async def topic(self, user: User, topic: str) -> list[Roster]:
        """The rooms that hear a topic and that this user may write in."""
        check_topic(topic)
        heard = [room for room, pattern in self._topics.items() if matches(pattern, topic)]
        rosters = [roster for room in sorted(heard) if (roster := await self._rosters.find(room)) is not None]
        rosters = [r for r in rosters if _may_write_by_topic(r, user)]
        if not rosters:
            raise Problem(Code.NOT_FOUND, f"no room you may write in listens to {topic!r}")
        return rosters


def check_send(roster: Roster, user: User, now: int) -> None:
    """May this user write here now?"""
    member = access(roster, user)
    _check_muted(member, now)
    if roster.conversation.post is Circle.ADMINS and member.role is Role.MEMBER:
        raise Problem(Code.FORBIDDEN, "only the owner and admins write here")
    if roster.blockers:
        check_not_blocked(roster, user)


def check_not_blocked(roster: Roster, user: User) -> None:
    """In a direct conversation nothing goes either way while one has blocked the other."""
    if user.id in roster.blockers:
        raise _own_block()
    if roster.blockers:
        raise blocked()


def blocked() -> Problem:
    return Problem(Code.BLOCKED, "they have blocked you")


def _own_block() -> Problem:
    return Problem(Code.FORBIDDEN, "you have blocked them; unblock them first")


def check_topic_send(roster: Roster, user: User, now: int) -> None:
    """May this user write here by topic, which takes no membership? A mute outlasts leaving."""
    member = roster.member(user) or roster.former.get(user.id)
    if member is not None:
        _check_muted(member, now)


def _may_write_by_topic(roster: Roster, user: User) -> bool:
    """Members, and whoever may join."""
    if roster.conversation.dissolved:
        return False
    opened = roster.conversation.join is JoinRule.OPEN and not roster.is_banned(user.id)
    return roster.member(user) is not None or opened


def _check_muted(member: Member, now: int) -> None:
    if member.muted_until and (member.muted_until < 0 or member.muted_until > now):
        raise Problem(Code.MUTED, "you are muted in this conversation")


def access(roster: Roster, user: User) -> Member:
    """The user's place, or `forbidden`. Who never was in learns not even whether it exists."""
    member = roster.member(user)
    if member is not None:
        return member
    conversation = roster.conversation
    known = conversation.join is not JoinRule.INVITE and not conversation.dissolved
    if known or roster.place(user) is not None:
        raise Problem(Code.FORBIDDEN, "you are not a member of this conversation; join it first")
    raise Problem(Code.NOT_FOUND, f"there is no conversation {conversation.id!r}")


def access_manager(roster: Roster, user: User) -> Member:
    """The user's place if they are owner or admin, or `forbidden`."""
    member = access(roster, user)
    if member.role not in MANAGERS:
        raise Problem(Code.FORBIDDEN, "only the owner and admins may do this")
    return member


def peer_of(roster: Roster, user: User) -> Member | None:
    """The other person of a direct conversation."""
    return next((member for member in _everybody(roster) if member.user != user.id), None)


def _everybody(roster: Roster) -> Iterable[Member]:
    return (*roster.members.values(), *roster.former.values())
