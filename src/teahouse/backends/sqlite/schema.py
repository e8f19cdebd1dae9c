"""How an older file becomes a newer one.

Rule: `PRAGMA user_version` is the number of steps (steps/) a file has been through. Called by store.py at start.
"""

import apsw

from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.steps import STEPS


def migrate(database: apsw.Connection, steps: tuple[str, ...] = STEPS) -> None:
    """Bring the file up to date, each step in a transaction of its own. CannotOpen if it is too new."""
    version = database.pragma("user_version")
    if version > len(steps):
        raise CannotOpen(
            f"{database.filename} was written by a newer version of this program: its schema has number "
            f"{version}, this program knows those up to {len(steps)}"
        )
    for number, step in enumerate(steps[version:], version + 1):
        with database:
            for _ in database.execute(step):
                pass
            database.pragma("user_version", number)
