"""Doubles and peers: an engine that echoes, listeners around it, clients on bare sockets."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Self

from starlette.types import ASGIApp
from uvicorn._types import ASGIApplication

from teahouse.engine.session import Session
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.http import HttpListener
from teahouse.gateways.json_link import JsonLink
from teahouse.gateways.limits import Admission
from teahouse.gateways.options import AdmissionOptions, HttpOptions, LinkOptions, TcpOptions
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.tcp import TcpListener
from teahouse.model.commands import AnyCommand, Hello, Ping, Send
from teahouse.model.errors import Problem
from teahouse.model.events import Bye, Notice
from teahouse.model.people import User
from teahouse.model.results import Pong, Welcome
from teahouse.ports.link import Link
from tests.wire.frames import CLOSE, TEXT, ServerFrames, frame

Json = dict[str, Any]
WAIT_S = 8.0

SECOND = 0.2
"""How long a second takes for deadlines in these tests."""


class FakeEngine:
    """Says hello to everybody, answers pings, and sends a text back as a notice. Writes down what it is told."""

    def __init__(self) -> None:
        self.second = 1
        self.sessions: list[Session] = []
        self.commands: list[AnyCommand] = []
        self.told: list[str] = []
        self.refusal: Problem | None = None
        self.echoes = 1

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    @property
    def link(self) -> JsonLink:
        link = self.session.link
        assert isinstance(link, JsonLink)
        return link

    def open(self, link: Link, peer: str) -> Session:
        if self.refusal is not None:
            raise self.refusal
        self.told.append("open")
        session = Session(link, peer, self.second)
        self.sessions.append(session)
        return session

    def submit(self, session: Session, command: AnyCommand) -> None:
        assert not session.closed, "a command after the end"
        self.commands.append(command)
        if isinstance(command, Hello):
            session.user = User("u1", command.nick or "?")
            session.answer(command.id, Welcome(session.user, session.id, 30, "test", "lobby"))
        elif isinstance(command, Ping):
            session.answer(command.id, Pong(0))
        elif isinstance(command, Send):
            for _ in range(self.echoes):
                session.write(session.wire.event(Notice("echo", command.text or "")))

    def stalled(self, session: Session) -> None:
        self.told.append("stalled")
        session.stalled = True

    def drained(self, session: Session) -> None:
        self.told.append("drained")
        session.stalled = False

    def ended(self, session: Session) -> None:
        self.told.append("ended")
        session.closed = True
        session.link.close(None)

    def closed(self, session: Session) -> None:
        self.told.append("closed")
        session.closed = True

    def dismiss(self, bye: Bye | None) -> None:
        """End the newest session, as the real engine does: it writes nothing from here on."""
        self.session.closed = True
        self.link.close(bye)


class Site:
    """Listeners on free ports of this machine, around one engine."""

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.deadlines = Deadlines(SECOND)
        self.admission = Admission(AdmissionOptions())
        self.links = LinkOptions()
        self._tcp: TcpListener | None = None
        self._http: HttpListener | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._tcp is not None:
            self._tcp.close()
        if self._http is not None:
            await self._http.stop(1)
        for session in self.engine.sessions:
            if isinstance(session.link, JsonLink):
                session.link._transport.abort()
        await asyncio.sleep(0)
        self.deadlines.stop()

    def context(self, hello_s: int) -> LinkContext:
        return LinkContext(self.engine, self.deadlines, self.admission, self.links, hello_s)

    def limit(self, **options: int) -> None:
        self.admission = Admission(AdmissionOptions(**options))

    async def tcp(self, **options: Any) -> TcpListener:
        chosen = TcpOptions(port=0, **options)
        self._tcp = TcpListener(self.context(chosen.hello_s), chosen)
        await self._tcp.start()
        return self._tcp

    async def http(self, app: ASGIApp | None = None, **options: Any) -> HttpListener:
        uploads = options.pop("uploads", None)
        chosen = HttpOptions(port=0, **options)
        app = app or create_application(RestContext(self.ready))
        self._http = HttpListener(as_uvicorn(app), self.context(chosen.hello_s), chosen, uploads)
        await self._http.start()
        return self._http

    def ready(self) -> Mapping[str, str]:
        return {"engine": "ok"}


def as_uvicorn(app: Any) -> ASGIApplication:
    """Starlette and uvicorn spell the same type differently."""
    application: ASGIApplication = app
    return application


def address(listener: TcpListener | HttpListener) -> tuple[str, int]:
    host, port = listener.url.rpartition("/")[2].rsplit(":", 1)
    return host, int(port)


class Peer:
    """A client on a bare socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls, listener: TcpListener | HttpListener) -> Self:
        return cls(*await asyncio.open_connection(*address(listener)))

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def rest(self) -> bytes:
        """All that comes until the server ends the connection."""
        async with asyncio.timeout(WAIT_S):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""

    async def is_cut(self) -> bool:
        """Whether the server ends the connection, without a further word."""
        return await self.rest() == b""

    def close(self) -> None:
        self.writer.close()

    def abort(self) -> None:
        self.writer.transport.abort()


class LinePeer(Peer):
    def say(self, op: str, **fields: Any) -> None:
        self.send(json.dumps({"op": op, **fields}).encode() + b"\n")

    async def hear(self) -> Json:
        async with asyncio.timeout(WAIT_S):
            line = await self.reader.readline()
        assert line, "the connection ended"
        heard: Json = json.loads(line)
        return heard

    async def hello(self) -> Json:
        self.say("hello", id=0, nick="alice")
        return await self.hear()


class WebSocketPeer(Peer):
    """Speaks RFC 6455 by hand, so that it can break the rules."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self._frames = ServerFrames()
        self._heard: list[tuple[bool, int, bytes]] = []

    @classmethod
    async def open(cls, listener: HttpListener, early: bytes = b"", **headers: str) -> Self:
        peer = await cls.connect(listener)
        peer.send(upgrade_request(**headers) + early)
        async with asyncio.timeout(WAIT_S):
            response = await peer.reader.readuntil(b"\r\n\r\n")
        assert response.startswith(b"HTTP/1.1 101 "), response
        return peer

    def say(self, op: str, **fields: Any) -> None:
        self.send(frame(TEXT, json.dumps({"op": op, **fields}).encode()))

    async def next_frame(self) -> tuple[bool, int, bytes]:
        async with asyncio.timeout(WAIT_S):
            while not self._heard:
                data = await self.reader.read(65_536)
                assert data, "the connection ended"
                self._heard = self._frames.take(data)
        return self._heard.pop(0)

    async def hear(self) -> Json:
        fin, opcode, payload = await self.next_frame()
        assert fin
        assert opcode == TEXT
        heard: Json = json.loads(payload)
        return heard

    async def close_code(self) -> int:
        """The code of the close frame that comes next."""
        _, opcode, payload = await self.next_frame()
        assert opcode == CLOSE
        return int.from_bytes(payload[:2], "big")

    async def hello(self) -> Json:
        self.say("hello", id=0, nick="alice")
        return await self.hear()


def upgrade_request(path: str = "/ws", **headers: str) -> bytes:
    fields = {
        "Host": "localhost",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": b64encode(b"0123456789abcdef").decode(),
        "Sec-WebSocket-Version": "13",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def until(condition: Any) -> None:
    """Wait until `condition()` holds."""
    async with asyncio.timeout(WAIT_S):
        while not condition():  # noqa: ASYNC110 - what is waited for is not ours to notify
            await asyncio.sleep(0.005)
