"""Live connections over REST, for administrators: who is connected how, and cutting one."""

import heapq
from typing import Annotated

from msgspec import Meta, Struct

from teahouse.engine.engine import Engine
from teahouse.engine.session import Session
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import Limit
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from teahouse.model.results import Result

CUT = Bye("ended by an administrator", reconnect=False)

SessionId = Annotated[str, Meta(min_length=1, max_length=80)]


class SessionsPage(Struct, frozen=True):
    """`after` is the id of the last session of the page before; `user` an id."""

    after: Annotated[str, Meta(max_length=80)] = ""
    user: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 50


class SessionRow(Result, frozen=True, omit_defaults=False):
    """`since` is when it connected. `behind` counts the conversations it has not been told everything of yet: its
    client reads too slowly; `stalled` says that it reads nothing at all now."""

    session: str
    user: str
    nick: str
    device: str
    gateway: str
    address: str
    since: int
    behind: int
    stalled: bool


class SessionPage(Result, frozen=True, omit_defaults=False):
    sessions: tuple[SessionRow, ...]
    more: bool


class LiveSessions:
    def __init__(self, engine: Engine, scribe: Scribe) -> None:
        self._engine = engine
        self._scribe = scribe

    @operation("GET /admin/sessions", who=Who.ADMIN)
    async def page(self, call: Call, query: SessionsPage) -> SessionPage:
        """Who is connected, the oldest connections first."""
        fitting = (session for session in self._engine.sessions if _fits(session, query))
        sessions = heapq.nsmallest(query.limit + 1, fitting, key=lambda session: session.id)
        rows = tuple(row for session in sessions[: query.limit] if (row := _row(session)) is not None)
        return SessionPage(rows, len(sessions) > query.limit)

    @operation("DELETE /admin/sessions/{session}", who=Who.ADMIN)
    async def cut(self, call: Call, session: SessionId) -> None:
        """End a connection, and tell its client not to come back by itself."""
        found = self._find(session)
        assert found.user is not None
        await self._scribe.write(call, "session.cut", session, user=found.user.id)
        self._engine.dismiss(found, CUT)

    def _find(self, session: str) -> Session:
        for found in self._engine.sessions:
            if found.id == session and found.user is not None:
                return found
        raise Problem(Code.NOT_FOUND, f"there is no session {session!r}")


def _fits(session: Session, query: SessionsPage) -> bool:
    user = session.user
    return user is not None and session.id > query.after and query.user in ("", user.id)


def _row(session: Session) -> SessionRow | None:
    user = session.user
    if user is None:
        return None
    return SessionRow(
        session.id,
        user.id,
        user.nick,
        session.device or "",
        session.link.gateway,
        session.peer,
        began(session),
        len(session.positions or ()),
        session.stalled,
    )


def began(session: Session) -> int:
    """Milliseconds UTC: what a session's id begins with (RFC 9562, 5.7)."""
    return int(session.id[1:13], 16)
