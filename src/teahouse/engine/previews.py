"""Previews of pages that people link to, for a client that shows a link.

Rule: whoever asks learns what the page says of itself, or that there is no preview, and never why: else the answer
would tell what there is in our network. A page is fetched once for all who ask, and kept for a while, also that there
is none. Called by REST.
"""

from urllib.parse import urldefrag

import structlog

from teahouse.engine import page
from teahouse.engine.buckets import Buckets
from teahouse.engine.options import PreviewOptions
from teahouse.engine.remembered import Remembered
from teahouse.model.errors import Code, Problem
from teahouse.model.results import PagePreview
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Outside, Unreachable

_log = structlog.get_logger("teahouse.engine")

_HTML = ("text/html", "application/xhtml+xml")


class Previews:
    def __init__(self, outside: Outside, clock: Clock, options: PreviewOptions) -> None:
        self._outside = outside
        self._clock = clock
        self._options = options
        self._rates = Buckets(options.rate)
        self._kept: Remembered[PagePreview] = Remembered(
            self._fetch, clock, options.cached_s, options.waiting
        )
        self._kept.most = options.cached
        self.stop = self._kept.stop

    async def preview(self, user: str, url: str) -> PagePreview:
        """The preview for one user; `not_found` if there is none."""
        if not self._options.enabled:
            raise Problem(Code.FORBIDDEN, "this server gives no previews of links")
        self._rates.take(user, self._clock.monotonic())
        found = await self._kept.at(urldefrag(url).url if "#" in url else url)
        if found is None:
            raise Problem(Code.NOT_FOUND, "there is no preview of this page")
        return found

    async def _fetch(self, url: str) -> PagePreview | None:
        options = self._options
        asked = Asked(
            url,
            headers=(("Accept", "text/html,application/xhtml+xml"),),
            most_bytes=options.bytes,
            seconds=options.timeout_s,
            redirects=options.redirects,
        )
        try:
            return _read(url, await self._outside.fetch(asked))
        except NotAllowed as reason:
            _log.info("a preview was refused", url=url[:200], reason=str(reason))
        except Unreachable as reason:
            _log.debug("a page gave no preview", url=url[:200], reason=str(reason))
        return None


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
