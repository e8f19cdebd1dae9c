"""What a run is asked to do: the command line's choices as one typed value, and where the server is.

Rule: plain data; parsed by command.py, read by everything else.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"ws": 80, "tcp": 9000}


class PlanError(Exception):
    """The run cannot start as asked; the text says what to change."""


@dataclass(frozen=True)
class Target:
    """Where clients connect to. `scheme` is `ws` or `tcp`."""

    scheme: str
    host: str
    port: int
    path: str = "/ws"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}{self.path if self.scheme == 'ws' else ''}"

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def parse_target(url: str) -> Target:
    """`ws://host:port/path` or `tcp://host:port`; PlanError for anything else."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise PlanError(f"{url!r} is not a target: {error}") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise PlanError(f"{url!r} is not a target; write ws://127.0.0.1:8080/ws or tcp://127.0.0.1:9000")
    return Target(parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme], parts.path or "/ws")


@dataclass(frozen=True)
class Plan:
    """One run. Not every scenario reads every field; `teahouse bench SCENARIO --help` says which.

    `target` None: start a server of our own. `over` is then the protocol to speak with it, `ws` or `tcp`.
    `pid` is the process whose CPU and memory are reported. Times are seconds, `rate` is messages a second.
    """

    scenario: str
    target: Target | None = None
    over: str = "ws"
    pid: int | None = None
    data: str | None = None
    users: int = 100
    rate: float = 0.0
    seconds: float = 10.0
    text_bytes: int = 150
    cid: bool = True
    burst: int = 1
    window: int = 16
    group: int = 50
    missed: int = 10
    timeout_s: float = 120.0
    json: bool = False
    quiet: bool = False
