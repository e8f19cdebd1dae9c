"""Call: one command without a connection, for those who ask and wait for the answer (REST, bots, the desk).

Rule: a call takes the same road as a command of a connection, with a session of its own that nobody listens to: it
is in no feed, so it hears no events, and the user's live sessions hear what it did. Made by engine.py.
"""

import asyncio

from teahouse.model.commands import Id
from teahouse.model.entries import Entry
from teahouse.model.errors import Problem
from teahouse.model.events import AnyEvent, Bye
from teahouse.model.results import Result
from teahouse.ports.link import Wire


class CallLink:
    """The Link port and the Wire port of one call: what would be written is the outcome."""

    __slots__ = ("gateway", "outcome", "wire")

    def __init__(self) -> None:
        self.gateway = "call"
        self.wire: Wire = self
        self.outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    def answer(self, re: Id, result: Result) -> bytes:
        if not self.outcome.done():
            self.outcome.set_result(result)
        return b""

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        if not self.outcome.done():
            self.outcome.set_exception(problem)
        return b""

    def entry(self, entry: Entry, own: bool) -> bytes:
        return b""

    def event(self, event: AnyEvent) -> bytes:
        return b""

    def write(self, data: bytes) -> None:
        pass

    def hold(self, on: bool) -> None:
        pass

    def close(self, bye: Bye | None) -> None:
        pass

    def probe(self) -> bool:
        return True
