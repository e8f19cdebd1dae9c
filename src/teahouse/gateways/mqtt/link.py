"""One connection by MQTT: what the client says, from CONNECT to the end.

Rule: as connected.py: slots, no task and no timer of its own. What must wait for the store or the log (CONNECT,
SUBSCRIBE, a repeated PUBLISH) stops the reading until it is done, so that packets take effect in the order they came.
Statements in brackets are those of MQTT 5.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from teahouse.engine.authenticate import REPLACED
from teahouse.engine.engine import LOGGED_OUT
from teahouse.engine.heartbeat import SILENT
from teahouse.gateways.mqtt import entering, subscribing
from teahouse.gateways.mqtt.context import MqttContext
from teahouse.gateways.mqtt.hearing import ENTERING, IN, NEW, HearingLink
from teahouse.gateways.mqtt.intake import Intake
from teahouse.gateways.mqtt.stays import NEVER
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.model.events import Bye
from teahouse.wire.errors import WireError
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import PINGRESP, encode
from teahouse.wire.mqtt.packets import (
    V5,
    Ack,
    Auth,
    Connack,
    Connect,
    Disconnect,
    Packet,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
)
from teahouse.wire.mqtt.reasons import MqttError, protocol_error
from teahouse.wire.mqtt.splitter import PacketSplitter

_log = structlog.get_logger("teahouse.gateways")

Raw = tuple[int, bytes]
_PUBACK = packets.PUBACK << 4


class MqttLink(HearingLink):
    """`early` are packets that came while something is waited for."""

    __slots__ = ("_early", "_gone", "_held", "_splitter")

    def __init__(self, context: MqttContext) -> None:
        super().__init__(context)
        self._splitter = PacketSplitter(context.shared.options.packet_bytes)
        self._early: list[Raw] | None = None
        self._held = False
        self._gone = False

    # --- the connection ---

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        address = transport.get_extra_info("peername")
        peer = address[0] if address else ""
        if not self._context.admission.enter(peer):
            transport.abort()
        self.begin(transport, peer)

    def _writer(self, transport: asyncio.Transport) -> Callable[[bytes], None]:
        self.send = transport.write
        return self._take

    def data_received(self, data: bytes) -> None:
        session = self._session
        if session is None or self._closing:
            return
        session.seen = self._context.engine.second
        try:
            if self._stage == NEW and self._splitter.idle and data[0] != packets.CONNECT << 4:
                raise protocol_error("CONNECT comes first")  # and may never end, if it is something else
            for first, body in self._splitter.feed(data):
                self._receive(first, body)
        except MqttError as error:
            self.end(error.reason, error.text)

    def eof_received(self) -> bool:
        """A client that only half closes is gone."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        super().connection_lost(exc)

    def probe(self) -> bool:
        """It is for the client to ping; `check_alive` looks whether it does."""
        return False

    def hold(self, on: bool) -> None:
        self._held = on
        self._read()

    def _read(self) -> None:
        if self._closing or self._transport.is_closing():
            return
        if self._held or self._early is not None:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def check_alive(self) -> None:
        """One and a half times the keep alive without a packet (MQTT-3.1.2-22)."""
        if self._session is None or self._closing:
            return
        engine, patience = self._context.engine, self.keep_alive * 3 // 2 + 1
        silent = engine.second - self._session.seen
        if silent >= patience and not self._session.stalled and not self._held:
            self.end(reasons.KEEP_ALIVE_TIMEOUT, "silent for longer than its keep alive")
        else:
            self._context.deadlines.after(max(patience - silent, 1), self.check_alive)

    # --- packets ---

    def _forget_session(self) -> None:
        super()._forget_session()
        if self._stage == ENTERING:
            self.intake.abandon()

    def _receive(self, first: int, body: bytes) -> None:
        if self._early is not None:
            self._early.append((first, body))
        elif first == _PUBACK and len(body) == 2 and self._stage == IN and self._puback(body):
            return
        elif not self._closing:
            packet = decode(first, body, self.version)
            if self._stage == NEW and not isinstance(packet, Connect):
                raise protocol_error("CONNECT comes first")  # MQTT-3.1.0-1
            self._do(packet)

    def _puback(self, body: bytes) -> bool:
        """What listeners say most, short; False: it is to be looked at as a whole."""
        if not self.outbox.acknowledged(body[0] << 8 | body[1]):
            return False
        if self.keeper is not None:
            self._keep_soon(self.keeper)
        return True

    def _do(self, packet: Packet) -> None:
        match packet:
            case Publish():
                self.intake.publish(packet)
            case Ack(type=packets.PUBREL):
                self.intake.released(packet)
            case Ack():
                if self.outbox.confirmed(packet) and self.keeper is not None:
                    self._keep_soon(self.keeper)
            case Subscribe():
                self.wait(subscribing.subscribe(self, self._context.shared, packet))
            case Unsubscribe():
                self.wait(subscribing.unsubscribe(self, self._context.shared, packet))
            case Ping(type=packets.PINGREQ):
                self.send(PINGRESP)
            case Disconnect():
                self._disconnected(packet)
            case Connect():
                self._connect(packet)
            case Auth():
                raise protocol_error("no authentication was begun")  # MQTT-4.12.1-1
            case _:
                raise protocol_error("a server sends such packets, and no client")

    def _connect(self, packet: Connect) -> None:
        if self._stage != NEW:
            raise protocol_error("a second CONNECT")  # MQTT-3.1.0-2
        self.version = packet.version
        self._stage = ENTERING
        self.intake = Intake(self, self._context.shared)
        assert self._session is not None
        self.wait(entering.enter(self, self._context, self._session, packet))

    def entered(self, present: bool, found: properties.Properties) -> None:
        """Welcome in: CONNACK, and from now on what happens."""
        self.send(encode(Connack(present, reasons.SUCCESS, found), self.version))
        self._stage = IN
        if self.keep_alive:
            self._context.deadlines.after(self.keep_alive * 3 // 2 + 1, self.check_alive)

    def _disconnected(self, packet: Disconnect) -> None:
        """The client goes, and says so: no will, unless it wants one (MQTT-3.14.4-3)."""
        if packet.reason != reasons.DISCONNECT_WITH_WILL:
            self.will = None
        expiry = packet.properties.get(properties.SESSION_EXPIRY)
        if expiry is not None:
            self._expire_after(expiry)
        self._leave()
        self._forget_session()
        self._part(None)

    def _expire_after(self, seconds: int) -> None:
        if self.keeper is None:
            if seconds:
                raise protocol_error("a session that was to end now cannot be kept")  # MQTT-3.14.2-2
            return
        self.keeper.seconds = self._context.shared.options.session_s if seconds == NEVER else seconds

    def wait(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this before the next packet is looked at."""
        self._early = []
        self._read()
        self._context.shared.spawn(self._wait(work))

    async def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except MqttError as error:
            self.end(error.reason, error.text, error.problem.code.value)
        except (StoreUnavailable, TimeoutError) as error:
            _log.warning("MQTT waits for the store in vain", reason=str(error))
            self.end(reasons.SERVER_UNAVAILABLE, "the store cannot answer; try again shortly")
        except (Problem, WireError) as error:
            self.end(reasons.UNSPECIFIED, str(error))
        except Exception:
            _log.exception("a packet of MQTT failed")
            self.end(reasons.UNSPECIFIED, "something went wrong on our side; it was recorded")
        early, self._early = self._early or [], None
        try:
            for raw in early:
                self._receive(*raw)
        except MqttError as error:
            self.end(error.reason, error.text)
        self._read()

    # --- the end ---

    def _expel(self, problem: Problem) -> None:
        """CONNECT did not come in time: nothing is said to who may speak no MQTT."""
        self.end(reasons.SERVER_BUSY, problem.message)

    def end(self, reason: int, text: str = "", code: str = "") -> None:
        """End the connection from our side, and say why (4.13)."""
        if self._closing or self._transport.is_closing():
            return
        self._say_why(reason, text, code)
        self._leave()
        self._forget_session()
        self._part(None)

    def _say_why(self, reason: int, text: str, code: str = "") -> None:
        stage, self._stage = self._stage, NEW
        if self.version == 0 and reason == reasons.UNSUPPORTED_VERSION:
            self.send(encode(Connack(False, reasons.return_code(reason)), packets.V3_1_1))
        elif self.version == V5 and stage != NEW:
            found: dict[int, Any] = {properties.REASON_STRING: text} if text and self.tells_why else {}
            if code and self.tells_why:
                found[properties.USER_PROPERTY] = [("code", code)]
            kind = Connack(False, reason, found) if stage == ENTERING else Disconnect(reason, found)
            self.send(encode(kind, V5))
        elif self.version and stage == ENTERING:
            self.send(encode(Connack(False, reasons.return_code(reason)), self.version))

    def _hang_up(self, bye: Bye | None) -> None:
        """From the engine's side: `bye` says why."""
        if bye is not None:
            self._say_why(self._reason_of(bye), bye.reason)
            self._leave()
        self._half_close()

    def _reason_of(self, bye: Bye) -> int:
        if bye is REPLACED:
            return reasons.TAKEN_OVER
        if bye is LOGGED_OUT:
            return reasons.NOT_AUTHORIZED
        if bye is SILENT:
            return reasons.KEEP_ALIVE_TIMEOUT
        if self._context.leaving:
            return reasons.SHUTTING_DOWN
        return reasons.SERVER_BUSY if bye.reconnect else reasons.ADMINISTRATIVE

    def _leave(self) -> None:
        """What outlasts the connection is kept, and the will is left to those who publish it; once."""
        if self._gone or self.user is None:
            return
        self._gone = True
        shared = self._context.shared
        entering.leave(self, shared)
        if self.will is not None and not self._context.leaving:
            seconds = self.keeper.seconds if self.keeper is not None else 0
            shared.wills.left(self.caller, self.client, self.will, seconds)
