"""What the links of TCP lines and of WebSocket share: one connection that speaks the JSON protocol.

Rule: as connected.py; the fan-out calls the transport's own `write`. Subclassed by tcp.py and websocket.py, which know
the framing.
"""

from teahouse.engine.session import Session
from teahouse.gateways.connected import ConnectedLink, LinkContext
from teahouse.model.commands import AnyCommand
from teahouse.model.errors import Code
from teahouse.wire.errors import WireError
from teahouse.wire.json import decode


class JsonLink(ConnectedLink):
    """`wire` and `gateway` are attributes of the subclass."""

    __slots__ = ("_bad_frames",)

    def __init__(self, context: LinkContext) -> None:
        super().__init__(context)
        self._bad_frames = 0

    # --- frames ---

    def _receive(self, frame: bytes) -> None:
        """One frame of the client, without framing. The frame before it may have ended the session."""
        session = self._session
        if session is None or self._closing:
            return
        try:
            command = decode(frame)
        except WireError as error:
            self._refuse(error)
            return
        self._bad_frames = 0
        self._submit(session, command)

    def _submit(self, session: Session, command: AnyCommand) -> None:
        self._context.engine.submit(session, command)

    def _refuse(self, error: WireError) -> None:
        if error.problem.code is Code.BAD_FRAME:
            self._bad_frames += 1
            if self._bad_frames >= self._context.options.bad_frames:
                self._expel(error.problem)
                return
        self.write(self.wire.failure(error.re, error.problem))
