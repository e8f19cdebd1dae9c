"""The door for XMPP: its listener, and what its streams share with those that come by HTTP. Called by doors.py."""

from contextlib import AsyncExitStack

from teahouse.app.settings import Settings
from teahouse.gateways.json_link import LinkContext
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.sleepers import Sleepers
from teahouse.gateways.xmpp.tcp import XmppListener
from teahouse.identity.porter import Porter
from teahouse.wire.xmpp.wire import XmppWire


async def open_xmpp(
    settings: Settings, links: LinkContext, porter: Porter, stack: AsyncExitStack
) -> tuple[XmppListener, XmppContext]:
    """Accepting; closed by `stack`. Raises CannotListen."""
    engine, options = links.engine, settings.xmpp
    sleepers = Sleepers(options.sleepers, lambda: engine.second)
    context = XmppContext(links, options, XmppWire(options.rooms), sleepers, porter, settings.engine.guests)
    listener = XmppListener(context, settings.node.reuse_port)
    stack.callback(listener.close)
    await listener.start()
    return listener, context
