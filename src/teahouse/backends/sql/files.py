"""Files and Leftovers (ports/files.py) in SQL. Postings are written by changes.py, and erased by redactions.py.

Rule: a file's state changes under a condition in the statement itself, so of two that come at once one finds it
changed. What an owner has is counted under a latch (latches.py).
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Select, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.allowance import refusal
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.accounts import account as accounts
from teahouse.backends.sql.tables.directory import conversation as conversations
from teahouse.backends.sql.tables.directory import member
from teahouse.backends.sql.tables.files import file as table
from teahouse.backends.sql.tables.files import posting as postings
from teahouse.model.files import Allowance, File, FileState, Posting
from teahouse.model.ids import LOBBY

_CODES = {FileState.UPLOADING: 0, FileState.READY: 1, FileState.GONE: 2}
"""What stands in `file.state`. Databases hold these numbers: none may ever change or be used again."""
_STATES = {code: state for state, code in _CODES.items()}
UPLOADING, READY, GONE = _CODES.values()


class SqlFiles:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def file(self, file: str) -> File | None:
        rows = await self._database.fetch(select(table).where(table.c.id == file, table.c.state != GONE))
        return _file(rows[0]) if rows else None

    async def begin(self, file: File, allowance: Allowance) -> None:
        await self._latches.take(f"files of {file.owner}", partial(_begin, file, allowance))

    async def finish(self, file: File) -> bool:
        done = (
            update(table)
            .where(table.c.id == file.id, table.c.state == UPLOADING)
            .values(
                state=READY,
                expires=0,
                size=file.size,
                mime=file.mime,
                sha256=file.sha256,
                width=file.width,
                height=file.height,
            )
        )
        return (await self._database.transact(lambda connection: connection.execute(done))).rowcount == 1

    async def drop(self, file: str) -> bool:
        return await self._database.transact(partial(_drop, file))

    async def postings(self, file: str, user: str) -> list[Posting]:
        inside = exists().where(member.c.conversation == postings.c.conversation, member.c.user == user)
        wanted = (
            select(postings.c.conversation, postings.c.seq)
            .where(postings.c.file == file, or_(postings.c.conversation == LOBBY, inside))
            .order_by(postings.c.conversation, postings.c.seq)
        )
        return [Posting(conversation, seq) for conversation, seq in await self._database.fetch(wanted)]

    async def owned(self, owner: str, before: str, limit: int) -> list[File]:
        wanted = select(table).where(table.c.owner == owner, table.c.state == READY)
        if before:
            wanted = wanted.where(table.c.id < before)
        rows = await self._database.fetch(wanted.order_by(table.c.id.desc()).limit(limit))
        return [_file(row) for row in rows]

    async def doomed(self, now: int, limit: int) -> Sequence[str]:
        gone = select(table.c.id).where(table.c.state == GONE).order_by(table.c.id).limit(limit)
        expired = select(table.c.id).where(table.c.state == UPLOADING, table.c.expires <= now).limit(limit)
        found = [*await self._database.fetch(gone), *await self._database.fetch(expired)]
        return sorted({file for (file,) in found})[:limit]

    async def release(self, files: Sequence[str]) -> None:
        await self._database.transact(partial(_let_go, files))

    async def forget(self, files: Sequence[str]) -> None:
        gone = delete(table).where(table.c.id.in_(files), table.c.state == GONE)
        await self._database.transact(lambda connection: connection.execute(gone))


def _file(row: Any) -> File:
    return File(**{**row._mapping, "state": _STATES[row.state]})


async def _begin(file: File, allowance: Allowance, connection: AsyncConnection) -> None:
    """Count, and note the upload if there is room (F1)."""
    uploading = func.coalesce(func.sum(case((table.c.state == UPLOADING, 1), else_=0)), 0)
    count = select(uploading, func.coalesce(func.sum(table.c.size), 0)).where(
        table.c.owner == file.owner, table.c.state.in_((UPLOADING, READY))
    )
    uploads, used = (await connection.execute(count)).one()
    refused = refusal(allowance, int(uploads), int(used), file.size)
    if refused is not None:
        raise refused
    row = {**msgspec.structs.asdict(file), "state": _CODES[file.state]}
    await connection.execute(insert(table), row)


async def _drop(file: str, connection: AsyncConnection) -> bool:
    """Whoever posts the file locks its row, too (changes.py): so it is either carried before this looks, or gone."""
    mine = select(table.c.id).where(table.c.id == file).with_for_update()
    if (await connection.execute(mine)).first() is None:
        return False
    carried = select(postings.c.file).where(postings.c.file == file).limit(1).with_for_update(read=True)
    if (await connection.execute(carried)).first() is not None:
        return False
    await connection.execute(update(table).where(table.c.id == file).values(state=GONE))
    return True


async def hold(connection: AsyncConnection, files: Iterable[str]) -> None:
    """Keep these files as they are until the commit, for an entry is about to carry them."""
    ids = sorted(set(files))
    await connection.execute(
        select(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update(read=True)
    )


async def release(connection: AsyncConnection, conversation: str, seqs: Sequence[int]) -> None:
    """These entries are erased: what they carried is GONE, unless another entry carries it, or it is the avatar of its
    owner or of a conversation (F3)."""
    erased = (postings.c.conversation == conversation) & postings.c.seq.in_(seqs)
    files = sorted({file for (file,) in await connection.execute(select(postings.c.file).where(erased))})
    if files:
        await connection.execute(_held(files))
        await connection.execute(delete(postings).where(erased))
        await _let_go(files, connection)


async def _let_go(files: Sequence[str], connection: AsyncConnection) -> None:
    """Those that nothing needs any more."""
    await connection.execute(_held(files))
    carried = exists().where(postings.c.file == table.c.id)
    shown = exists().where(accounts.c.user == table.c.owner, accounts.c.avatar == table.c.id)
    drawn = exists().where(conversations.c.avatar == table.c.id)
    free = table.c.id.in_(files) & ~carried & ~shown & ~drawn
    await connection.execute(update(table).where(free).values(state=GONE))


def _held(files: Sequence[str]) -> Select[Any]:
    """Their rows, locked in order: nobody posts or drops them meanwhile."""
    return select(table.c.id).where(table.c.id.in_(files)).order_by(table.c.id).with_for_update()
