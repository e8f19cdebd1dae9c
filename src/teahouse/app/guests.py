"""The guest one is on each server: its nick and resume secret, in ~/.config/teahouse/guests.json.

Rule: whoever can read the secret is the guest, so the file is its owner's only (0600). Called by entering.py.
"""

import os
import tempfile
from pathlib import Path

import msgspec

from teahouse.model.ids import fold_nick


class Guest(msgspec.Struct, frozen=True):
    nick: str
    resume: str


class Guests:
    """Guests by server; of each server the latest one is last."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or config_directory() / "guests.json"

    def find(self, server: str, nick: str | None) -> Guest | None:
        """The guest with this nick, or with None the one used last."""
        known = self._read().get(server, [])
        matching = [guest for guest in known if nick is None or fold_nick(guest.nick) == fold_nick(nick)]
        return matching[-1] if matching else None

    def keep(self, server: str, guest: Guest) -> None:
        """Remember a guest, in place of an older one with its nick."""
        known = self._read()
        others = [old for old in known.get(server, []) if fold_nick(old.nick) != fold_nick(guest.nick)]
        self._write({**known, server: [*others, guest]})

    def _read(self) -> dict[str, list[Guest]]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, list[Guest]])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}

    def _write(self, guests: dict[str, list[Guest]]) -> None:
        """All or nothing; mkstemp makes the file with mode 0600."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._file.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(guests)) + b"\n")
        Path(name).replace(self._file)


def config_directory() -> Path:
    """Where the files of this person are (XDG Base Directory)."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "teahouse"
