"""The listener for MQTT over TCP, or TLS where a certificate is set. Made by app/mqtt_door.py."""

import asyncio
from collections.abc import Callable
from functools import partial

from teahouse.gateways.mqtt.context import MqttContext
from teahouse.gateways.mqtt.link import MqttLink
from teahouse.gateways.socket_listener import SocketListener


class MqttListener(SocketListener):
    name = "mqtt"

    def __init__(self, context: MqttContext, shared: bool = False) -> None:
        super().__init__(context, context.shared.options, shared)
        self._context = context

    def _scheme(self) -> str:
        return "mqtts" if self._place.certificate else "mqtt"

    def _protocol(self) -> Callable[[], asyncio.Protocol]:
        return partial(MqttLink, self._context)
