"""Deliver: tell one outlet of one entry, signed, and find out whether it has it.

Rule: nobody is called but by the port of the outside, which lets nothing lead inside. Of an answer only the status and
`Retry-After` are looked at; neither the body (but for a test, probe.py) nor the reason an address is not allowed is
told or logged, for the address is somebody else's choice. Called by tries.py and probe.py.
"""

from email.utils import parsedate_to_datetime

import msgspec
from msgspec.structs import replace

from teahouse.engine.sight import EXPIRED, is_over
from teahouse.engine.stores import OutgoingStores
from teahouse.engine.tally import Tally
from teahouse.model.breaker import Breaker
from teahouse.model.entries import Entry
from teahouse.model.outlets import Outlet, delivery_id
from teahouse.model.signing import DELIVERY, SIGNATURE, TIMESTAMP, sign
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, Fetched, NotAllowed, NotCalled, Unreachable

_MOST_BYTES = 4096
NOBODY = "nobody answered there, or not in time"
_GONE = 410
_LONGEST_S = 86_400.0


class NotDelivered(Exception):
    """The outlet does not have it: why. `after_s` is how long it asked to be left alone; 0: it did not say. `gone`: it
    wants nothing more. `rests`: it was not called at all."""

    def __init__(self, cause: str, after_s: float = 0.0, gone: bool = False, rests: bool = False) -> None:
        super().__init__(cause)
        self.after_s = after_s
        self.gone = gone
        self.rests = rests


class _Told(msgspec.Struct):
    webhook: str
    delivery: str
    event: msgspec.Raw


_encode = msgspec.json.Encoder().encode


class Deliver:
    def __init__(self, outgoing: OutgoingStores, clock: Clock) -> None:
        self._outside = outgoing.outside
        self._event = outgoing.encode
        self._seconds = outgoing.options.timeout_s
        self._clock = clock
        self._breakers: dict[str, Breaker] = {}
        self.tally = Tally()

    async def tell(self, outlet: Outlet, entry: Entry) -> None:
        """Once. Raises NotDelivered; also at once, without calling, where an outlet did not answer several times."""
        breaker = self._breakers.setdefault(outlet.id, Breaker())
        if rest_s := breaker.wait_s(self._clock.monotonic()):
            raise NotDelivered(outlet.cause or "it does not answer", rest_s, rests=True)
        try:
            await self._tell(outlet, entry)
        except NotDelivered as error:
            if error.rests:
                breaker.gave_up()
                raise
            breaker.failed(self._clock.monotonic())
            self.tally.tellings["failed"] += 1
            raise
        except BaseException:
            breaker.gave_up()
            raise
        breaker.worked()
        self.tally.tellings["delivered"] += 1

    def forget(self, outlet: str) -> None:
        """It is another from now on, or gone."""
        self._breakers.pop(outlet, None)

    async def _tell(self, outlet: Outlet, entry: Entry) -> None:
        now = self._clock.now()
        if is_over(entry, now):
            entry = replace(entry, content=EXPIRED, redacted=True)
        id_ = delivery_id(outlet.id, entry.conversation, entry.seq)
        try:
            fetched = await self.post(outlet, id_, self._event(entry))
        except NotCalled as error:
            raise NotDelivered(str(error), error.after_s, rests=True) from None
        except (NotAllowed, Unreachable):
            # Why is not said: whoever gave the address would learn what there is inside.
            raise NotDelivered(NOBODY) from None
        if not 200 <= fetched.status < 300:
            gone = fetched.status == _GONE
            raise NotDelivered(f"it answered {fetched.status}", self._retry_after_s(fetched), gone)

    async def post(self, outlet: Outlet, delivery: str, event: bytes) -> Fetched:
        """Post an event, once, whatever happened before. Raises what the port of the outside does."""
        now = self._clock.now()
        body = _encode(_Told(outlet.id, delivery, msgspec.Raw(event)))
        timestamp = now // 1000
        headers = (
            ("Content-Type", "application/json"),
            (DELIVERY, delivery),
            (TIMESTAMP, str(timestamp)),
            (SIGNATURE, sign(outlet.secrets(now), timestamp, body)),
        )
        asked = Asked(outlet.url, "POST", headers, body, _MOST_BYTES, self._seconds)
        return await self._outside.fetch(asked)

    def _retry_after_s(self, fetched: Fetched) -> float:
        """RFC 9110, 10.2.3: seconds, or a date; 0: it does not say."""
        said = fetched.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return min(float(said[:9]), _LONGEST_S)
        try:
            after_s = parsedate_to_datetime(said).timestamp() - self._clock.now() / 1000
        except (ValueError, TypeError, OverflowError):
            return 0.0
        return min(max(after_s, 0.0), _LONGEST_S)
