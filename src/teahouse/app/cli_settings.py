"""What all commands of the command line share: where their settings come from, how a data directory is asked, and how
a person is told something.

Used by cli.py, cli_users.py and cli_dead.py, whose rules hold here, too.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from teahouse.app.administration import AnyOrder, Outcome
    from teahouse.app.dead import LetterOrder, Told
    from teahouse.app.settings import Settings
    from teahouse.app.sources import Loaded

WRONG_USE = 2
FAILED = 1

SETTINGS_OF = {
    "data": ["data"],
    "host": ["http.host", "tcp.host", "mqtt.host", "xmpp.host", "grpc.host"],
    "http_port": ["http.port"],
    "tcp_port": ["tcp.port"],
    "mqtt_port": ["mqtt.port"],
    "xmpp_port": ["xmpp.port"],
    "grpc_port": ["grpc.port"],
    "limits": ["limits"],
    "node": ["node.name"],
    "workers": ["node.workers"],
}
"""What each flag sets."""


def flags(**given: object) -> dict[str, tuple[str, object]]:
    """(flag, value) by the name of the setting, as sources.load takes them; None: the flag was not given."""
    return {
        setting: (f"--{name.replace('_', '-')}", str(value))
        for name, value in given.items()
        if value is not None
        for setting in SETTINGS_OF[name]
    }


def engine_flags(store: str | None, broker: str | None) -> dict[str, tuple[str, object]]:
    """The same for `--store` and `--broker`, each of which sets more than one; exit for what is neither."""
    from teahouse.app.engines import UnknownEngine, broker_settings, store_settings

    try:
        stores = {} if store is None else store_settings(store)
        brokers = {} if broker is None else broker_settings(broker)
    except UnknownEngine as error:
        fail(str(error), WRONG_USE)
    given: dict[str, tuple[str, object]] = {name: ("--store", value) for name, value in stores.items()}
    return given | {name: ("--broker", value) for name, value in brokers.items()}


def read_settings(config: Path | None, given: dict[str, tuple[str, object]]) -> "Loaded[Settings]":
    """The settings from all sources, or exit with all that is wrong with them."""
    from teahouse.app.settings import load_settings
    from teahouse.app.sources import WrongSettings

    try:
        return load_settings(config, given)
    except WrongSettings as error:
        fail("\n  ".join(["the settings are wrong:", *error.complaints]), WRONG_USE)


def say(sentence: str) -> None:
    print(f"teahouse: {sentence}", file=sys.stderr)


def fail(sentence: str, code: int) -> NoReturn:
    say(sentence)
    raise typer.Exit(code)


def stored_settings(data: Path | None, config: Path | None) -> "Settings":
    """The settings of a server that keeps something."""
    settings = read_settings(config, flags(data=data)).settings
    if settings.store.kind == "memory":
        fail("with store.kind = memory nothing is kept that could be changed here", WRONG_USE)
    return settings


def ask(settings: "Settings", order: "AnyOrder") -> "Outcome":
    """The outcome, or exit with why there is none."""
    import asyncio

    from teahouse.app import control
    from teahouse.backends.sqlite.failures import CannotOpen
    from teahouse.identity.keys import CannotUseKeys
    from teahouse.identity.sealed import CannotUnseal

    try:
        outcome = asyncio.run(control.ask(settings, order))
    except (CannotOpen, CannotUseKeys, CannotUnseal) as error:
        fail(str(error), FAILED)
    except (OSError, TimeoutError) as error:
        fail(f"the server does not answer: {error}", FAILED)
    if outcome.refused is not None:
        fail(outcome.refused, FAILED)
    return outcome


def do(settings: "Settings", order: "LetterOrder") -> "Told":
    """The same about dead letters."""
    told = ask(settings, order).dead
    assert told is not None
    return told
