"""Forwarded: whom a request came from, when proxies of ours passed it on.

Rule: anybody can write such headers. They are looked at only if the connection is one of a trusted proxy, and then
from the right, which is the end the nearest proxy wrote at: the first address that is no trusted proxy is who asks.
What stands before it was said by nobody we trust. Called by http_connection.py, for trusted
peers only; which those are, by announced.py, too.
"""

from collections.abc import Iterable
from ipaddress import ip_network

from teahouse.model.addresses import parsed

_MOST_HOPS = 32
_FOR, _PROTO = b"x-forwarded-for", b"x-forwarded-proto"
_SCHEMES = ("http", "https")

Headers = Iterable[tuple[bytes, bytes]]


class Proxies:
    """`networks` as 10.0.0.0/8, or single addresses. ValueError for what is none."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = tuple(ip_network(network) for network in networks)

    def trusts(self, address: str) -> bool:
        if not self._networks or (found := parsed(address)) is None:
            return False
        return any(found in network for network in self._networks)

    def origin(self, peer: str, headers: Headers) -> tuple[str, str | None]:
        """Address and scheme of a request that `peer`, a trusted proxy, passed on; None: it did not say which scheme.
        What cannot be understood is not believed, and nothing that stands before it either."""
        headers = tuple(headers)
        address = peer
        for entry in reversed(_listed(headers, _FOR)[-_MOST_HOPS:]):
            found = parsed(_without_port(entry))
            if found is None:
                break
            address = str(found)
            if not self.trusts(address):
                break
        schemes = _listed(headers, _PROTO)
        scheme = schemes[-1].lower() if schemes else None
        return address, scheme if scheme in _SCHEMES else None


def _listed(headers: Headers, wanted: bytes) -> list[str]:
    """The values of a header that may come several times, each a list (RFC 9110, 5.3); the last ones at least."""
    values = b",".join(value for name, value in headers if name == wanted)
    return [part.strip() for part in values.decode("latin-1").rsplit(",", _MOST_HOPS)] if values else []


def _without_port(entry: str) -> str:
    """Some write 192.0.2.1:4711, [2001:db8::1]:4711 or [2001:db8::1]."""
    if entry.startswith("["):
        address, end, port = entry[1:].partition("]")
        return address if end and (not port or _is_port(port)) else ""
    if entry.count(":") == 1:
        address, _, port = entry.partition(":")
        return address if _is_port(f":{port}") else ""
    return entry


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6
