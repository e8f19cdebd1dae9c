"""The command line for dead letters: `teahouse dead`. Part of cli.py, whose rules hold here, too.

Works beside a running server and without one (control.py).
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import WRONG_USE, do, fail, stored_settings

if TYPE_CHECKING:
    from teahouse.model.jobs import DeadJob

dead = typer.Typer(no_args_is_help=True, help="Jobs that were given up: look at them, and decide.")

Data = Annotated[Path | None, typer.Option(help="Directory of the server.", metavar="DIR")]
Config = Annotated[Path | None, typer.Option(help="Settings file; see `teahouse config`.", metavar="FILE")]
Id = Annotated[str, typer.Argument(help="As `teahouse dead list` shows it.", metavar="ID")]


@dead.command("list")
def show_all(data: Data = None, config: Config = None) -> None:
    """List them, those that were first: when each died, its kind, how often it was tried, its id, and why."""
    from teahouse.app.dead import Letters

    settings = stored_settings(data, config)
    order: Letters | None = Letters()
    while order is not None:
        page = do(settings, order)
        for one in page.letters:
            print(f"{_time(one.at)}  {one.job.kind:8} {one.job.attempt:3}  {one.job.id}  {_line(one.cause)}")
        last = page.letters[-1] if page.more else None
        order = None if last is None else Letters(last.at, last.job.id)


@dead.command()
def show(letter: Id, data: Data = None, config: Config = None) -> None:
    """Show one, with what it was to do."""
    from teahouse.app.dead import Letter

    (one,) = do(stored_settings(data, config), Letter(letter)).letters
    _print(one)


@dead.command()
def retry(
    letter: Annotated[str | None, typer.Argument(help="As `teahouse dead list` shows it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Give one back, or all, to be done now; attempts are counted anew.

    \b
    Examples:
        teahouse dead retry 'notify:p0193:d2.17'
        teahouse dead retry --all
    """
    from teahouse.app.dead import Revive

    if (letter is None) != every:
        fail("name one dead letter, or give --all", WRONG_USE)
    told = do(stored_settings(data, config), Revive(letter or ""))
    print(f"given back: {told.count}")


@dead.command()
def discard(letter: Id, data: Data = None, config: Config = None) -> None:
    """Forget one: it will not be done."""
    from teahouse.app.dead import Discard

    do(stored_settings(data, config), Discard(letter))
    print("forgotten")


def _print(one: "DeadJob") -> None:
    job = one.job
    rows = {
        "id": job.id,
        "kind": job.kind,
        "put": _time(job.created) if job.created else "not known",
        "died": _time(one.at),
        "attempts": job.attempt,
        "follows": f"{job.conversation}.{job.seq}" if job.conversation else "",
        "cause": _line(one.cause),
        "payload": _line(job.data.decode("utf-8", "replace")),
    }
    for name, value in rows.items():
        if value != "":
            print(f"{name + ':':10}{value}")


def _line(text: str) -> str:
    """On one line, and without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
