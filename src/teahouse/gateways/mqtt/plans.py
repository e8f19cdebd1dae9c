"""Plans: what the subscriptions of one client make of a topic, found out once and kept.

Rule: filters are compared when a topic is first met, not with each message. A topic that several filters match is told
once, at the highest quality of service and with the identifiers of all of them (MQTT 5, 3.3.4). Of a shared
subscription a plan knows the groups; whose turn it is, groups.py says.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from teahouse.wire.mqtt.topics import is_shared, matches, shared

_MOST_PLANS = 1024

Form = tuple[str, tuple[int, ...], int]
"""What the bytes of a packet depend on: topic, subscription identifiers, version."""


class Subscription(Struct, frozen=True, gc=False, omit_defaults=True):
    """`filter` as it was subscribed to, `$share/...` included. `id` is its subscription identifier, 0: none."""

    filter: str
    qos: int = 0
    no_local: bool = False
    as_published: bool = False
    id: int = 0


class Plan(Struct, frozen=True, gc=False):
    """`echoes`: the client's own messages are wanted, too. `groups`: only if it is this client's turn there. `plain`:
    the same bytes as everybody's, at most once. `as_published`: with the retain flag that it was published with."""

    form: Form
    qos: int
    echoes: bool
    groups: tuple[str, ...]
    plain: bool
    as_published: bool = False

    @property
    def topic(self) -> str:
        return self.form[0]


class Subscriptions:
    """The subscriptions of a client, by filter."""

    __slots__ = ("_by_filter", "_plans", "_version")

    def __init__(self, version: int, several: Iterable[Subscription] = ()) -> None:
        self._version = version
        self._by_filter = {one.filter: one for one in several}
        self._plans: dict[str, Plan | None] = {}

    def __len__(self) -> int:
        return len(self._by_filter)

    def __iter__(self) -> Iterator[Subscription]:
        return iter(self._by_filter.values())

    def put(self, subscription: Subscription) -> bool:
        """Add, or replace the one with this filter (MQTT-3.8.4-3); whether it is new."""
        self._plans.clear()
        new = subscription.filter not in self._by_filter
        self._by_filter[subscription.filter] = subscription
        return new

    def has(self, filter_: str) -> bool:
        return filter_ in self._by_filter

    def drop(self, filter_: str) -> bool:
        """Whether there was one."""
        self._plans.clear()
        return self._by_filter.pop(filter_, None) is not None

    def known(self, name: str) -> Plan | None:
        """The plan found under this name before. KeyError if it was never asked for."""
        return self._plans[name]

    def plan(self, name: str, topics: Sequence[str]) -> Plan | None:
        """For what goes by the name of one of these topics; None: the client wants none of it. Kept under `name`."""
        if len(self._plans) >= _MOST_PLANS:
            self._plans.clear()
        found = next((plan for plan in map(self._find, topics) if plan is not None), None)
        self._plans[name] = found
        return found

    def _find(self, topic: str) -> Plan | None:
        alone = [s for s in self._by_filter.values() if not is_shared(s.filter) and matches(s.filter, topic)]
        chosen, groups = alone, tuple[str, ...]()
        if not alone:
            chosen = [s for s in self._by_filter.values() if _shares(s.filter, topic)]
            groups = tuple(s.filter for s in chosen)
        if not chosen:
            return None
        ids = tuple(sorted({s.id for s in chosen if s.id}))
        qos = max(s.qos for s in chosen)
        echoes = any(not s.no_local for s in chosen)
        plain = qos == 0 and echoes and not groups
        as_published = any(s.as_published for s in chosen)
        return Plan((topic, ids, self._version), qos, echoes, groups, plain, as_published)


def _shares(filter_: str, topic: str) -> bool:
    parts = shared(filter_)
    return parts is not None and matches(parts[1], topic)
