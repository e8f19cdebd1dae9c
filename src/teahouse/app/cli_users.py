"""The command line for accounts: `teahouse user` and `teahouse keys`.

Rule: a password comes from a prompt or from standard input, never from an argument, which everybody on the machine can
read. Works beside a running server and without one (control.py). Part of cli.py, whose rules hold here, too.
"""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import WRONG_USE, ask, fail, stored_settings

if TYPE_CHECKING:
    from teahouse.app.administration import Listed

users = typer.Typer(no_args_is_help=True, help="Accounts, of a running server or of one that is stopped.")
keys = typer.Typer(no_args_is_help=True, help="The keys access tokens are signed with.")

Data = Annotated[Path | None, typer.Option(help="Directory of the server.", metavar="DIR")]
Config = Annotated[Path | None, typer.Option(help="Settings file; see `teahouse config`.", metavar="FILE")]
Name = Annotated[str, typer.Argument(help="What one logs in with.", metavar="USER")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, one line.")
]


@users.command()
def add(
    user: Name,
    nick: Annotated[str | None, typer.Option(help="What others see; the user name if left out.")] = None,
    admin: Annotated[bool, typer.Option("--admin", help="Make it an administrator.")] = False,
    password_stdin: FromInput = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Make an account.

    \b
    Examples:
        teahouse user add alice --admin
        pass show chat/bob | teahouse user add bob --nick Bob --password-stdin
    """
    from teahouse.app.administration import Add

    settings = stored_settings(data, config)
    made = ask(settings, Add(user, _password(password_stdin), nick, admin))
    _tell(made.accounts, "made")


@users.command("list")
def show(data: Data = None, config: Config = None) -> None:
    """List all accounts, by nick: user, nick, what they are, id."""
    from teahouse.app.administration import List

    settings = stored_settings(data, config)
    after: str | None = ""
    while after is not None:
        page = ask(settings, List(after))
        for account in page.accounts:
            what = account.kind + (", admin" if account.admin else "") + (", off" if account.disabled else "")
            print(f"{account.user:24} {account.nick:24} {what:20} {account.id}")
        after = page.more


@users.command()
def disable(user: Name, data: Data = None, config: Config = None) -> None:
    """Close an account: whoever uses it is logged out at once, and nobody can log in."""
    from teahouse.app.administration import Set

    _tell(ask(stored_settings(data, config), Set(user, "disabled")).accounts, "disabled")


@users.command()
def enable(user: Name, data: Data = None, config: Config = None) -> None:
    """Open a closed account again."""
    from teahouse.app.administration import Set

    _tell(ask(stored_settings(data, config), Set(user, "enabled")).accounts, "enabled")


@users.command()
def passwd(user: Name, password_stdin: FromInput = False, data: Data = None, config: Config = None) -> None:
    """Give an account a new password; whoever uses it is logged out at once."""
    from teahouse.app.administration import Passwd

    settings = stored_settings(data, config)
    _tell(ask(settings, Passwd(user, _password(password_stdin))).accounts, "has a new password")


@users.command("admin")
def promote(
    user: Name,
    off: Annotated[bool, typer.Option("--off", help="Take it away instead.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Make an account an administrator."""
    from teahouse.app.administration import Promote

    word = "is an administrator no longer" if off else "is an administrator"
    _tell(ask(stored_settings(data, config), Promote(user, not off)).accounts, word)


@users.command()
def invite(
    hours: Annotated[int, typer.Option(min=1, max=8760, help="Hours it holds.")] = 72,
    data: Data = None,
    config: Config = None,
) -> None:
    """Print an invitation: with it, one account can be made where not everybody may make one."""
    from teahouse.app.administration import Invite

    print(ask(stored_settings(data, config), Invite(hours)).secret)


@keys.command()
def rotate(data: Data = None, config: Config = None) -> None:
    """Sign with a new key from now on; tokens signed with the old one hold until they expire."""
    from teahouse.app.administration import Rotate

    print(ask(stored_settings(data, config), Rotate()).secret)


def _password(from_input: bool) -> str:
    if from_input:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        fail("there is no terminal to ask on; give the password with --password-stdin", WRONG_USE)
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            fail("the two are not the same", WRONG_USE)
    if not password:
        fail("the password is empty", WRONG_USE)
    return password


def _tell(accounts: "tuple[Listed, ...]", what: str) -> None:
    for account in accounts:
        print(f"{account.user} ({account.nick}, {account.id}) {what}")
