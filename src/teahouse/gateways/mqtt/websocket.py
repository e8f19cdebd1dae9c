"""MQTT over WebSocket at /mqtt (MQTT 5, 6): the same connection, in binary frames.

Rule: knows frames; a packet may begin in one frame and end in another, so they are only a stream of bytes here. Made by
http_connection.py from a request it has parsed.
"""

import asyncio
from collections.abc import Callable

from teahouse.gateways.mqtt.context import MqttContext
from teahouse.gateways.mqtt.link import MqttLink
from teahouse.gateways.upgrades import Upgrade
from teahouse.model.events import Bye
from teahouse.wire import websocket as ws
from teahouse.wire.mqtt import reasons

PATHS = (b"/mqtt", b"/mqtt/")
SUBPROTOCOL = b"mqtt"


def mqtt_upgrades(context: MqttContext) -> dict[bytes, Upgrade]:
    """By path."""
    return dict.fromkeys(PATHS, Upgrade(SUBPROTOCOL, lambda secure: MqttSocketLink(context)))


class MqttSocketLink(MqttLink):
    """`_decoder` is None once nothing more can or need be understood."""

    __slots__ = ("_decoder", "_farewell", "_put")

    gateway = "mqtt"

    def __init__(self, context: MqttContext) -> None:
        super().__init__(context)
        self._decoder: ws.Decoder | None = ws.Decoder(context.shared.options.packet_bytes)
        self._farewell = ws.NORMAL
        self._put: Callable[[bytes], None]

    def _writer(self, transport: asyncio.Transport) -> Callable[[bytes], None]:
        write = super()._writer(transport)
        self._put = transport.write
        self.send = self._frame
        return write

    def _frame(self, packet: bytes) -> None:
        self._put(ws.binary_frame(packet))

    def data_received(self, data: bytes) -> None:
        if self._decoder is None:
            return
        try:
            for opcode, payload in self._decoder.feed(data):
                if opcode == ws.BINARY:
                    super().data_received(payload)
                elif opcode == ws.TEXT:
                    raise ws.Violation(ws.UNSUPPORTED_DATA, "MQTT is binary")  # MQTT-6.0.0-1
                elif opcode == ws.PING and not self._closing:
                    self._put(ws.pong_frame(payload))
                elif opcode == ws.CLOSE:
                    self._answer_close(payload)
        except ws.Violation as violation:
            self._decoder = None
            self._farewell = violation.code
            self.end(reasons.MALFORMED, violation.reason)

    def _answer_close(self, payload: bytes) -> None:
        """A close frame is answered with one (RFC 6455, 5.5.1); without DISCONNECT before it the will is published."""
        self._decoder = None
        if self._closing:
            self._half_close()
            return
        self._farewell = int.from_bytes(payload[:2], "big") if payload else ws.NORMAL
        self._leave()
        self._forget_session()
        self._part(None)

    def _hang_up(self, bye: Bye | None) -> None:
        if bye is not None:
            self._farewell = ws.GOING_AWAY if self._context.leaving else ws.NORMAL
            self._say_why(self._reason_of(bye), bye.reason)
            self._leave()
        self._put(ws.close_frame(self._farewell))
        self._half_close()
