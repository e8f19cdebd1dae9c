"""Users and Directory (ports/directory.py), and profiles (ports/accounts.py), from copies.

Rule: that somebody is not there is never kept; only a filter may say so (known.py). A nick leads to an id, and whose it
is stands in the copy of that user: so a nick that was given up needs no news of its own. Guests are found by their
secrets in the store alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from teahouse.backends.cached.cache import Cache
from teahouse.backends.cached.changing import Changing, Named
from teahouse.model.accounts import Account
from teahouse.model.changes import Change, DropBot, PutBot, PutUser
from teahouse.model.conversations import Conversation
from teahouse.model.entries import Appended, Draft
from teahouse.model.ids import fold_nick
from teahouse.model.people import User
from teahouse.ports.directory import Directory, Users
from teahouse.ports.log import MessageLog

Unknown = Callable[[str], bool]


class People:
    """The copies that stand for one user: of who they are, and of their profile."""

    def __init__(self, users: Cache[User], profiles: Cache[Account], unknown: Unknown) -> None:
        self.users = users
        self.profiles = profiles
        self.unknown = unknown

    def of(self, user: str) -> tuple[Named, ...]:
        return (self.users, user), (self.profiles, user)

    async def user(self, user: str) -> User | None:
        return None if self.unknown(user) else await self.users.get(user)

    async def profile(self, user: str) -> Account | None:
        """Profiles (ports/accounts.py)."""
        return None if self.unknown(user) else await self.profiles.get(user)


class CachedUsers:
    """`nicks` lead from folded nicks of accounts to their ids."""

    def __init__(self, users: Users, people: People, nicks: Cache[str]) -> None:
        self._users = users
        self._nicks = nicks
        self._people = people
        self.user = people.user
        self.guest = users.guest

    async def account(self, nick: str) -> User | None:
        """That there is none is asked of the store by everybody for themselves: who holds a nick must not be told what
        somebody read who asked before (engine/guests.py)."""
        if (id_ := self._nicks.kept(nick)) is not None:
            user = await self._people.users.get(id_)
            if user is not None and not user.guest and fold_nick(user.nick) == nick:
                return user
        found = await self._users.account(nick)
        if found is not None:
            self._nicks.learn(nick, found.id)
        return found


class CachedDirectory:
    def __init__(self, directory: Directory, people: People, changing: Changing) -> None:
        self._directory = directory
        self._people = people
        self._changing = changing
        self.members = directory.members
        self.memberships = directory.memberships
        self.formerly = directory.formerly
        self.topics = directory.topics
        self.place = directory.place

    async def conversation(self, conversation: str) -> Conversation | None:
        """The engine keeps those that there are (engine/rosters.py)."""
        return (
            None if self._people.unknown(conversation) else await self._directory.conversation(conversation)
        )

    async def apply(self, changes: Sequence[Change]) -> None:
        async with self._changing.of(_people_in(changes, self._people)):
            await self._directory.apply(changes)


class CachedLog:
    """MessageLog (ports/log.py): what entries change of users is dropped with them. `behind` is the log itself."""

    def __init__(self, log: MessageLog, people: People, changing: Changing) -> None:
        self.behind = log
        self._people = people
        self._changing = changing
        self.read = log.read
        self.references = log.references
        self.heads = log.heads
        self.redact = log.redact
        self.expire_keys = log.expire_keys

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        named = [name for d in drafts if d.changes for name in _people_in(d.changes, self._people)]
        if not named:
            return await self.behind.append_many(drafts)
        async with self._changing.of(named):
            return await self.behind.append_many(drafts)


def _people_in(changes: Iterable[Change], people: People) -> Iterator[Named]:
    for change in changes:
        match change:
            case PutUser(user):
                yield from people.of(user.id)
            case PutBot(bot):
                yield from people.of(bot.id)
            case DropBot(bot):
                yield from people.of(bot)
