"""Blobs (ports/blobs.py) as objects in a store that speaks S3: Amazon's, MinIO, Ceph, Garage ...

Rule: whatever the store answers is one of three things here: it worked, there is no such object, or StoreUnavailable.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teahouse.backends.files.options import BlobOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.model.files import check_blob

if TYPE_CHECKING:
    from obstore.store import S3Store

PIECE = 1024 * 1024


class ObjectBlobs:
    def __init__(self, options: BlobOptions) -> None:
        import obstore  # heavy, and most servers keep files on their disk

        self._obstore = obstore
        self._store = _connect(options)
        self._prefix = options.prefix

    async def put(self, blob: str, source: Path) -> None:
        key = self._key(blob)
        with _translated():
            await self._obstore.put_async(self._store, key, source)

    async def size(self, blob: str) -> int | None:
        key = self._key(blob)
        try:
            with _translated():
                meta = await self._obstore.head_async(self._store, key)
        except FileNotFoundError:
            return None
        return int(meta["size"])

    async def read(self, blob: str, start: int, end: int) -> AsyncIterator[bytes]:
        """A request a piece: one for all would be cut off when a client is slow."""
        key = self._key(blob)
        size = await self.size(blob)
        if size is None:
            raise FileNotFoundError(blob)
        end = min(end, size)
        while start < end:
            with _translated():
                piece = await self._obstore.get_range_async(
                    self._store, key, start=start, end=min(start + PIECE, end)
                )
            yield bytes(piece)
            start += len(piece)

    async def delete(self, blob: str) -> None:
        key = self._key(blob)
        try:
            with _translated():
                await self._obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    async def names(self) -> AsyncIterator[tuple[str, int]]:
        pages = self._obstore.list(self._store, self._prefix or None)
        while True:
            with _translated():
                page: Any = await anext(pages, None)
            if page is None:
                return
            for meta in page:
                yield meta["path"].rpartition("/")[2], int(meta["last_modified"].timestamp() * 1000)

    def _key(self, blob: str) -> str:
        return f"{self._prefix}{check_blob(blob)[-2:]}/{blob}"


def _connect(options: BlobOptions) -> "S3Store":
    from obstore.store import S3Store

    given = {
        "endpoint": options.endpoint,
        "access_key_id": options.access_key,
        "secret_access_key": options.secret_key,
    }
    patience = timedelta(seconds=options.timeout_s)
    return S3Store(
        options.bucket,
        region=options.region,
        virtual_hosted_style_request=False,
        client_options={"allow_http": options.endpoint.startswith("http://"), "timeout": patience},
        retry_config={"max_retries": 2, "retry_timeout": patience},
        **{name: value for name, value in given.items() if value},  # type: ignore[arg-type]
    )


@contextmanager
def _translated() -> Iterator[None]:
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        raise StoreUnavailable(f"the object store cannot be used now: {str(error)[:200]}") from error
