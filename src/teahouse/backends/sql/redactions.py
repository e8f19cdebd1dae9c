"""What is erased when an entry is recalled, expires, or goes with its author (L6): its content for good, and all that
was derived from it.

Used by append.py and log.py, and by erasures.py, inside their transactions.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.kinds import EDIT
from teahouse.backends.sql import files
from teahouse.backends.sql.search import indexer
from teahouse.backends.sql.tables.log import entry, mention


async def recall(
    connection: AsyncConnection, conversation: str, number: int, recalled: tuple[int, int]
) -> None:
    """Erase a message and all edits of it; `recalled` is its seq, and that of the recall."""
    ref, seq = recalled
    edits = select(entry.c.seq).where(
        entry.c.log == number, entry.c.ref == ref, entry.c.kind == EDIT, entry.c.seq <= seq
    )
    seqs = [edit for (edit,) in await connection.execute(edits)]
    await redact(connection, conversation, number, [ref, *seqs] if ref <= seq else seqs)


async def redact(connection: AsyncConnection, conversation: str, number: int, seqs: Sequence[int]) -> None:
    """Erase these entries of a log; their tombstones stay."""
    wanted = (
        select(entry.c.id, entry.c.seq, entry.c.ref, entry.c.kind)
        .where(entry.c.log == number, entry.c.seq.in_(seqs))
        .order_by(entry.c.seq)
        .with_for_update()
    )
    rows = (await connection.execute(wanted)).all()
    if not rows:
        return
    found = [row.seq for row in rows]
    await connection.execute(
        update(entry).where(entry.c.id.in_([row.id for row in rows])).values(content=b"{}", redacted=True)
    )
    edited = select(entry.c.id).where(
        entry.c.log == number, entry.c.seq.in_([row.ref for row in rows if row.kind == EDIT])
    )
    messages = [id_ for (id_,) in await connection.execute(edited)]
    await indexer.erase(connection, [row.id for row in rows] + messages)
    await files.release(connection, conversation, found)
    await connection.execute(delete(mention).where(mention.c.log == number, mention.c.seq.in_(found)))
