"""Changes to the directory, inside a transaction: for the directory itself, and for entries that carry them (L5).

Rule: changes of one kind go together, as one statement; the kinds touch different tables, so their order among
one another does not matter. Of two that put the same thing, the later one holds.
"""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql import extras, files
from teahouse.backends.sql.tables.directory import conversation, member, user
from teahouse.backends.sql.tables.files import posting
from teahouse.backends.sql.tables.jobs import job
from teahouse.backends.sql.tables.log import log, reply
from teahouse.backends.sql.tables.marks import mark
from teahouse.backends.sql.upserts import insert_if_absent, upsert
from teahouse.model.changes import (
    Change,
    PutConversation,
    PutJob,
    PutMember,
    PutPosting,
    PutReply,
    PutUser,
)
from teahouse.model.conversations import Conversation, Member
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.jobs import Job

_TOGETHER = (PutUser, PutConversation, PutMember, PutPosting, PutJob, PutReply)


async def apply(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    """Make them true. `conflict` if an account would take the name of another."""
    if not changes:
        return
    await _put_users(connection, [c for c in changes if isinstance(c, PutUser)])
    conversations = {
        c.conversation.id: _settings(c.conversation) for c in changes if isinstance(c, PutConversation)
    }
    members = {
        (c.member.conversation, c.member.user): _place(c.member) for c in changes if isinstance(c, PutMember)
    }
    for table, rows in ((conversation, conversations), (member, members)):
        if rows:
            await connection.execute(upsert(connection, table, list(rows.values())))
    postings = [
        {"conversation": c.conversation, "seq": c.seq, "file": c.file}
        for c in changes
        if isinstance(c, PutPosting)
    ]
    if postings:
        await files.hold(connection, [c.file for c in changes if isinstance(c, PutPosting)])
        await connection.execute(insert_if_absent(connection, posting, postings))
    await put_jobs(connection, [c.job for c in changes if isinstance(c, PutJob)])
    await _put_replies(connection, [c for c in changes if isinstance(c, PutReply)])
    rest = [change for change in changes if not isinstance(change, _TOGETHER)]
    if rest:
        await extras.apply(connection, rest)


async def put_jobs(connection: AsyncConnection, jobs: Iterable[Job]) -> None:
    """Keep jobs; one whose id is kept already is not put (J2)."""
    now = time.time_ns() // 1_000_000
    rows = {
        j.id: {
            "id": j.id,
            "kind": j.kind,
            "due": j.due,
            "data": j.data,
            "urgent": j.urgent,
            "conversation": j.conversation,
            "seq": j.seq,
            "attempt": 0,
            "cause": "",
            "dead": 0,
            "created": now,
        }
        for j in reversed(list(jobs))  # of two with one id the first
    }
    if rows:
        await connection.execute(insert_if_absent(connection, job, list(rows.values())))


async def _put_users(connection: AsyncConnection, changes: Sequence[PutUser]) -> None:
    """A row is updated or added, never one for the other by chance: two accounts may not meet in one name."""
    if not changes:
        return
    ids = sorted({change.user.id for change in changes})
    wanted = select(user.c.id).where(user.c.id.in_(ids)).order_by(user.c.id).with_for_update()
    known = {id_ for (id_,) in await connection.execute(wanted)}
    try:
        async with connection.begin_nested():
            for change in changes:
                row = _person(change)
                if change.user.id in known:
                    await connection.execute(update(user).where(user.c.id == change.user.id).values(**row))
                else:
                    added = {"id": change.user.id, "created": change.at, "resume": change.resume} | row
                    await connection.execute(insert(user), [added])
                    known.add(change.user.id)
                    seen = [{"user": change.user.id, "conversation": LOBBY, "read": change.lobby_seq}]
                    await connection.execute(insert_if_absent(connection, mark, seen))
    except IntegrityError as error:
        names = ", ".join(repr(change.user.nick) for change in changes if not change.user.guest)
        raise Problem(Code.CONFLICT, f"the name {names} is taken") from error


def _person(change: PutUser) -> dict[str, Any]:
    folded = fold_nick(change.user.nick)
    row: dict[str, Any] = {
        "nick": change.user.nick,
        "folded": folded,
        "guest": change.user.guest,
        "account": None if change.user.guest else folded,
    }
    return row if change.resume is None else row | {"resume": change.resume}


async def _put_replies(connection: AsyncConnection, changes: Sequence[PutReply]) -> None:
    if not changes:
        return
    names = {change.conversation for change in changes}
    wanted = select(log.c.conversation, log.c.id).where(log.c.conversation.in_(names))
    numbers = {row.conversation: row.id for row in await connection.execute(wanted)}
    rows = [
        {"log": numbers[change.conversation], "root": change.root, "seq": change.seq}
        for change in changes
        if change.conversation in numbers
    ]
    if rows:
        await connection.execute(insert_if_absent(connection, reply, rows))


def _place(m: Member) -> dict[str, Any]:
    return {
        "conversation": m.conversation,
        "user": m.user,
        "nick": m.nick,
        "role": m.role.value,
        "joined": m.joined,
        "left": m.left,
        "muted_until": m.muted_until,
        "reads": m.reads,
        "banned": m.banned,
    }


def _settings(c: Conversation) -> dict[str, Any]:
    return {
        "id": c.id,
        "kind": c.kind.value,
        "title": c.title,
        "topic": c.topic,
        "join_rule": c.join.value,
        "reach": c.reach.value,
        "member_limit": c.limit,
        "created": c.created,
        "description": c.description,
        "avatar": c.avatar,
        "reach_last": c.last,
        "invite": c.invite.value,
        "post": c.post.value,
        "dissolved": c.dissolved,
        "revision": c.revision,
        "expires_s": c.expires_s,
    }
