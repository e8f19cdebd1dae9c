"""What is erased when an entry is recalled, expires, or goes with its author (L6): its content for good, and all that
was derived from it.

Used by append.py and log.py, and by erasures.py, inside their transactions.
"""

from collections.abc import Sequence

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.rows import EDIT
from teahouse.backends.sql.search.indexer import erase
from teahouse.backends.sql.tables.accounts import account
from teahouse.backends.sql.tables.directory import conversation as conversations
from teahouse.backends.sql.tables.files import file, posting
from teahouse.backends.sql.tables.log import entry, mention

GONE = 2
"""What `file.state` says of one that is to be deleted."""


async def recall(connection: AsyncConnection, number: int, ref: int, seq: int) -> None:
    """Erase message `ref` and all edits of it; `seq` is that of the recall."""
    edits = select(entry.c.seq).where(
        entry.c.log == number, entry.c.ref == ref, entry.c.kind == EDIT, entry.c.seq <= seq
    )
    seqs = [edit for (edit,) in await connection.execute(edits)]
    await redact(connection, number, [ref, *seqs] if ref <= seq else seqs)


async def redact(connection: AsyncConnection, number: int, seqs: Sequence[int]) -> None:
    """Erase these entries of a log; their tombstones stay. A message whose edit alone is erased is not found any more,
    either."""
    wanted = (
        select(entry.c.id, entry.c.seq, entry.c.ref, entry.c.kind)
        .where(entry.c.log == number, entry.c.seq.in_(seqs))
        .order_by(entry.c.seq)
        .with_for_update()
    )
    rows = (await connection.execute(wanted)).all()
    if not rows:
        return
    ids, found = [row.id for row in rows], [row.seq for row in rows]
    await connection.execute(update(entry).where(entry.c.id.in_(ids)).values(content=b"{}", redacted=True))
    await connection.execute(delete(mention).where(mention.c.log == number, mention.c.seq.in_(found)))
    edited = [row.ref for row in rows if row.kind == EDIT]
    if edited:
        messages = select(entry.c.id).where(entry.c.log == number, entry.c.seq.in_(edited))
        ids += [id_ for (id_,) in await connection.execute(messages)]
    await erase(connection, ids)
    await _let_files_go(connection, number, found)


async def _let_files_go(connection: AsyncConnection, number: int, seqs: Sequence[int]) -> None:
    """A file that no other entry carries, and that is no avatar, goes with them (F3)."""
    here = (posting.c.log == number) & posting.c.seq.in_(seqs)
    files = sorted({name for (name,) in await connection.execute(select(posting.c.file).where(here))})
    if not files:
        return
    locked = select(file.c.id).where(file.c.id.in_(files)).order_by(file.c.id).with_for_update()
    await connection.execute(locked)
    await connection.execute(delete(posting).where(here))
    kept = or_(
        exists().where(posting.c.file == file.c.id),
        exists().where(account.c.user == file.c.owner, account.c.avatar == file.c.id),
        exists().where(conversations.c.avatar == file.c.id),
    )
    await connection.execute(update(file).where(file.c.id.in_(files), ~kept).values(state=GONE))
