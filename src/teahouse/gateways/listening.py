"""Sockets and certificates that listeners start from. Rule: what goes wrong here is one sentence for a person.
Called by tcp.py and http.py."""

import socket
import ssl
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificate

_KEEPALIVE = (
    # A dead peer is noticed after 30 + 3 * 15 seconds. Linux hands these on to accepted connections (tcp(7)).
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 30),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 15),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
)


class CannotListen(Exception):
    """A listener cannot start; the text says why, and what to do."""


def bind(host: str, port: int, setting: str, shared: bool = False) -> socket.socket:
    """A socket bound to the address, not listening yet. `setting` is the section to change when that fails.
    `shared`: other processes of ours listen there, too, and the kernel deals out connections (socket(7))."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise CannotListen(
            f"{setting}.host: {host!r} is not an address of this machine ({error.strerror})"
        ) from None
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        for level, option, value in _KEEPALIVE:
            bound.setsockopt(level, option, value)
        bound.setblocking(False)
        bound.bind(address)
    except OSError as error:
        bound.close()
        reason = (error.strerror or str(error)).lower()
        raise CannotListen(
            f"cannot listen on {host} port {port}: {reason}; change {setting}.port or {setting}.host"
        ) from None
    return bound


def url(scheme: str, bound: socket.socket) -> str:
    """Where a bound socket is reached, with its real port."""
    host, port = bound.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def server_context(certificate: str, key: str) -> ssl.SSLContext | None:
    """TLS 1.2 or newer with the certificate chain and key of these PEM files; None if no certificate is named."""
    if not certificate:
        return None
    for path in filter(None, (certificate, key)):
        if not Path(path).is_file():
            raise CannotListen(f"the TLS file {path} does not exist")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key or None)
    except (ssl.SSLError, OSError) as error:
        raise CannotListen(f"the TLS certificate {certificate} cannot be used: {error}") from None
    return context


def end_point(certificate: str) -> bytes:
    """The hash of the certificate, by which clients tell our end of a channel of TLS (RFC 5929, 4.1). Nothing for a
    certificate that is signed in a way for which none is defined."""
    if not certificate:
        return b""
    read = load_pem_x509_certificate(Path(certificate).read_bytes())
    signed = read.signature_hash_algorithm
    if signed is None:
        return b""
    weak = signed.name in ("md5", "sha1")
    return read.fingerprint(SHA256() if weak else signed)
