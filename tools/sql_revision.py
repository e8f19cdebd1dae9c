"""Writes the next revision of the SQL schema: what makes a database of the last one one of the tables as they are.

    python -m tools.sql_revision NAME [TABLE ...]

Starts a PostgreSQL of its own to compare with. Read what it wrote: it cannot know that a column was renamed.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, LargeBinary
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.schema import configured, migrate
from teahouse.backends.sql.tables import columns
from teahouse.backends.sql.tables.everything import METADATA
from tests.support import postgres

_TYPES = ("BIG", "BLOB", "DIGEST", "FLAG", "NAME", "SMALL", "TEXT")

_HEAD = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

from teahouse.backends.sql.tables.columns import {types}

revision = "{revision}"
down_revision = {parent}


def upgrade() -> None:
{steps}
'''


_NAMES: dict[type, str] = {
    type(getattr(columns, name)): name for name in _TYPES if name not in ("BLOB", "DIGEST")
}


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Types by the names that columns.py gives them."""
    if kind != "type":
        return False
    if isinstance(item, LargeBinary):
        return "DIGEST" if item.length else "BLOB"
    return _NAMES.get(type(item), False)


def _code(connection: Connection, wanted: set[str]) -> str:
    def included(item: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not wanted or kind != "table" or name in wanted

    options = {"include_object": included, "render_item": _render, "target_metadata": METADATA}
    context = MigrationContext.configure(connection, opts=options)
    made = produce_migrations(context, METADATA)
    assert made.upgrade_ops is not None
    return str(render_python_code(made.upgrade_ops, render_item=_render))


def _steps(body: str) -> str:
    """The body of `upgrade`, and a function a table, for long ones are read by nobody."""
    lines = [line for line in body.splitlines() if line.strip() and "###" not in line]
    text = "\n".join(line if line.startswith("    ") else f"    {line}" for line in lines)
    pieces = re.split(r"^(?=    op\.create_table)", text, flags=re.MULTILINE)
    pieces = [piece.rstrip() for piece in pieces if piece.strip()]
    if len(pieces) < 2:
        return text
    names = [re.search(r"'(\w+)'|\"(\w+)\"", piece) for piece in pieces]
    called = [f"_{name[1] or name[2]}" for name in names if name is not None]
    functions = [f"def {name}() -> None:\n{piece}\n" for name, piece in zip(called, pieces, strict=True)]
    return "\n".join(f"    {name}()" for name in called) + "\n\n\n" + "\n\n".join(functions)


async def main(name: str, tables: set[str]) -> None:
    with tempfile.TemporaryDirectory() as place, postgres.running(Path(place)) as server:
        server.create("teahouse")
        database = Database(SqlOptions(url=server.address()))
        await migrate(database)

        async def code(connection: AsyncConnection) -> str:
            return await connection.run_sync(_code, tables)

        body = await database.run_alone(code)
        await database.close()
    directory = ScriptDirectory.from_config(configured())
    parent = directory.get_current_head()
    revision = f"{len(list(directory.walk_revisions())) + 1:04d}"
    file = Path(directory.versions) / f"r{revision}_{name}.py"
    types = [name for name in _TYPES if f", {name}," in body]
    head = {"title": name.replace("_", " ").capitalize(), "types": ", ".join(types), "revision": revision}
    file.write_text(_HEAD.format(**head, parent=f'"{parent}"' if parent else None, steps=_steps(body)))
    print(f"wrote {file}: read it, then `make format`")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], set(sys.argv[2:])))
