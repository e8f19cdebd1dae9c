"""`teahouse migrate`. Part of cli.py, whose rules hold here, too."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import FAILED, WRONG_USE, fail, read_settings

if TYPE_CHECKING:
    from teahouse.ops.moving import Told

From = Annotated[Path, typer.Option("--from", help="Settings of the store there is.", metavar="FILE")]
To = Annotated[Path, typer.Option("--to", help="Settings of the new, empty store.", metavar="FILE")]
LedgerFile = Annotated[
    Path,
    typer.Option("--ledger", help="Where is noted what was moved; with it a move goes on.", metavar="FILE"),
]


def migrate(old: From, new: To, ledger: LedgerFile = Path("teahouse-migrate.ledger")) -> None:
    """Move everything from one store to another: SQLite, MariaDB, MySQL, PostgreSQL; with MongoDB or without.

    Stop the server first. Nothing is changed in the old store. A move that was interrupted goes on where it was when
    the same command is given again. When all is there, the new store is read again, whole, and rows and checksums are
    compared. Files that people sent are not in the store: see docs/how-to/migrate.md.

    \b
    Example:
        teahouse migrate --from teahouse.toml --to postgres.toml
    """
    import asyncio

    from teahouse.app.filing import CannotShare
    from teahouse.app.migrate import move
    from teahouse.backends.sqlite.failures import CannotOpen
    from teahouse.model.errors import StoreUnavailable
    from teahouse.ops.moving import CannotMove

    for file in (old, new):
        if not file.is_file():
            fail(f"there is no settings file {file}", WRONG_USE)
    settings = [read_settings(file, {}).settings for file in (old, new)]
    try:
        counts = asyncio.run(move(settings[0], settings[1], ledger, _telling))
    except (CannotMove, CannotOpen, CannotShare, StoreUnavailable) as error:
        fail(str(error), FAILED)
    for name, count in counts.items():
        print(f"{name:14} {count:>12,}")
    print("moved and verified; keep the old store until the new one has served for a while")


def _telling(step: str) -> "Told":
    """One line a kind, which grows on a terminal."""
    whole: set[str] = set()

    def tell(kind: str, done: int, total: int) -> None:
        if kind in whole:  # what is left to look at has none of them
            return
        if done >= total:
            whole.add(kind)
        if done >= total or sys.stderr.isatty():
            end = "\n" if done >= total else "\r"
            print(f"{step} {kind}: {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return tell
