"""TLS: STARTTLS, and from the first byte; slixmpp as a client that was not made by us."""

import asyncio
import base64
import hashlib
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from slixmpp import JID, ClientXMPP

from teahouse.app.compose import compose
from teahouse.app.settings import Settings
from teahouse.gateways.xmpp.options import XmppOptions
from teahouse.wire.xmpp.names import CHANNEL_BINDING, SASL, TLS
from tests.gateways.xmpp.client import HEAD, LOBBY, PASSWORD, Peer, Place
from tests.support.doors import free_doors
from tests.support.http2 import certificates
from tests.support.scram import ScramClient

pytestmark = pytest.mark.service

ROOM = JID(LOBBY)


@asynccontextmanager
async def secured(folder: Path, **options: Any) -> AsyncIterator[Place]:
    _, chain = certificates(folder)
    settings = Settings(
        data=str(folder / "data"),
        **free_doors(xmpp=XmppOptions(port=0, certificate=str(chain), **options)),
    )
    async with AsyncExitStack() as stack:
        server = await compose(settings, stack)
        place = Place(server)
        yield place
        await place.close()
        await server.drain(1)


def unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def test_starttls(tmp_path: Path) -> None:
    async with secured(tmp_path) as place:
        await place.register("romeo")
        peer = await place.connect()
        features = await peer.open()
        assert features.find(f"{{{TLS}}}starttls") is not None
        # What is slipped in after it, in the clear, is nobody's word.
        peer.say(f"<starttls xmlns='{TLS}'/><auth xmlns='{SASL}' mechanism='ANONYMOUS'>=</auth>")
        await peer.until("proceed")
        await peer._writer.start_tls(unchecked(), server_hostname="localhost")
        peer.say(HEAD)
        peer._decoder.restart()
        features = await peer.until("features")
        assert features.find(f"{{{TLS}}}starttls") is None
        said = base64.b64encode(f"\0romeo\0{PASSWORD}".encode()).decode()
        peer.say(f"<auth xmlns='{SASL}' mechanism='PLAIN'>{said}</auth>")
        await peer.until("success")
        await peer.bind("desk")
        assert (await peer.ask("get", "<ping xmlns='urn:xmpp:ping'/>")).get("type") == "result"


async def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    async with secured(tmp_path, direct_tls=True) as place:
        assert place.server.urls["xmpp"].startswith("xmpps://")
        peer = Peer(*await asyncio.open_connection(*place.address, ssl=unchecked()))
        await peer.login("ANONYMOUS", b"romeo")
        await peer.bind("desk")
        peer.abort()


class Slixmpp(ClientXMPP):
    """A client as it is, with the plugins of what is tried."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}@localhost", PASSWORD)
        for plugin in (30, 45, 59, 184, 198, 199, 280, 308, 313, 333, 359, 424, 444, 461):
            self.register_plugin(f"xep_{plugin:04d}")
        self.enable_direct_tls = False
        self.use_ipv6 = False
        self.ssl_context = unchecked()
        self.ready = asyncio.Event()
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        self.add_event_handler("session_start", self._start)
        self.add_event_handler("message", self.heard.put_nowait)

    async def _start(self, _event: Any) -> None:
        self.send_presence()
        await self.get_roster()
        self.ready.set()

    async def body(self, text: str) -> Any:
        async with asyncio.timeout(8):
            while (message := await self.heard.get())["body"] != text:
                pass
        return message


@pytest.mark.parametrize("algorithm", ["SHA-1", "SHA-256"])
async def test_a_login_is_bound_to_its_channel(tmp_path: Path, algorithm: str) -> None:
    """RFC 5802, 6; XEP-0440: to the certificate that the server shows."""
    async with secured(tmp_path, direct_tls=True) as place:
        await place.register("romeo")
        _, writer = await asyncio.open_connection(*place.address, ssl=unchecked())
        binding = hashlib.sha256(writer.get_extra_info("ssl_object").getpeercert(True)).digest()
        writer.transport.abort()
        for header, channel, plus, result in (
            ("p=tls-server-end-point,,", binding, "-PLUS", b""),
            ("n,,", b"", "", b""),
            ("p=tls-server-end-point,,", b"x" * 32, "-PLUS", b"not-authorized"),  # somebody in between
            ("y,,", b"", "", b"not-authorized"),  # who hid what we offered
            ("p=tls-exporter,,", binding, "-PLUS", b"not-authorized"),
            ("n,,", b"", "-PLUS", b"malformed-request"),
            ("p=tls-server-end-point,,", binding, "", b"malformed-request"),
        ):
            peer = Peer(*await asyncio.open_connection(*place.address, ssl=unchecked()))
            features = await peer.open()
            offered = [each.text for each in features.iter(f"{{{SASL}}}mechanism")]
            assert offered[:4] == ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1"]
            types = [each.get("type") for each in features.iter(f"{{{CHANNEL_BINDING}}}channel-binding")]
            assert types == ["tls-server-end-point"]
            client = ScramClient("romeo", PASSWORD, algorithm, header, channel)
            last = await peer.prove(f"SCRAM-{algorithm}{plus}", client)
            assert client.believes(last) if not result else last == result
            peer.abort()


@pytest.mark.parametrize(
    ("newest", "used"),
    [(ssl.TLSVersion.TLSv1_2, "SCRAM-SHA-256-PLUS"), (ssl.TLSVersion.TLSv1_3, "SCRAM-SHA-256")],
)
async def test_slixmpp_proves_its_password(tmp_path: Path, newest: ssl.TLSVersion, used: str) -> None:
    """With TLS 1.2 it binds the login by tls-unique; with 1.3 it knows no way."""
    async with secured(tmp_path) as place:
        await place.register("romeo")
        romeo = Slixmpp("romeo")
        romeo.ssl_context.maximum_version = newest
        romeo.connect(*place.address)
        await asyncio.wait_for(romeo.ready.wait(), 10)
        mechanisms: Any = romeo.plugin["feature_mechanisms"]
        assert mechanisms.mech.name == used
        await romeo.disconnect()


async def test_slixmpp_talks(tmp_path: Path) -> None:
    async with secured(tmp_path) as place:
        for name in ("romeo", "juliet"):
            await place.register(name)
        romeo, juliet = Slixmpp("romeo"), Slixmpp("juliet")
        for client in (romeo, juliet):
            client.connect(*place.address)
            await asyncio.wait_for(client.ready.wait(), 10)
        romeo.send_message(JID("juliet@localhost"), "by yonder moon", mtype="chat")
        heard = await juliet.body("by yonder moon")
        receipt = asyncio.Event()
        romeo.add_event_handler("receipt_received", lambda _: receipt.set())
        juliet.plugin["xep_0184"].ack(heard)
        await asyncio.wait_for(receipt.wait(), 8)
        for client in (romeo, juliet):
            await client.plugin["xep_0045"].join_muc_wait(ROOM, client.boundjid.user, timeout=8)
        assert set(romeo.plugin["xep_0045"].get_roster(ROOM)) >= {"romeo"}
        romeo.send_message(ROOM, "hear me", mtype="groupchat")
        heard = await juliet.body("hear me")
        assert (heard["stanza_id"]["id"], heard["stanza_id"]["by"]) == ("1", LOBBY)
        juliet.plugin["xep_0444"].send_reactions(ROOM, heard["stanza_id"]["id"], ["👍"])
        archive = await juliet.plugin["xep_0313"].retrieve(jid=ROOM)
        found = [
            message["mam_result"]["forwarded"]["stanza"]["body"] for message in archive["mam"]["results"]
        ]
        assert "hear me" in found
        assert await romeo.plugin["xep_0199"].ping(JID("localhost")) < 8
        info = await romeo.plugin["xep_0030"].get_info(JID("localhost"))
        assert "urn:xmpp:carbons:2" in info["disco_info"]["features"]
        for client in (romeo, juliet):
            await client.disconnect()
