"""Admission: how many connections there may be, overall and from one address.

Rule: counts connections of all gateways together; who is one too many is told when to come back, not left
hanging. Called by the links of each gateway when a connection comes and goes.
"""

import resource
from random import randrange

from teahouse.gateways.options import AdmissionOptions
from teahouse.model.addresses import is_loopback
from teahouse.model.events import Bye

_RETRY_MS = range(1_000, 15_000)


class Admission:
    """Up to nine tenths of the file descriptors are for connections that stay, and a twentieth for those on their
    way out, who are being told why; the rest is for listeners, stores and logs."""

    def __init__(self, options: AdmissionOptions) -> None:
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self._most = min(options.connections or files, files * 9 // 10)
        self._most_leaving = files // 20
        self._most_of_one = options.connections_per_address
        self._count = 0
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        """Connections now, those on their way out included."""
        return self._count

    def enter(self, address: str) -> bool:
        """Count a connection in. False: there are so many that it is to be cut without a word."""
        self._count += 1
        self._counts[address] = self._counts.get(address, 0) + 1
        return self._count <= self._most + self._most_leaving

    def leave(self, address: str) -> None:
        """Count out a connection that was counted in, whatever became of it."""
        self._count -= 1
        left = self._counts[address] - 1
        if left:
            self._counts[address] = left
        else:
            del self._counts[address]

    def refusal(self, address: str, shared: bool = False) -> Bye | None:
        """What to tell a connection that was counted in but cannot stay. `shared`: many people come from there, by a
        proxy, and are counted where they are told apart."""
        if self._count > self._most:
            return Bye("the server has as many connections as it takes", True, _retry_ms())
        if shared or is_loopback(address):
            return None
        if self._most_of_one and self._counts[address] > self._most_of_one:
            return Bye("there are too many connections from your address", True, _retry_ms())
        return None


def _retry_ms() -> int:
    """Not the same for everybody, or they would all come back at once."""
    return randrange(_RETRY_MS.start, _RETRY_MS.stop)  # noqa: S311 - spreads load, keeps no secret
