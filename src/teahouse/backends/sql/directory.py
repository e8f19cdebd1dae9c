"""Users and Directory (ports/directory.py) in SQL."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.drafts import check_placed
from teahouse.backends.sql import changes as changing
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.rows import MEMBER, conversation_from, member_from
from teahouse.backends.sql.standing import check
from teahouse.backends.sql.tables.directory import conversation as conversations
from teahouse.backends.sql.tables.directory import member, user
from teahouse.model.changes import Change
from teahouse.model.conversations import Conversation, Member
from teahouse.model.ids import LOBBY
from teahouse.model.people import User

_USER = select(user.c.id, user.c.nick, user.c.guest)


class SqlUsers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def user(self, user_: str) -> User | None:
        return _user(await self._database.fetch(_USER.where(user.c.id == user_)))

    async def account(self, nick: str) -> User | None:
        return _user(await self._database.fetch(_USER.where(user.c.account == nick)))

    async def guest(self, resume: bytes) -> User | None:
        return _user(await self._database.fetch(_USER.where(user.c.resume == resume, user.c.guest)))


class SqlDirectory:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def conversation(self, conversation: str) -> Conversation | None:
        rows = await self._database.fetch(select(conversations).where(conversations.c.id == conversation))
        return conversation_from(rows[0]) if rows else None

    async def members(self, conversation: str, after: str = "", limit: int = 1_000_000) -> list[Member]:
        wanted = MEMBER.where(member.c.conversation == conversation, member.c.user > after)
        rows = await self._database.fetch(wanted.order_by(member.c.user).limit(limit))
        return [member_from(row) for row in rows]

    async def place(self, conversation: str, user_: str) -> Member | None:
        mine = MEMBER.where(member.c.conversation == conversation, member.c.user == user_)
        rows = await self._database.fetch(mine)
        return member_from(rows[0]) if rows else None

    async def memberships(self, user_: str) -> list[str]:
        dead = exists().where(conversations.c.id == member.c.conversation, conversations.c.dissolved > 0)
        wanted = (
            select(member.c.conversation)
            .where(member.c.user == user_, member.c.left == 0, member.c.conversation != LOBBY, ~dead)
            .order_by(member.c.conversation)
        )
        return [conversation for (conversation,) in await self._database.fetch(wanted)]

    async def formerly(self, user_: str) -> list[str]:
        wanted = select(member.c.conversation).where(member.c.user == user_, member.c.left != 0)
        return [name for (name,) in await self._database.fetch(wanted.order_by(member.c.conversation))]

    async def topics(self) -> list[tuple[str, str]]:
        wanted = select(conversations.c.id, conversations.c.topic).where(conversations.c.topic != "")
        return [
            (name, topic) for name, topic in await self._database.fetch(wanted.order_by(conversations.c.id))
        ]

    async def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            check_placed(change)
        await self._database.transact(partial(_apply, changes=changes))


def _user(rows: Sequence[Any]) -> User | None:
    return User(rows[0][0], rows[0][1], bool(rows[0][2])) if rows else None


async def _apply(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    await check(connection, changes)
    await changing.apply(connection, changes)
