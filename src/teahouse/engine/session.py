"""One client's session: who it is, where it stands in each conversation, and what it still waits for.

Rule: plain state with slots (there are tens of thousands); what is done with it stands in the verbs' files.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from teahouse.engine import fresh
from teahouse.model.commands import Id
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

if TYPE_CHECKING:
    from teahouse.engine.feeds import Feed
    from teahouse.model.commands import AnyCommand
    from teahouse.model.people import User
    from teahouse.ports.link import Link

_NO_FEEDS: tuple[Feed, ...] = ()


class Session:
    """A session is live in a feed, or behind at a known seq: `positions` has the feeds it is behind in.

    `grant` names what an account came with; revoking that ends the session.
    `acks` are answers that wait for their place in a feed the session is behind in, by (feed, seq).
    `waiting` are commands not begun, because one before them still runs; None when there are none.
    `greeted` is set with the welcome, from which on it is in feeds. `moved`: until then, its user came into a
    conversation or went out of one, and what its hello has read of that is out of date. `scopes` is what a bot may
    do here; None for people. `stalled`: the client takes nothing now; `choked`: no entries, until it has confirmed
    some. `echoes`: its protocol tells a sender of their own entry, too: right after the answer, or, if it is behind,
    when it comes to it; the answer does not wait for that.
    """

    __slots__ = (
        "acks",
        "arrival",
        "choked",
        "closed",
        "device",
        "echoes",
        "ended",
        "feeds",
        "grant",
        "greeted",
        "held",
        "id",
        "inflight",
        "link",
        "moved",
        "peer",
        "positions",
        "recovering",
        "running",
        "scopes",
        "seen",
        "stalled",
        "user",
        "waiting",
        "wire",
        "write",
    )

    def __init__(self, link: Link, peer: str, second: int) -> None:
        self.id = fresh.session_id()
        self.link = link
        self.wire = link.wire
        self.write = link.write
        self.peer = peer
        self.user: User | None = None
        self.device: str | None = None
        self.grant = ""
        self.scopes: tuple[str, ...] | None = None
        self.seen = second
        self.feeds: tuple[Feed, ...] = _NO_FEEDS
        self.positions: dict[Feed, int] | None = None
        self.acks: dict[tuple[Feed, int], bytes] | None = None
        self.waiting: deque[AnyCommand] | None = None
        self.inflight = 0
        self.arrival = 0.0
        self.running = False
        self.stalled = False
        self.choked = False
        self.echoes = False
        self.held = False
        self.greeted = False
        self.moved = False
        self.closed = False
        self.ended = False
        self.recovering = False

    @property
    def full(self) -> bool:
        """Whether it takes no entries now: it is behind, or will be at the end of the turn."""
        return self.stalled or self.choked

    @property
    def identity(self) -> User:
        """The user; only for commands that come after hello."""
        if self.user is None:
            raise Problem(Code.UNAUTHENTICATED, "say hello first")
        return self.user

    def answer(self, re: Id | None, result: Result) -> None:
        """Write the answer, if one is wanted."""
        if re is not None and not self.closed:
            self.write(self.wire.answer(re, result))

    def fail(self, re: Id | None, problem: Problem) -> None:
        """Write the refusal. Without an id it is written all the same: silence would hide the loss."""
        if not self.closed:
            self.write(self.wire.failure(re, problem))
