"""Links and Requests (ports/entrance.py) in SQL, and how the uses of links are counted (I2).

Rule: whether a link lets one more in is the condition of the statement that counts the use, so the last use is
somebody's, however many nodes ask. What waits in a conversation is counted under a latch (latches.py).
"""

from functools import partial
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.society import link as links
from teahouse.backends.sql.tables.society import request as requests
from teahouse.model.changes import UseLink
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest


class SqlLinks:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def put(self, link: InvitationLink, most: int) -> bool:
        return await self._latches.take(f"links of {link.conversation}", partial(_put, link, most))

    async def find(self, digest: bytes) -> InvitationLink | None:
        rows = await self._database.fetch(select(links).where(links.c.digest == digest))
        return _link(rows[0]) if rows else None

    async def of(self, conversation: str) -> list[InvitationLink]:
        wanted = select(links).where(links.c.conversation == conversation, ~links.c.revoked)
        return [_link(row) for row in await self._database.fetch(wanted.order_by(links.c.id))]

    async def revoke(self, conversation: str, link: str) -> bool:
        mine = (links.c.id == link) & (links.c.conversation == conversation) & ~links.c.revoked
        revoked = update(links).where(mine).values(revoked=True)
        return (await self._database.transact(lambda connection: connection.execute(revoked))).rowcount == 1


class SqlRequests:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def ask(self, request: JoinRequest, most: int, since: int) -> Asked:
        work = partial(_ask, request, most, since)
        return await self._latches.take(f"requests of {request.conversation}", work)

    async def find(self, conversation: str, user: str, since: int) -> JoinRequest | None:
        wanted = select(requests).where(_one(conversation, user), requests.c.at >= since)
        rows = await self._database.fetch(wanted)
        return JoinRequest(**rows[0]._mapping) if rows else None

    async def of(self, conversation: str, since: int) -> list[JoinRequest]:
        waiting = (requests.c.conversation == conversation) & (requests.c.at >= since)
        wanted = select(requests).where(waiting).order_by(requests.c.at, requests.c.user)
        return [JoinRequest(**row._mapping) for row in await self._database.fetch(wanted)]

    async def drop(self, conversation: str, user: str) -> bool:
        return await self._database.transact(partial(drop, conversation, user))


async def use(connection: AsyncConnection, change: UseLink) -> bool:
    """Count one use, if the link lets one more in. Its row is locked from then on, so what comes after it knows."""
    works = (
        (links.c.id == change.link)
        & ~links.c.revoked
        & or_(links.c.expires == 0, links.c.expires > change.at)
        & or_(links.c.uses.is_(None), links.c.used < links.c.uses)
    )
    counted = update(links).where(works).values(used=links.c.used + 1)
    return (await connection.execute(counted)).rowcount == 1


async def drop(conversation: str, user: str, connection: AsyncConnection) -> bool:
    """Take away a request; whether there was one."""
    settled = delete(requests).where(_one(conversation, user))
    return (await connection.execute(settled)).rowcount == 1


async def _put(link: InvitationLink, most: int, connection: AsyncConnection) -> bool:
    """Add a link if there is room for it without those that work no more, and forget these (I3)."""
    of = select(links).where(links.c.conversation == link.conversation).with_for_update()
    known = [_link(row) for row in await connection.execute(of)]
    dead = [one.id for one in known if not one.works(link.created)]
    if dead:
        await connection.execute(delete(links).where(links.c.id.in_(dead)))
    room = len(known) - len(dead) < most
    if room:
        await connection.execute(insert(links), _row(link))
    return room


async def _ask(request: JoinRequest, most: int, since: int, connection: AsyncConnection) -> Asked:
    """Forget old requests, and add this one (Q2)."""
    here = requests.c.conversation == request.conversation
    await connection.execute(delete(requests).where(here, requests.c.at < since))
    users = {user for (user,) in await connection.execute(select(requests.c.user).where(here))}
    if request.user in users:
        return Asked.ALREADY
    if len(users) >= most:
        return Asked.FULL
    await connection.execute(insert(requests), asdict(request))
    return Asked.NEW


def _one(conversation: str, user: str) -> ColumnElement[bool]:
    return (requests.c.conversation == conversation) & (requests.c.user == user)


def _row(link: InvitationLink) -> dict[str, Any]:
    row = asdict(link)
    row["made_by"] = row.pop("by")
    return row


def _link(row: Any) -> InvitationLink:
    fields = dict(row._mapping)
    return InvitationLink(by=fields.pop("made_by"), revoked=bool(fields.pop("revoked")), **fields)
