"""A small HTTP/2 server over TLS, with a certificate of its own making, that misbehaves when it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import h2.config
import h2.connection
import h2.errors
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes = b""
    method: str = "POST"


@dataclass
class Said:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Answer = Callable[[Asked], Awaitable["Said | str"]]
"""An answer, or a fault: `hang`, `reset` (of the stream), `drop` (of the connection), `goaway` (before answering)."""


@dataclass
class Http2Server:
    url: str
    ca_file: Path
    connections: int = 0


class _Connection(asyncio.Protocol):
    def __init__(self, server: Http2Server, answer: Answer) -> None:
        self._server = server
        self._answer = answer
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self._asked: dict[int, Asked] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        assert transport.get_extra_info("ssl_object").selected_alpn_protocol() == "h2"
        self._server.connections += 1
        self._transport = transport
        self._h2.initiate_connection()
        self._flush()

    def connection_lost(self, error: Exception | None) -> None:
        for task in self._tasks:
            task.cancel()

    def data_received(self, data: bytes) -> None:
        for event in self._h2.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                headers = {_text(name): _text(value) for name, value in event.headers or ()}
                self._asked[event.stream_id] = Asked(headers[":path"], headers, method=headers[":method"])
            elif isinstance(event, h2.events.DataReceived):
                self._asked[event.stream_id].body += event.data or b""
                self._h2.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id)
            elif isinstance(event, h2.events.StreamEnded):
                task = asyncio.get_running_loop().create_task(self._serve(event.stream_id))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        self._flush()

    async def _serve(self, stream: int) -> None:
        said = await self._answer(self._asked.pop(stream))
        if said == "hang":
            return
        if said == "drop":
            self._transport.abort()
            return
        if said == "goaway":
            self._h2.close_connection(last_stream_id=max(stream - 2, 0))
            self._flush()
            self._transport.close()
            return
        if said == "reset":
            self._h2.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
        else:
            assert isinstance(said, Said)
            headers = [(":status", str(said.status)), *said.headers.items()]
            self._h2.send_headers(stream, headers, end_stream=not said.body)
            if said.body:
                self._h2.send_data(stream, said.body, end_stream=True)
        self._flush()

    def _flush(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(self._h2.data_to_send())


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


@asynccontextmanager
async def http2_server(answer: Answer, directory: Path) -> AsyncIterator[Http2Server]:
    """On a port of the loopback address, as https://localhost:PORT."""
    ca_file, chain = certificates(directory)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    context.set_alpn_protocols(["h2"])
    served = Http2Server("", ca_file)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(served, answer), "127.0.0.1", 0, ssl=context)
    served.url = f"https://localhost:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield served


def certificates(directory: Path) -> tuple[Path, Path]:
    """Files: a certificate of an authority, and a chain with its key for localhost, signed by it."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Teahouse tests")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    ca = (
        _builder(issuer, issuer, authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority, hashes.SHA256())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    leaf = (
        _builder(subject, issuer, key.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(authority, hashes.SHA256())
    )
    ca_file, chain = directory / "ca.pem", directory / "chain.pem"
    ca_file.write_bytes(ca.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(private + leaf.public_bytes(Encoding.PEM))
    return ca_file, chain


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )
