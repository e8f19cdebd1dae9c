"""A client of XMPP on a bare socket or WebSocket, which says what it is told to, and can break the rules."""

import asyncio
import base64
from itertools import count
from typing import Any, Self
from xml.etree.ElementTree import Element

import httpx2 as httpx
from websockets.asyncio.client import ClientConnection, connect

from teahouse.app.compose import House
from teahouse.wire.xmpp.names import BIND, CLIENT, MUC, SASL, SM, STREAMS
from teahouse.wire.xmpp.stream import FrameDecoder, Head, StreamDecoder
from tests.support.scram import ScramClient

WAIT_S = 8.0
PASSWORD = "a good password"
HEAD = (
    b"<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
    b"xmlns:stream='http://etherx.jabber.org/streams'>"
)
LOBBY = "lobby@conference.localhost"


class Place:
    """A server, and whoever came to it."""

    def __init__(self, server: House) -> None:
        self.server = server
        self._peers: list[Any] = []

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.server.urls["xmpp"].rpartition("/")[2].rsplit(":", 1)
        return host, int(port)

    async def register(self, name: str) -> None:
        async with httpx.AsyncClient() as http:
            url = f"{self.server.urls['http']}/api/v1/auth/register"
            made = await http.post(url, json={"user": name, "password": PASSWORD})
            assert made.status_code == 201, made.text

    async def connect(self) -> "Peer":
        peer = Peer(*await asyncio.open_connection(*self.address))
        self._peers.append(peer)
        return peer

    async def guest(self, nick: str) -> "Peer":
        peer = await self.connect()
        await peer.login("ANONYMOUS", nick.encode())
        await peer.bind("desk")
        return peer

    async def account(self, name: str, resource: str = "desk") -> "Peer":
        """Somebody with an account, which is made if need be."""
        peer = await self.connect()
        await peer.login("PLAIN", f"\0{name}\0{PASSWORD}".encode())
        await peer.bind(resource)
        return peer

    async def close(self) -> None:
        for peer in self._peers:
            peer.abort()


class Peer:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._decoder = StreamDecoder(1 << 20)
        self._heard: list[Element] = []
        self._ids = count(1)
        self.received = 0
        self.jid = ""

    def say(self, data: str | bytes) -> None:
        self._writer.write(data.encode() if isinstance(data, str) else data)

    async def hear(self) -> Element | None:
        """The next element; None at the end of the stream."""
        async with asyncio.timeout(WAIT_S):
            while not self._heard:
                data = await self._reader.read(65_536)
                if not data:
                    return None
                self._heard += [each for each in self._decoder.feed(data) if isinstance(each, Element)]
        found = self._heard.pop(0)
        if found.tag.startswith(f"{{{CLIENT}}}"):
            self.received += 1
        return found

    async def until(self, name: str, **having: str) -> Element:
        """The next element of this name with these attributes; others are passed over."""
        while True:
            found = await self.hear()
            assert found is not None, f"the stream ended before a {name}"
            if found.tag.rpartition("}")[2] == name and all(found.get(k) == v for k, v in having.items()):
                return found

    async def body(self, text: str) -> Element:
        """The next message that says this."""
        while True:
            message = await self.until("message")
            if message.findtext(f"{{{CLIENT}}}body") == text:
                return message

    async def open(self) -> Element:
        self.say(HEAD)
        self._decoder.restart()
        return await self.until("features")

    async def login(self, mechanism: str, said: bytes) -> None:
        await self.open()
        written = base64.b64encode(said).decode()
        self.say(f"<auth xmlns='{SASL}' mechanism='{mechanism}'>{written}</auth>")
        await self.until("success")

    async def prove(self, mechanism: str, client: ScramClient, initial: bool = True) -> bytes:
        """SCRAM, once the stream is open: what the server says with its success, or the condition of its failure."""
        first = _base64(client.first)
        self.say(f"<auth xmlns='{SASL}' mechanism='{mechanism}'>{first if initial else ''}</auth>")
        answers = [first] if not initial else []
        while (found := await self.hear()) is not None and found.tag == f"{{{SASL}}}challenge":
            said = answers.pop(0) if answers else _base64(client.answer(base64.b64decode(found.text or "")))
            self.say(f"<response xmlns='{SASL}'>{said}</response>")
        assert found is not None
        if found.tag == f"{{{SASL}}}failure":
            return found[0].tag.rpartition("}")[2].encode()
        return base64.b64decode(found.text or "")

    async def bind(self, resource: str) -> None:
        await self.open()
        query = f"<bind xmlns='{BIND}'><resource>{resource}</resource></bind>"
        bound = await self.ask("set", query)
        assert bound.get("type") == "result"
        self.jid = bound.findtext(f"{{{BIND}}}bind/{{{BIND}}}jid") or ""

    async def ask(self, kind: str, query: str, to: str = "") -> Element:
        """The answer to an iq."""
        id_ = f"iq{next(self._ids)}"
        self.say(f"<iq type='{kind}' id='{id_}'" + (f" to='{to}'" if to else "") + f">{query}</iq>")
        return await self.until("iq", id=id_)

    async def enter(self, room: str = LOBBY, history: int = 0) -> None:
        nick = self.jid.partition("@")[0]
        self.say(
            f"<presence to='{room}/{nick}'><x xmlns='{MUC}'><history maxstanzas='{history}'/></x></presence>"
        )
        while (await self.until("message", type="groupchat")).find(f"{{{CLIENT}}}subject") is None:
            pass

    async def manage(self) -> str:
        """Stream management; the name of the stream."""
        self.say(f"<enable xmlns='{SM}' resume='true'/>")
        enabled = await self.until("enabled")
        self.received = 0
        return enabled.get("id", "")

    async def handled(self) -> int:
        """How many of our stanzas the server has handled for good."""
        self.say(f"<r xmlns='{SM}'/>")
        return int((await self.until("a")).get("h", ""))

    async def error(self) -> str:
        """The condition of the stream error that comes next."""
        error = await self.until("error")
        assert error.tag == f"{{{STREAMS}}}error"
        return error[0].tag.rpartition("}")[2]

    def abort(self) -> None:
        self._writer.transport.abort()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class WebSocketPeer(Peer):
    """RFC 7395."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._frames = FrameDecoder(1 << 20)
        self._ids = count(1)
        self.received = 0
        self.jid = ""
        self._waiting: list[str] = []

    @classmethod
    async def reach(cls, place: Place) -> Self:
        url = place.server.urls["http"].replace("http", "ws", 1) + "/xmpp"
        socket = await connect(url, subprotocols=["xmpp"], compression=None)  # type: ignore[list-item]
        assert socket.subprotocol == "xmpp"
        return cls(socket)

    def say(self, data: str | bytes) -> None:
        said = data.decode() if isinstance(data, bytes) else data
        self._waiting.append(said.replace("<iq ", f"<iq xmlns='{CLIENT}' ", 1))

    async def hear(self) -> Element | None:
        while self._waiting:
            await self._socket.send(self._waiting.pop(0))
        async with asyncio.timeout(WAIT_S):
            found = self._frames.decode((await self._socket.recv()).encode())  # type: ignore[union-attr]
        if isinstance(found, Head):
            return await self.hear()
        return found if isinstance(found, Element) else None

    async def open(self) -> Element:
        self.say("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>")
        return await self.until("features")

    def abort(self) -> None:
        self._socket.transport.abort()
