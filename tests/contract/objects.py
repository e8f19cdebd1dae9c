"""A real object store for the contract suite: moto's server, in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from teahouse.backends.files.options import BlobOptions

BUCKET = "tea"


@contextmanager
def object_store() -> Iterator[str]:
    """The URL of a store with one bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _make_bucket(url)
            yield url
        finally:
            process.kill()


def _make_bucket(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            httpx2.put(f"{url}/{BUCKET}").raise_for_status()
            return
        except httpx2.ConnectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def options(url: str, prefix: str) -> BlobOptions:
    return BlobOptions(
        kind="s3",
        bucket=BUCKET,
        prefix=prefix,
        endpoint=url,
        access_key="key",
        secret_key="secret",
        timeout_s=5,
    )
