"""Previews of pages that people link to, for a client that shows a link.

Rule: whoever asks learns what the page says of itself, or that there is no preview, and never why: else the answer
would tell what there is in our network. A page is fetched once for all who ask, and kept for a while, also that there
is none. Called by REST.
"""

import asyncio
from collections import OrderedDict
from urllib.parse import urldefrag

import structlog

from teahouse.engine import page
from teahouse.engine.options import PreviewOptions
from teahouse.engine.quota import Buckets
from teahouse.model.errors import Code, Problem
from teahouse.model.results import PagePreview
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Outside, Unreachable

_log = structlog.get_logger("teahouse.engine")

_HTML = ("text/html", "application/xhtml+xml")
_NONE_S = 300.0
"""That there is no preview is believed so long."""


class Previews:
    def __init__(self, outside: Outside, clock: Clock, options: PreviewOptions) -> None:
        self._outside = outside
        self._clock = clock
        self._options = options
        self._rates = Buckets(options.rate)
        self._kept: OrderedDict[str, tuple[float, PagePreview | None]] = OrderedDict()
        self._fetching: dict[str, asyncio.Task[PagePreview | None]] = {}

    async def preview(self, user: str, url: str) -> PagePreview:
        """The preview for one user; `not_found` if there is none."""
        if not self._options.enabled:
            raise Problem(Code.FORBIDDEN, "this server gives no previews of links")
        now = self._clock.monotonic()
        self._rates.take(user, now)
        url = urldefrag(url).url if "#" in url else url
        until, found = self._kept.get(url, (0.0, None))
        if until <= now:
            found = await self._fetched_once(url)
        if found is None:
            raise Problem(Code.NOT_FOUND, "there is no preview of this page")
        return found

    async def stop(self) -> None:
        tasks = tuple(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetched_once(self, url: str) -> PagePreview | None:
        """However many ask; it goes on if they give up."""
        task = self._fetching.get(url)
        if task is None:
            if len(self._fetching) >= self._options.waiting:
                raise Problem(Code.UNAVAILABLE, "too many previews are on their way; try again shortly", 1000)
            task = self._fetching[url] = asyncio.get_running_loop().create_task(self._fetch(url))
            task.add_done_callback(lambda _: self._fetching.pop(url, None))
        return await asyncio.shield(task)

    async def _fetch(self, url: str) -> PagePreview | None:
        options = self._options
        found = None
        asked = Asked(
            url,
            headers=(("Accept", "text/html,application/xhtml+xml"),),
            most_bytes=options.bytes,
            seconds=options.timeout_s,
            redirects=options.redirects,
        )
        try:
            found = _read(url, await self._outside.fetch(asked))
        except NotAllowed as reason:
            _log.info("a preview was refused", url=url[:200], reason=str(reason))
        except Unreachable as reason:
            _log.debug("a page gave no preview", url=url[:200], reason=str(reason))
        kept_s = options.cached_s if found is not None else min(_NONE_S, options.cached_s)
        self._kept[url] = (self._clock.monotonic() + kept_s, found)
        self._kept.move_to_end(url)
        while len(self._kept) > options.cached:
            self._kept.popitem(last=False)
        return found


def _read(url: str, fetched: Fetched) -> PagePreview | None:
    """Only of HTML that is there and not packed."""
    media, _, parameters = fetched.headers.get("content-type", "").partition(";")
    if fetched.status != 200 or media.strip().lower() not in _HTML:
        return None
    if fetched.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    _, _, charset = parameters.lower().partition("charset=")
    found = page.read(fetched.body, charset.partition(";")[0], fetched.url)
    if not found.title:
        return None
    return PagePreview(url, found.title, found.description, found.image, found.site)
