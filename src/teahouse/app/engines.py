"""Engines: what `--store` and `--broker` stand for, as settings.

Rule: an address is never repeated in a message, for it has a password in it. Called by cli.py; the settings themselves
can be given as all others can.
"""

from teahouse.app.settings import Settings

STORES = {
    "sqlite": {"store.kind": "sqlite"},
    "memory": {"store.kind": "memory"},
}
"""Stores by a word."""

ADDRESSED_STORES = {"mysql": "sql", "mariadb": "sql", "postgresql": "sql", "postgres": "sql"}
"""Stores by an address, by its scheme: the kind, which is also the section that has the `url`."""

BROKERS = {"memory": {"broker.kind": "memory"}}

ADDRESSED_BROKERS = dict.fromkeys(("redis", "rediss", "redis+sentinel", "rediss+sentinel"), "redis")

NEEDED = "pip install teahouse[scale]"


class UnknownEngine(ValueError):
    """There is no such engine; the text says which there are."""


def store_settings(given: str) -> dict[str, str]:
    """The settings that `--store GIVEN` stands for."""
    known = "sqlite, memory, mysql://user:password@host/database or postgresql://user:password@host/database"
    return _meant("store", given, STORES, ADDRESSED_STORES, known)


def broker_settings(given: str) -> dict[str, str]:
    """The settings that `--broker GIVEN` stands for."""
    return _meant("broker", given, BROKERS, ADDRESSED_BROKERS, "memory or redis://host:6379/0")


def _meant(
    section: str, given: str, words: dict[str, dict[str, str]], addressed: dict[str, str], known: str
) -> dict[str, str]:
    if given in words:
        return words[given]
    scheme, separator, _ = given.partition("://")
    kind = addressed.get(scheme) if separator else None
    if kind is None:
        what = f"{scheme}://..." if separator else "that"
        raise UnknownEngine(f"--{section}: {what} is no {section} of this version; give {known}")
    return {f"{section}.kind": kind, f"{kind}.url": given}


def engines_of(settings: Settings) -> list[str]:
    """The engines beside the server that the settings name, for messages."""
    return [kind for kind in (settings.store.kind, settings.broker.kind) if kind not in ("sqlite", "memory")]
