"""Ids (ports/ids.py) in SQL."""

from collections.abc import Sequence

from sqlalchemy import select

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.directory import conversation, user
from teahouse.backends.sql.tables.files import file
from teahouse.ports.ids import IdKind

_COLUMNS = {IdKind.USER: user.c.id, IdKind.CONVERSATION: conversation.c.id, IdKind.FILE: file.c.id}


class SqlIds:
    """Never from a replica (I2)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, kind: IdKind, after: str, limit: int) -> Sequence[str]:
        column = _COLUMNS[kind]
        wanted = select(column).where(column > after).order_by(column).limit(limit)
        return [id_ for (id_,) in await self._database.fetch(wanted)]
