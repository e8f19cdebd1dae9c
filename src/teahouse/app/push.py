"""Push: the services that wake up devices, put together as the settings say. A part of stores.py."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

from teahouse.app.settings import Settings
from teahouse.backends.calls.far import Away, FarPusher
from teahouse.backends.push import apns, fcm, vapid
from teahouse.backends.push.calling import Calling
from teahouse.backends.push.judged import JudgedNetwork
from teahouse.backends.push.webpush import WebPush
from teahouse.engine.stores import PushStores
from teahouse.model.push import PushKind
from teahouse.ports.clock import Clock
from teahouse.ports.push import NotificationBook, PushDevices, Pusher
from teahouse.ports.vault import Vault

NOBODY = "mailto:nobody@localhost.invalid"


@dataclass(frozen=True)
class PushBooks:
    """What of a store push stands on. `vault` has the key that browsers subscribe with."""

    devices: PushDevices
    notifications: NotificationBook
    vault: Vault


async def open_push(
    settings: Settings, books: PushBooks, clock: Clock, stack: AsyncExitStack, away: Away | None = None
) -> PushStores | None:
    """None where push is off; CannotPush if a key or an account is of no use. `away`: who makes the calls, where
    the server does not."""
    if not settings.push.enabled:
        return None
    pushers, public = await open_pushers(settings, books.vault, clock, stack)
    if away is not None:
        pushers = {kind: FarPusher(pusher, away, clock) for kind, pusher in pushers.items()}
    return PushStores(books.devices, books.notifications, pushers, public)


async def open_pushers(
    settings: Settings, vault: Vault, clock: Clock, stack: AsyncExitStack
) -> tuple[dict[PushKind, Pusher], str]:
    """The services that are set up, and the public key of browsers."""
    options = settings.push

    def calling(name: PushKind, only_http2: bool = False) -> Calling:
        """Addresses that browsers registered are judged, and looked up apart; those of the settings are trusted."""
        network = JudgedNetwork(name is not PushKind.WEBPUSH or options.allow_private)
        stack.callback(network.close)
        made = Calling(name, options, clock, network, only_http2)
        stack.push_async_callback(made.close)
        return made

    who = vapid.Vapid(await vapid.load(vault, options.vapid_key), contact(settings), clock)
    pushers: dict[PushKind, Pusher] = {
        PushKind.WEBPUSH: WebPush(calling(PushKind.WEBPUSH), who, options),
    }
    if options.fcm_credentials:
        account = fcm.load(options.fcm_credentials)
        pushers[PushKind.FCM] = fcm.Fcm(calling(PushKind.FCM), account, options, clock)
    if options.apns_key:
        pushers[PushKind.APNS] = apns.Apns(calling(PushKind.APNS, only_http2=True), options, clock)
    return pushers, who.public


def contact(settings: Settings) -> str:
    """Whom a push service may write to (RFC 8292, 2.1)."""
    public = settings.http.public_url
    return settings.push.contact or (public if public.startswith("https://") else NOBODY)
