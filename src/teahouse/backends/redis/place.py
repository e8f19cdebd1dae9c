"""Places: where Redis is, as the setting `redis.url` says it. Used by client.py and sentinel.py."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORT, SENTINEL_PORT = 6379, 26379

Address = tuple[str, int]


class CannotUse(Exception):
    """Redis cannot be used with these settings; the text says what to do."""


@dataclass(frozen=True)
class Place:
    """`master` is the name that sentinels at `addresses` know the server by; empty: it is there itself."""

    addresses: tuple[Address, ...]
    secured: bool
    user: str
    password: str
    master: str
    database: str


def place_of(url: str) -> Place:
    """CannotUse if it is no place. It has a password in it, so it is not repeated."""
    parts = urlsplit(url)
    scheme, _, kind = parts.scheme.partition("+")
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    path = [unquote(part) for part in parts.path.split("/") if part]
    master = path.pop(0) if kind and path else ""
    if kind and not master:
        raise CannotUse("redis.url names no master: redis+sentinel://host:26379,host:26379/MASTER/0")
    default = SENTINEL_PORT if kind else PORT
    addresses = tuple(_address(host, default) for host in hosts.split(","))
    if len(addresses) > 1 and not kind:
        raise CannotUse("redis.url has several hosts; only sentinels can be several: redis+sentinel://")
    database = path[0] if path else "0"
    return Place(addresses, scheme == "rediss", unquote(user), unquote(password), master, database)


def _address(host: str, default: int) -> Address:
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname or "127.0.0.1", parts.port or default
    except ValueError as error:
        raise CannotUse("redis.url has a host or a port that is none") from error
