"""Names that people and bots log in by, of which there is one each. Used by accounts.py and extras.py."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.accounts import taken
from teahouse.backends.sql.tables.accounts import account as table
from teahouse.model.ids import fold_nick


async def check_name(connection: AsyncConnection, name: str, user: str) -> None:
    """`conflict` if somebody else logs in by this name."""
    other = select(table.c.user).where(table.c.folded == fold_nick(name), table.c.user != user)
    if (await connection.execute(other)).first() is not None:
        raise taken()
