"""Outside: what calls the web, put together. A part of compose.py, which calls it."""

from contextlib import AsyncExitStack

from teahouse.app.calls import Calls
from teahouse.app.settings import Settings
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.engine.pictures import Pictures
from teahouse.engine.previews import Previews
from teahouse.engine.stores import OutgoingStores, ReviewStores
from teahouse.ports.clock import Clock
from teahouse.ports.outlets import Outlets
from teahouse.wire.json import JsonWire


def open_outgoing(settings: Settings, outlets: Outlets, calls: Calls) -> OutgoingStores | None:
    """What calls the addresses of outgoing webhooks; None where there are none."""
    options = settings.outgoing
    if not options.enabled:
        return None
    wire = JsonWire(lambda event: event)
    return OutgoingStores(
        outlets, calls.outside("outgoing"), lambda entry: wire.entry(entry, own=False), options
    )


def open_review(settings: Settings, stack: AsyncExitStack) -> ReviewStores | None:
    """What asks the service that reviews what is said; None where nobody does. Its address is whoever's who runs the
    server, and may be private. Whoever speaks waits for it, so no worker is between."""
    options = settings.review
    if not options.url:
        return None
    fetcher = Fetcher(OutsideOptions(allow_private=True, ports=(), requests=options.requests))
    stack.push_async_callback(fetcher.close)
    return ReviewStores(fetcher, options)


def open_previews(
    settings: Settings, clock: Clock, calls: Calls, stack: AsyncExitStack
) -> tuple[Previews, Pictures]:
    """Previews of links and their pictures, on the one thing that calls addresses others chose."""
    outside = calls.outside("previews")
    previews = Previews(outside, clock, settings.previews)
    pictures = Pictures(outside, clock, settings.previews)
    for source in (previews, pictures):
        stack.push_async_callback(source.stop)
    return previews, pictures
