"""What drafts and changes are measured by (backends/standing.py), read inside the transaction that writes them.

Rule: whoever reads holds the rows of these conversations in `log` (heads.py), as whoever appends to them does, so
nobody changes it before the commit.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.heads import lock
from teahouse.backends.sql.rows import MEMBER, conversation_from, member_from
from teahouse.backends.sql.tables.directory import conversation, member
from teahouse.backends.sql.tables.log import log, pin
from teahouse.backends.standing import Standing, Wanted
from teahouse.model.changes import Change
from teahouse.model.errors import Overtaken


async def read(connection: AsyncConnection, wanted: Wanted) -> Standing:
    settings: Sequence[Any] = ()
    if wanted.settings:
        asked = select(conversation).where(conversation.c.id.in_(sorted(wanted.settings)))
        settings = (await connection.execute(asked)).all()
    places: Sequence[Any] = ()
    if wanted.places:
        key = tuple_(member.c.conversation, member.c.user)
        places = (await connection.execute(MEMBER.where(key.in_(sorted(wanted.places))))).all()
    counts = dict.fromkeys(wanted.counts, 0)
    if wanted.counts:
        mine = member.c.conversation.in_(sorted(wanted.counts)) & (member.c.left == 0)
        counted = select(member.c.conversation, func.count()).where(mine).group_by(member.c.conversation)
        counts.update((name, number) for name, number in await connection.execute(counted))
    pins: dict[str, int] = {}
    if wanted.pins:
        of = select(log.c.conversation, func.max(pin.c.seq)).join_from(pin, log, log.c.id == pin.c.log)
        last = of.where(log.c.conversation.in_(sorted(wanted.pins))).group_by(log.c.conversation)
        pins.update((name, seq) for name, seq in await connection.execute(last))
    return Standing(map(conversation_from, settings), map(member_from, places), counts, pins)


async def check(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    """Overtaken if they rest on what is not so; else it stays so until the commit (D5)."""
    wanted = Wanted()
    wanted.expect(changes)
    if not wanted.settings:
        return
    await lock(connection, sorted(wanted.settings))
    wrong = (await read(connection, wanted)).contradicted(changes)
    if wrong is not None:
        raise Overtaken(wrong)
