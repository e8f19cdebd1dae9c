"""Probe: a test delivery, for whoever made an outlet and wants to know whether it works.

Rule: it goes the way of all deliveries, signed, once and at once, also where the outlet is paused or left alone;
nothing is counted against it. How the answer begins is shown, but not to owners of conversations where private
addresses may be called: they could read what only the server can reach. Called by outlet_book.py.
"""

from typing import NamedTuple

import msgspec

from teahouse.engine import fresh
from teahouse.engine.deliver import NOBODY, Deliver
from teahouse.engine.stores import OutgoingStores
from teahouse.model.errors import Code, Problem
from teahouse.model.outlets import Outlet
from teahouse.ports.clock import Clock
from teahouse.ports.outside import NotAllowed, NotCalled, Unreachable

SHOWN = 500
"""Characters of an answer."""


class Probed(NamedTuple):
    """What came of it. `status` is that of HTTP, 0 if there was none, and then `why`; `ms` is how long it took, and
    `answer` how the answer begins."""

    delivery: str
    status: int
    ms: int
    answer: str = ""
    why: str = ""

    @property
    def delivered(self) -> bool:
        return 200 <= self.status < 300


class _Test(msgspec.Struct):
    ev: str
    conversation: str
    at: int


_encode = msgspec.json.Encoder().encode


class Probe:
    def __init__(self, ports: OutgoingStores, deliverer: Deliver, clock: Clock) -> None:
        self._deliverer = deliverer
        self._clock = clock
        self._hidden = ports.options.allow_private
        self._under_way: set[str] = set()

    async def go(self, outlet: Outlet, administrator: bool) -> Probed:
        """`conflict` while another test of this outlet is under way."""
        if outlet.id in self._under_way:
            raise Problem(Code.CONFLICT, "a test of this webhook is under way")
        self._under_way.add(outlet.id)
        try:
            return await self._go(outlet, administrator or not self._hidden)
        finally:
            self._under_way.discard(outlet.id)

    async def _go(self, outlet: Outlet, shown: bool) -> Probed:
        delivery = f"{outlet.id}.test.{fresh.question_id()}"
        event = _encode(_Test("test", outlet.conversation, self._clock.now()))
        began = self._clock.monotonic()
        try:
            fetched = await self._deliverer.post(outlet, delivery, event)
        except NotCalled as error:
            return Probed(delivery, 0, self._since(began), why=str(error))
        except (NotAllowed, Unreachable):
            return Probed(delivery, 0, self._since(began), why=NOBODY)
        answer = fetched.body.decode("utf-8", "replace")[:SHOWN] if shown else ""
        probed = Probed(delivery, fetched.status, self._since(began), answer)
        if probed.delivered:
            self._deliverer.forget(outlet.id)  # it answers: what waits for it need not any more
        return probed

    def _since(self, began: float) -> int:
        return round((self._clock.monotonic() - began) * 1000)
