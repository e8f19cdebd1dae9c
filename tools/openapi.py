"""Writes docs/reference/openapi.json, the OpenAPI document of a server with every room: `python -m tools.openapi`.

Rule: what is written is what `GET /openapi.json` answers, asked of a server that is composed here, in memory, on a
loopback port. tests/docs/test_reference.py compares it with the file; sdk/js makes its types from it.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.request import urlopen

import msgspec

from teahouse.app.compose import compose
from teahouse.app.settings import Settings, StoreOptions
from teahouse.gateways.options import GrpcOptions, HttpOptions, MqttOptions, TcpOptions
from teahouse.gateways.xmpp.options import XmppOptions
from teahouse.ops import logs

FILE = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"


def document() -> str:
    """The document, one line a member, so that a change shows in a diff. Its version is that of the interface, `v1`:
    a release changes nothing here."""
    described = msgspec.json.decode(asyncio.run(_served()))
    described["info"]["version"] = "1"
    return msgspec.json.format(msgspec.json.encode(described), indent=2).decode() + "\n"


async def _served() -> bytes:
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(
            data=data,
            store=StoreOptions(kind="memory"),
            http=HttpOptions(port=0),
            tcp=TcpOptions(enabled=False),
            mqtt=MqttOptions(enabled=False),
            xmpp=XmppOptions(port=0),
            grpc=GrpcOptions(enabled=False),
        )
        async with AsyncExitStack() as stack:
            house = await compose(settings, stack)
            return await asyncio.to_thread(_get, f"{house.urls['http']}/openapi.json")


def _get(url: str) -> bytes:
    with urlopen(url) as answer:  # noqa: S310 - our own
        body: bytes = answer.read()
    return body


if __name__ == "__main__":
    # Not where a test asks for the document: what it configures would hold for all tests after it.
    logs.configure(logs.LogOptions(level="error"))
    FILE.write_text(document(), encoding="utf-8")
    print(f"wrote {FILE}")
