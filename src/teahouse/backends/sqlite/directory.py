"""Users and Directory (ports/directory.py) in SQLite."""

from collections.abc import Sequence

from teahouse.backends.drafts import check_placed
from teahouse.backends.sqlite import changes as planner
from teahouse.backends.sqlite.reader import Readers, Row
from teahouse.backends.sqlite.rows import conversation_from, member_from
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.changes import Change
from teahouse.model.conversations import Conversation, Member
from teahouse.model.ids import LOBBY
from teahouse.model.people import User

_USER = "SELECT id, nick, guest FROM user WHERE id = ?"
_ACCOUNT = "SELECT id, nick, guest FROM user WHERE folded = ? AND NOT guest"
_GUEST = "SELECT id, nick, guest FROM user WHERE resume = ? AND guest"
_CONVERSATION = """
SELECT id, kind, title, topic, join_rule, reach, member_limit, created, description, avatar, reach_last,
       invite, post, dissolved, revision, expires_s
FROM conversation WHERE id = ?
"""
_MEMBERS = """
SELECT conversation, user, nick, role, joined, "left", muted_until, reads, banned FROM member
WHERE conversation = ? AND user > ? ORDER BY user LIMIT ?
"""
_PLACE = """
SELECT conversation, user, nick, role, joined, "left", muted_until, reads, banned FROM member
WHERE conversation = ? AND user = ?
"""
_MEMBERSHIPS = """
SELECT conversation FROM member WHERE user = ? AND "left" = 0 AND conversation <> ? AND NOT EXISTS (
    SELECT 1 FROM conversation AS dead WHERE dead.id = member.conversation AND dissolved > 0
) ORDER BY conversation
"""
_FORMERLY = 'SELECT conversation FROM member WHERE user = ? AND "left" <> 0 ORDER BY conversation'
_TOPICS = "SELECT id, topic FROM conversation WHERE topic <> '' ORDER BY id"


class SqliteUsers:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def user(self, user: str) -> User | None:
        return _user(await self._readers.query(_USER, (user,)))

    async def account(self, nick: str) -> User | None:
        return _user(await self._readers.query(_ACCOUNT, (nick,)))

    async def guest(self, resume: bytes) -> User | None:
        return _user(await self._readers.query(_GUEST, (resume,)))


class SqliteDirectory:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def conversation(self, conversation: str) -> Conversation | None:
        rows = await self._readers.query(_CONVERSATION, (conversation,))
        return conversation_from(rows[0]) if rows else None

    async def members(self, conversation: str, after: str = "", limit: int = 1_000_000) -> list[Member]:
        rows = await self._readers.query(_MEMBERS, (conversation, after, limit))
        return [member_from(row) for row in rows]

    async def place(self, conversation: str, user: str) -> Member | None:
        rows = await self._readers.query(_PLACE, (conversation, user))
        return member_from(rows[0]) if rows else None

    async def memberships(self, user: str) -> list[str]:
        return [conversation for (conversation,) in await self._readers.query(_MEMBERSHIPS, (user, LOBBY))]

    async def formerly(self, user: str) -> list[str]:
        return [conversation for (conversation,) in await self._readers.query(_FORMERLY, (user,))]

    async def topics(self) -> list[tuple[str, str]]:
        return [(conversation, topic) for conversation, topic in await self._readers.query(_TOPICS)]

    async def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            check_placed(change)
        await self._writer.submit(planner.plan, changes, len(changes))


def _user(rows: list[Row]) -> User | None:
    return User(rows[0][0], rows[0][1], bool(rows[0][2])) if rows else None
