"""Locate: where the built web client is, and what to say where there is none.

Called by app/compose.py at the start.
"""

from pathlib import Path

import structlog

import teahouse
from teahouse.gateways.web.bundle import NoClient, read

_log = structlog.get_logger("teahouse.web")

OWN = "auto"
"""The setting that means the client which came with the server."""

NOT_BUILT = (
    "The web client was not built: install Node.js 20.19 or newer, run `make setup`, start the server again."
)


class Source:
    """A folder with a client. The one that came with the server is read once; another is read again when its
    index.html is a different one, which is how a build ends: it is being worked on."""

    def __init__(self, folder: Path, watched: bool) -> None:
        self.watched = watched
        self._folder = folder
        self._stamp = self._stamped()
        self.bundle = read(folder)

    def refresh(self) -> None:
        """Read again if there is something new. What is half built is left for the next time."""
        stamp = self._stamped()
        if stamp is None or stamp == self._stamp:
            return
        try:
            self.bundle, self._stamp = read(self._folder), stamp
        except (NoClient, OSError) as error:
            _log.warning("the web client was not read again", reason=str(error))

    def _stamped(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / "index.html").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino


def locate(client_dir: str) -> Source | None:
    """The client of the setting `http.client_dir`; None where there is none, which is logged, or is to be none."""
    if not client_dir:
        return None
    own = client_dir == OWN
    folder = Path(teahouse.__file__).parent / "webclient" if own else Path(client_dir)
    try:
        return Source(folder, watched=not own)
    except (NoClient, OSError) as error:
        if own:
            _log.info("there is no web client; the page at / says how to connect", hint=NOT_BUILT)
        else:
            _log.warning("there is no web client in http.client_dir", reason=str(error))
        return None
