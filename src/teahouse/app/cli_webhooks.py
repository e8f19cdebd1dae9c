"""The command line for outgoing webhooks: `teahouse webhook`.

Rule: a secret comes from the environment or a file, never from an argument, which everybody on the machine can read.
`verify` needs no server; the others ask the one that runs (control.py). Part of cli.py, whose rules hold here, too.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import FAILED, WRONG_USE, ask, fail, stored_settings
from teahouse.app.cli_users import Config, Data

if TYPE_CHECKING:
    from teahouse.app.webhooks import ListedWebhook

webhooks = typer.Typer(
    no_args_is_help=True, help="Outgoing webhooks: check a delivery, list, test, tell again."
)

SECRET = "TEAHOUSE_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable

When = Annotated[
    str | None,
    typer.Option(help="As 2026-11-25T08:00Z; without a zone: of this machine.", metavar="TIME"),
]


@webhooks.command()
def verify(
    timestamp: Annotated[str, typer.Option(help="The header Teahouse-Timestamp.", metavar="S")],
    signature: Annotated[str, typer.Option(help="The header Teahouse-Signature.", metavar="V1=...")],
    file: Annotated[
        Path | None, typer.Option(help="The body as it came; standard input if left out.", metavar="FILE")
    ] = None,
    secret_file: Annotated[
        Path | None, typer.Option(help=f"The secret; ${SECRET} if left out.", metavar="FILE")
    ] = None,
    any_time: Annotated[
        bool, typer.Option("--any-time", help="Do not ask that the time stamp is of now.")
    ] = False,
) -> None:
    """Check the signature of a delivery: exit code 0 if it is ours, else 1, and why.

    \b
    Examples:
        teahouse webhook verify --timestamp "$T" --signature "$S" <body.json
        teahouse webhook verify --timestamp "$T" --signature "$S" --file body.json --secret-file secret --any-time
    """
    from teahouse.model.signing import fault

    try:
        secret = (
            secret_file.read_text(encoding="utf-8").strip() if secret_file else os.environ.get(SECRET, "")
        )
        body = file.read_bytes() if file else sys.stdin.buffer.read()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"it cannot be read: {error}", WRONG_USE)
    if not secret:
        fail(f"there is no secret: set {SECRET}, or give --secret-file", WRONG_USE)
    why = fault(secret, timestamp, signature, body, None if any_time else time.time())
    if why:
        fail(why, FAILED)
    print("the signature is good")


@webhooks.command("list")
def show(data: Data = None, config: Config = None) -> None:
    """List all of a running server: id, state, conversation, address, and what is wrong."""
    from teahouse.app.webhooks import ListWebhooks

    settings, after = stored_settings(data, config), ""
    while True:
        page = ask(settings, ListWebhooks(after))
        for one in page.webhooks:
            print(_line(one))
        if page.more is None:
            return
        after = page.more


@webhooks.command()
def test(
    webhook: Annotated[str, typer.Argument(help="The id of the webhook.", metavar="WEBHOOK")],
    data: Data = None,
    config: Config = None,
) -> None:
    """Have a running server send a test delivery: exit code 0 if it was taken, else 1, and what was answered.

    \b
    Examples:
        teahouse webhook test o0199c2f4
    """
    from teahouse.app.webhooks import TestWebhook

    tested = ask(stored_settings(data, config), TestWebhook(webhook)).tested
    assert tested is not None
    if tested.status:
        print(f"it answered {tested.status} after {tested.ms} ms")
    if tested.answer:
        print(_printable(tested.answer))
    if not 200 <= tested.status < 300:
        fail(tested.why or "that is no 2xx: a delivery would be tried again", FAILED)


@webhooks.command()
def replay(
    webhook: Annotated[str, typer.Argument(help="The id of the webhook.", metavar="WEBHOOK")],
    conversation: Annotated[
        str, typer.Option(help="Of which conversation; all, if left out.", metavar="ID")
    ] = "",
    seqs: Annotated[
        str, typer.Option(help="Entries of the conversation, as 100-200 or 100-.", metavar="FROM-TO")
    ] = "",
    since: When = None,
    until: When = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Have a webhook of a running server told again of what happened, with the delivery ids of the first time.

    \b
    Examples:
        teahouse webhook replay o0199c2f4 --since 2026-11-25T08:00Z --until 2026-11-25T12:00Z
        teahouse webhook replay o0199c2f4 --conversation lobby --seqs 100-200
    """
    from teahouse.app.webhooks import ReplayWebhook

    first, _, last = seqs.partition("-")
    if seqs and not (first.isdecimal() and (last == "" or last.isdecimal()) and "-" in seqs):
        fail("--seqs is two numbers, as 100-200, or one and a dash", WRONG_USE)
    order = ReplayWebhook(
        webhook,
        conversation,
        max(int(first) - 1, 0) if seqs else None,
        int(last) if last else None,
        None if since is None else _time(since),
        None if until is None else _time(until),
    )
    ask(stored_settings(data, config), order)
    print("it is being told again")


def _line(one: "ListedWebhook") -> str:
    name = f" ({one.name})" if one.name else ""
    why = f": {one.why}" if one.why else ""
    return f"{one.id}  {one.state:8} {one.conversation or 'the server':34} {one.url}{name}{why}"


def _printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _time(text: str) -> int:
    """Milliseconds UTC."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} is no time; write it as 2026-11-25T08:00Z", WRONG_USE)
    return int(given.astimezone(UTC).timestamp() * 1000)
