"""Beside: the workers of a pool give one another their metrics, so that whoever asks one of them is told of all.

A port that workers share is answered by any of them; a Prometheus that was told of another one each time would take
every counter for one that fell. Each worker listens on a socket in a folder of the pool's own, and writes its page to
whoever connects.

Rule: a worker that does not answer at once is left out, and has said so by that. Made by observing.py; the folder is
pool.py's.
"""

import asyncio
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog

from teahouse.gateways.rest.metrics import Scrape
from teahouse.ops.metrics.together import together

ANSWER_S = 1.0
MOST = 4 * 2**20
"""A page larger than that is none of ours."""

_log = structlog.get_logger("teahouse.app")


class Beside:
    """`own` is the page of this worker, whose name in the pool is `name`."""

    def __init__(self, own: Scrape, folder: Path, name: str) -> None:
        self._own = own
        self._folder = folder
        self._name = name

    async def start(self, stack: AsyncExitStack) -> None:
        """Listen until `stack` ends. Whoever had this name before is on the way out, and is asked no more."""
        place, new = self._folder / f"{self._name}.sock", self._folder / f".{self._name}"
        new.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._tell, new)
        stack.callback(server.close)
        new.rename(place)

    async def pages(self) -> bytes:
        """Of all workers that answer, in the order of their names; this one from memory."""
        others = [place for place in self._folder.glob("*.sock") if place.stem != self._name]
        told = await asyncio.gather(self._own(), *map(_asked, others))
        by_name = dict(zip([self._name, *(place.stem for place in others)], told, strict=True))
        return together((name, page) for name, page in sorted(by_name.items()) if page)

    async def _tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(ANSWER_S):
                writer.write(await self._own())
                await writer.drain()
        except (OSError, TimeoutError) as error:
            _log.warning("another worker did not take the metrics", reason=str(error) or type(error).__name__)
        finally:
            writer.close()


async def _asked(place: Path) -> bytes:
    """The page of another worker; nothing, if there is none or it is busy."""
    writer: asyncio.StreamWriter | None = None
    with suppress(OSError, TimeoutError):
        try:
            async with asyncio.timeout(ANSWER_S):
                reader, writer = await asyncio.open_unix_connection(place)
                page = b""
                while len(page) < MOST and (more := await reader.read(65_536)):
                    page += more
                return page
        finally:
            if writer is not None:
                writer.close()
    return b""
