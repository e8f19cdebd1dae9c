"""Heartbeat: notice who is gone without a word. One wheel for all sessions: no timer and no task a connection."""

from collections.abc import Callable

from teahouse.engine.options import EngineOptions
from teahouse.engine.session import Session
from teahouse.model.events import Bye

SILENT = Bye("silent for too long", reconnect=True, after_ms=0)


class Heartbeat:
    """A session is looked at when it could first be overdue, not at every sign of life: reading from a client
    costs one attribute (`seen`), and each session is looked at about twice a minute."""

    def __init__(self, options: EngineOptions, second: int, cut: Callable[[Session, Bye], None]) -> None:
        self._ask_after = options.heartbeat_s
        self._cut_after = max(options.silence_s, options.heartbeat_s + 1)
        self._cut = cut
        self._second = second
        self._due: dict[int, list[Session]] = {}

    def watch(self, session: Session) -> None:
        self._put(session, session.seen + self._ask_after)

    def tick(self, second: int) -> None:
        """Look at all that are due up to `second`. Called once a second, or later."""
        while self._second <= second:
            for session in self._due.pop(self._second, ()):
                if not session.closed:
                    self._look(session, second)
            self._second += 1

    def _look(self, session: Session, second: int) -> None:
        silent = second - session.seen
        if silent < self._ask_after:
            self._put(session, session.seen + self._ask_after)
        elif not session.stalled and not session.link.probe():
            self._put(session, second + self._ask_after)  # its kernel watches the connection
        elif silent >= self._cut_after:
            self._cut(session, SILENT)
        else:
            self._put(session, session.seen + self._cut_after)

    def _put(self, session: Session, second: int) -> None:
        self._due.setdefault(max(second, self._second + 1), []).append(session)
