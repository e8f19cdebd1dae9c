"""The door for MQTT: its listener, and what it shares with connections that come by HTTP. Called by compose.py."""

from contextlib import AsyncExitStack

from teahouse.app.settings import Settings
from teahouse.engine.engine import Engine
from teahouse.engine.stores import Stores
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.limits import Admission
from teahouse.gateways.mqtt.applied import Tree
from teahouse.gateways.mqtt.context import MqttContext, Shared
from teahouse.gateways.mqtt.listener import MqttListener
from teahouse.gateways.mqtt.retained import Retained
from teahouse.gateways.mqtt.stays import StayBook
from teahouse.gateways.mqtt.wills import Wills


async def open_mqtt(
    settings: Settings,
    engine: Engine,
    stores: Stores,
    deadlines: Deadlines,
    admission: Admission,
    stack: AsyncExitStack,
) -> tuple[MqttListener, MqttContext]:
    """Accepting; ended by `stack`. Raises CannotListen."""
    options = settings.mqtt
    stays = None
    if stores.stays is not None and options.session_s:
        stays = StayBook(stores.stays, stores.clock, options.session_s)
    tree = Tree(options.topics, options.topics_in)
    shared = Shared(engine, options, Wills(engine.call, tree), tree, Retained(tree, stores.log), stays)
    stack.push_async_callback(shared.stop)
    context = MqttContext(engine, deadlines, admission, settings.link, options.connect_s, shared=shared)
    listener = MqttListener(context, settings.node.reuse_port)
    stack.callback(listener.close)
    await listener.start()
    return listener, context
