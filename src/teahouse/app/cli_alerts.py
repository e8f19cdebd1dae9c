"""The command line for alerts: `teahouse alerts`. Part of cli.py, whose rules hold here, too."""

import asyncio

import typer

from teahouse.app.cli_settings import FAILED, WRONG_USE, fail, flags, read_settings
from teahouse.app.cli_users import Config, Data

alerts = typer.Typer(no_args_is_help=True, help="Alerts: who is told when it does not go well.")


@alerts.callback()
def group() -> None:
    """Alerts: who is told when it does not go well."""


@alerts.command()
def test(data: Data = None, config: Config = None) -> None:
    """Send a test alert to each receiver of the settings, and tell what became of it. Needs no server.

    \b
    Examples:
        teahouse alerts test --config teahouse.toml
    """
    from teahouse.app.observing import send_test
    from teahouse.backends.clock import SystemClock

    settings = read_settings(config, flags(data=data)).settings
    if not settings.alerts.told:
        fail("nobody is told of alerts: set alerts.webhook or alerts.wecom", WRONG_USE)
    said = asyncio.run(send_test(settings, SystemClock()))
    for name, outcome in said:
        print(f"{name}: {'taken' if outcome.taken else outcome.why}")
    if not all(outcome.taken for _, outcome in said):
        raise typer.Exit(FAILED)
