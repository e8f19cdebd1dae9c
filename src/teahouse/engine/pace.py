"""Pace: how fast a session is given entries, and from where, for protocols that confirm each of them (MQTT).

Rule: no queue is kept for a client that confirms slowly: it falls behind, as one does whose connection is slow, and is
brought back from the log. Asked by gateways; commands are not touched by any of it.
"""

from collections.abc import Mapping

from teahouse.engine.authenticate import Authenticate
from teahouse.engine.fanout import Fanout
from teahouse.engine.recover import Recovery
from teahouse.engine.session import Session


class Pace:
    def __init__(self, authenticate: Authenticate, fanout: Fanout, recovery: Recovery) -> None:
        self._authenticate = authenticate
        self._fanout = fanout
        self._recovery = recovery

    def choked(self, session: Session) -> None:
        """The client has as much unconfirmed as it wants to: it falls behind, but is read and may ask on. May be
        called from within `write`; what else the turn has is still written."""
        session.choked = True
        self._fanout.stall(session)

    def eased(self, session: Session) -> None:
        """After `choked`: it has confirmed enough, and catches up."""
        session.choked = False
        self._recovery.begin(session)

    async def rewind(self, session: Session, cursors: Mapping[str, int]) -> None:
        """Go on from these cursors: as a hello with them, for who is known only after it. What follows them is written
        after this returns, and then what is new. Raises StoreUnavailable."""
        starts = await self._authenticate.starts(session.identity, session.feeds, cursors)
        if session.closed:
            return
        for feed in session.feeds:
            at = starts.get(feed.id)
            stands = feed.seq if session.positions is None else session.positions.get(feed, feed.seq)
            if at is not None and at < stands:
                feed.rewind(session, at)
        self._recovery.begin(session)
