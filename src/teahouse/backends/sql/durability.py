"""Whether the server keeps what it has committed when the power goes (L2).

Rule: that is the server's setting, and its operator may have reasons; so it is told, and nothing is refused. Called by
store.py at start.
"""

import structlog
from sqlalchemy import text

from teahouse.backends.sql.database import Database

_MYSQL = {"innodb_flush_log_at_trx_commit": ("1",)}
_POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}

_log = structlog.get_logger("teahouse.backends")


async def warn(database: Database) -> list[str]:
    """The settings with which the server may lose what it acknowledged, each told in the log."""
    mysql = database.dialect == "mysql"
    wanted = _MYSQL if mysql else _POSTGRES
    asked = ", ".join(f"@@{name}" if mysql else f"current_setting('{name}')" for name in wanted)
    [values] = await database.fetch(text(f"SELECT {asked}"))
    risky = []
    for (name, safe), value in zip(wanted.items(), values, strict=True):
        if str(value) not in safe:
            risky.append(name)
            _log.warning("sql.not_durable", setting=name, value=str(value), safe=safe[0])
    return risky
