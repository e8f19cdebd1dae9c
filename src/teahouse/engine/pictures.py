"""Pictures of pages that people link to, so that whoever is shown a link calls nobody but us.

Rule: only what is a picture by its first bytes, of a few kinds that no browser runs, and not too large; that there is
none is all that is told otherwise (previews.py). Called by REST.
"""

import hashlib
from urllib.parse import urldefrag

import structlog
from msgspec import Struct

from teahouse.engine.buckets import Buckets
from teahouse.engine.options import PreviewOptions
from teahouse.engine.remembered import Remembered
from teahouse.model.errors import Code, Problem
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Outside, Unreachable

_log = structlog.get_logger("teahouse.engine")

KINDS = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp")


MOST_WAITING = 48
"""Pictures that may be on their way: each may be as large as one is allowed to be, and is in memory meanwhile."""


class Picture(Struct, frozen=True):
    """`etag` follows from the bytes."""

    media: str
    data: bytes
    etag: str


class Pictures:
    def __init__(self, outside: Outside, clock: Clock, options: PreviewOptions) -> None:
        self._outside = outside
        self._clock = clock
        self._options = options
        self._rates = Buckets(options.picture_rate)
        waiting = min(options.waiting, MOST_WAITING)
        self._kept: Remembered[Picture] = Remembered(self._fetch, clock, options.cached_s, waiting)
        self._kept.most, self._kept.most_bytes = options.cached, options.cached_image_bytes
        self._kept.size = lambda picture: len(picture.data)
        self.stop = self._kept.stop

    async def picture(self, user: str, url: str) -> Picture:
        """The picture at an address, for one user; `not_found` if there is none."""
        if not self._options.enabled:
            raise Problem(Code.FORBIDDEN, "this server gives no previews of links")
        self._rates.take(user, self._clock.monotonic())
        found = await self._kept.at(urldefrag(url).url if "#" in url else url)
        if found is None:
            raise Problem(Code.NOT_FOUND, "there is no picture at this address")
        return found

    async def _fetch(self, url: str) -> Picture | None:
        options = self._options
        asked = Asked(
            url,
            headers=(("Accept", ",".join(KINDS)),),
            most_bytes=options.image_bytes,
            seconds=options.timeout_s,
            redirects=options.redirects,
        )
        try:
            return _read(await self._outside.fetch(asked))
        except NotAllowed as reason:
            _log.info("a picture was refused", url=url[:200], reason=str(reason))
        except Unreachable as reason:
            _log.debug("an address gave no picture", url=url[:200], reason=str(reason))
        return None


def _read(fetched: Fetched) -> Picture | None:
    if fetched.status != 200 or fetched.cut:
        return None
    if fetched.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    media = kind_of(fetched.body)
    if media is None:
        return None
    return Picture(media, fetched.body, hashlib.sha256(fetched.body).hexdigest())


def kind_of(data: bytes) -> str | None:
    """By its first bytes, whatever its server called it (as browsers do: MIME Sniffing, 6.1)."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:14] == b"WEBPVP":
        return "image/webp"
    return "image/avif" if data[4:12] in (b"ftypavif", b"ftypavis") else None
