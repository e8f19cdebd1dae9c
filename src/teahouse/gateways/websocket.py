"""WebSocket at /ws: the JSON protocol, an object a text frame, for browsers and all who have a library for it.

Rule: knows frames and close codes; the rest is json_link.py. Made by http.py from a request it has parsed.

Close codes: those of RFC 6455, 7.4.1, and two of our own. What `bye` says in words, they say in ranges:

    1000        the client is done           1009        a message was too large
    1001        the server goes away         4000-4499   come back, after `after_ms` of `bye`
    1002, 1003, 1007, 1008                   4500-4999   do not come back by yourself
                the WebSocket protocol was broken
"""

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.json_link import JsonLink
from teahouse.gateways.upgrades import Upgrade
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from teahouse.wire import websocket as ws
from teahouse.wire.handshake import SUBPROTOCOL
from teahouse.wire.json import JsonWire

PATHS = (b"/ws", b"/ws/")
WIRE = JsonWire(ws.text_frame)

COME_BACK = 4000
STAY_AWAY = 4500

_PING = ws.ping_frame()


def json_upgrades(context: LinkContext) -> dict[bytes, Upgrade]:
    """By path."""
    return dict.fromkeys(PATHS, Upgrade(SUBPROTOCOL, lambda secure: WebSocketLink(context)))


class WebSocketLink(JsonLink):
    """`_decoder` is None once nothing more can or need be understood: the client has closed, or broken the
    protocol. `_farewell` is then the close code and reason to end with."""

    __slots__ = ("_decoder", "_farewell")

    wire = WIRE
    gateway = "websocket"

    def __init__(self, context: LinkContext) -> None:
        super().__init__(context)
        self._decoder: ws.Decoder | None = ws.Decoder(context.options.frame_bytes)
        self._farewell: tuple[int, str] | None = None

    def data_received(self, data: bytes) -> None:
        if self._decoder is None:
            return
        if self._session is not None:
            self._session.seen = self._context.engine.second
        try:
            for opcode, payload in self._decoder.feed(data):
                if opcode == ws.TEXT:
                    self._receive(payload)
                else:
                    self._receive_other(opcode, payload)
        except ws.Violation as violation:
            self._fail(violation)

    def probe(self) -> bool:
        self.write(_PING)
        return True

    def _receive_other(self, opcode: int, payload: bytes) -> None:
        if opcode == ws.CLOSE:
            self._answer_close(payload)
        elif opcode == ws.BINARY:
            raise ws.Violation(ws.UNSUPPORTED_DATA, "this protocol is text")
        elif opcode == ws.PING and not self._closing:
            self.write(ws.pong_frame(payload))

    def _answer_close(self, payload: bytes) -> None:
        """A close frame is answered with one (5.5.1); then it is for the server to end the connection (7.1.1)."""
        self._decoder = None
        if self._closing:
            self._half_close()
            return
        self._farewell = (int.from_bytes(payload[:2], "big") if payload else ws.NORMAL, "")
        self._forget_session()
        self._part(None)

    def _fail(self, violation: ws.Violation) -> None:
        """7.1.7. A message that is too large is told in our own words, too, as over TCP."""
        self._decoder = None
        self._farewell = (violation.code, violation.reason)
        if violation.code == ws.TOO_BIG:
            self._expel(Problem(Code.BAD_FRAME, violation.reason))
        else:
            self._forget_session()
            self._part(None)

    def _hang_up(self, bye: Bye | None) -> None:
        if self._farewell is not None:
            self.write(ws.close_frame(*self._farewell))
            self._half_close()
        else:  # the client's own close frame comes next
            self.write(ws.close_frame(self._close_code(bye), bye.reason if bye is not None else ""))

    def _close_code(self, bye: Bye | None) -> int:
        if bye is None:
            return ws.NORMAL
        if not bye.reconnect:
            return STAY_AWAY
        return ws.GOING_AWAY if self._context.leaving else COME_BACK
