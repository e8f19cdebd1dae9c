"""Outside: what calls the web, put together. A part of compose.py, which calls it."""

from contextlib import AsyncExitStack

from teahouse.app.settings import Settings
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.engine.pictures import Pictures
from teahouse.engine.previews import Previews
from teahouse.ports.clock import Clock


def open_previews(settings: Settings, clock: Clock, stack: AsyncExitStack) -> tuple[Previews, Pictures]:
    """Previews of links and their pictures, on the one thing that calls addresses others chose."""
    fetcher = Fetcher(settings.outside)
    stack.push_async_callback(fetcher.close)
    previews = Previews(fetcher, clock, settings.previews)
    pictures = Pictures(fetcher, clock, settings.previews)
    for source in (previews, pictures):
        stack.push_async_callback(source.stop)
    return previews, pictures
