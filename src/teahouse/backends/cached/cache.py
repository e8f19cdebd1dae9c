"""A cache: what was read from a slow store, kept in this process for a while, and behind that by all nodes in common.

Rule: whoever changes a value stores it first and drops it here next, also if it is not known whether it was stored
(`Caches.changing`, caches.py). A read that began before a drop is neither kept nor joined after it; so a read that
begins after it gives what is so. `load` must read where it was stored: a replica would bring back the old value.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from teahouse.ports.copies import CommonCopies

_T = TypeVar("_T")

JITTER = 0.1
"""How much earlier a value may expire: what was read at once is not read again at once."""

_encode = msgspec.msgpack.Encoder().encode


class Counts(Struct):
    """Who answered: this process; the read of somebody who asked the same before; what nodes have in common; the
    store."""

    own: int = 0
    joined: int = 0
    common: int = 0
    store: int = 0


class Terms(Struct, frozen=True):
    """At most `most` values, `keep_s` each. `trusts` says whether hints are heard: without them nothing that is kept
    is given."""

    most: int
    keep_s: float
    now: Callable[[], float]
    trusts: Callable[[], bool] = lambda: True


class Common(Generic[_T]):
    """The level behind, for values of type `kind`."""

    def __init__(self, copies: CommonCopies, kind: Any, keep_s: float) -> None:
        self._copies = copies
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._keep_s = keep_s

    async def take(self, name: str) -> tuple[bool, _T | None, bytes | None]:
        """Whether there is one, and the value; else a lease, if it is to be had."""
        taken = await self._copies.take(name)
        if taken.value is not None:
            try:
                return True, self._decode(taken.value), None
            except msgspec.MsgspecError:  # of a node that is of another version
                return False, None, None
        return False, None, taken.lease

    def put(self, name: str, lease: bytes, value: _T | None) -> None:
        self._copies.put(name, lease, _encode(value), self._keep_s)


class Cache(Generic[_T]):
    """`keeps_none`: that there is none is kept as a value is; else it is asked for each time."""

    def __init__(
        self,
        name: str,
        load: Callable[[str], Awaitable[_T | None]],
        terms: Terms,
        common: Common[_T] | None = None,
        keeps_none: bool = False,
    ) -> None:
        self.name = name
        self.counts = Counts()
        self.shared = common is not None
        self._load = load
        self._terms = terms
        self._common = common
        self._keeps_none = keeps_none
        self._kept: OrderedDict[str, tuple[float, _T | None]] = OrderedDict()
        self._flights: dict[str, asyncio.Task[_T | None]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    async def get(self, key: str) -> _T | None:
        kept = self._kept.get(key)
        if kept is not None and kept[0] > self._terms.now() and self._terms.trusts():
            self._kept.move_to_end(key)
            self.counts.own += 1
            return kept[1]
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.get_running_loop().create_task(self._read(key))
            flight.add_done_callback(_looked_at)
        else:
            self.counts.joined += 1
        return await asyncio.shield(flight)  # who gives up must not end the read of the others

    def kept(self, key: str) -> _T | None:
        """What is kept, if anything. Who looks for it elsewhere then says so with `learn`."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] > self._terms.now() and self._terms.trusts():
            self.counts.own += 1
            return kept[1]
        self.counts.store += 1
        return None

    def learn(self, key: str, value: _T) -> None:
        self._keep(key, value, self._terms.now())

    def drop(self, key: str) -> None:
        self._kept.pop(key, None)
        self._flights.pop(key, None)

    def forget(self) -> None:
        """Drop all of it."""
        self._kept.clear()
        self._flights.clear()

    async def _read(self, key: str) -> _T | None:
        own, begun = asyncio.current_task(), self._terms.now()
        try:
            value = await self._find(key)
            if self._flights.get(key) is own and self._terms.trusts():
                self._keep(key, value, begun)
            return value
        finally:
            if self._flights.get(key) is own:
                del self._flights[key]

    async def _find(self, key: str) -> _T | None:
        """In common, or in the store."""
        lease = None
        if self._common is not None and self._terms.trusts():
            found, value, lease = await self._common.take(f"{self.name}:{key}")
            if found:
                self.counts.common += 1
                return value
        self.counts.store += 1
        value = await self._load(key)
        if self._common is not None and lease is not None and (value is not None or self._keeps_none):
            self._common.put(f"{self.name}:{key}", lease, value)
        return value

    def _keep(self, key: str, value: _T | None, begun: float) -> None:
        """`begun`: when it was not older than what is."""
        self._kept.pop(key, None)
        if value is None and not self._keeps_none:
            return
        self._kept[key] = (begun + jittered(self._terms.keep_s), value)
        while len(self._kept) > self._terms.most:
            self._kept.popitem(last=False)


def jittered(seconds: float) -> float:
    return seconds * (1 - JITTER * random.random())  # noqa: S311 - nobody is to guess nothing


def _looked_at(flight: "asyncio.Task[Any]") -> None:
    """A read that failed after everybody gave up waiting is nobody's business."""
    if not flight.cancelled():
        flight.exception()
