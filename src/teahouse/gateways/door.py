"""The engine as gateways see it. `engine/engine.py` has this shape; so have the doubles in the tests."""

from typing import Protocol

from teahouse.engine.session import Session
from teahouse.model.commands import AnyCommand
from teahouse.ports.link import Link


class Door(Protocol):
    """Only `open` raises."""

    @property
    def second(self) -> int:
        """Monotonic seconds, cached: what `Session.seen` is set to at every read."""
        ...

    def open(self, link: Link, peer: str) -> Session:
        """A connection came. Raises Problem `unavailable` if it cannot stay."""
        ...

    def submit(self, session: Session, command: AnyCommand) -> None: ...

    def stalled(self, session: Session) -> None:
        """The client leaves too much unread."""
        ...

    def drained(self, session: Session) -> None:
        """After `stalled`: it has read nearly all."""
        ...

    def ended(self, session: Session) -> None:
        """The client sends no more, but may still read."""
        ...

    def closed(self, session: Session) -> None:
        """The connection is gone, or as good as gone. Called once; nothing is written any more."""
        ...
