"""The door for XMPP: its listener, what its streams share with those that come by HTTP, and the slots that its clients
put files in. Called by doors.py."""

from contextlib import AsyncExitStack

from teahouse.app.settings import Settings
from teahouse.app.site import Inside
from teahouse.app.vault import SLOTS, kept
from teahouse.engine.engine import Engine
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.slots import Slots
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.portraits import Portraits
from teahouse.gateways.xmpp.sleepers import Sleepers
from teahouse.gateways.xmpp.tcp import XmppListener
from teahouse.ports.vault import Vault
from teahouse.wire.xmpp.wire import XmppWire


async def open_slots(settings: Settings, engine: Engine, vault: Vault) -> Slots | None:
    """None where XMPP or HTTP is not enabled, or no files are kept."""
    if engine.keeper is None or not (settings.xmpp.enabled and settings.http.enabled):
        return None
    return Slots(engine.keeper, await kept(vault, SLOTS))


async def open_xmpp(
    inside: Inside, links: LinkContext, slots: Slots | None, stack: AsyncExitStack
) -> tuple[XmppListener, XmppContext]:
    """Accepting; closed by `stack`. Raises CannotListen."""
    settings, engine, identity = inside.settings, inside.engine, inside.identity
    options, keeper = settings.xmpp, engine.keeper
    context = XmppContext(
        links,
        options,
        XmppWire(options.rooms, None if slots is None else slots.address),
        Sleepers(options.sleepers, lambda: engine.second),
        identity.porter,
        settings.engine.guests,
        slots=slots,
        portraits=None if keeper is None else Portraits(inside.stores.users, identity.accounts, keeper),
    )
    listener = XmppListener(context, settings.node.reuse_port)
    stack.callback(listener.close)
    await listener.start()
    return listener, context
