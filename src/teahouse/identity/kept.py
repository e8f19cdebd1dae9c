"""Callers kept in memory, by the token or pass they came with, so that the store need not be asked at each request.

Rule: what is kept is forgotten as soon as the login or the account behind it changes (standing.py). Whoever keeps
somebody does so in the step in which standing.py said who it is, without waiting in between. Used by tokens.py and
passes.py.
"""

from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

from msgspec import Struct

from teahouse.identity.standing import Standing
from teahouse.model.caller import Caller
from teahouse.model.people import User
from teahouse.ports.clock import Clock

K = TypeVar("K", bound=Hashable)


class _Kept(Struct, frozen=True, gc=False):
    caller: Caller
    expires: int


class KeptCallers(Generic[K]):
    """At most `most`: the oldest are let go when there are too many."""

    def __init__(self, standing: Standing, clock: Clock, most: int) -> None:
        self._clock = clock
        self._most = most
        self._kept: dict[K, _Kept] = {}
        standing.revoked.append(self._forget)
        standing.changed.append(self._forget_user)
        standing.distrusted.append(lambda: self._kept.clear())

    def find(self, key: K) -> Caller | None:
        kept = self._kept.get(key)
        return kept.caller if kept is not None and kept.expires > self._clock.now() else None

    def keep(self, key: K, caller: Caller, expires: int) -> None:
        """Until `expires`, milliseconds UTC."""
        self._kept[key] = _Kept(caller, expires)
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]

    def drop(self, key: K) -> None:
        self._kept.pop(key, None)

    def _forget(self, user: str, logins: Collection[str] | None, but: str | None) -> None:
        def ended(caller: Caller) -> bool:
            return (
                caller.user.id == user and caller.grant != but and (logins is None or caller.grant in logins)
            )

        self._kept = {key: kept for key, kept in self._kept.items() if not ended(kept.caller)}

    def _forget_user(self, user: User) -> None:
        self._forget(user.id, None, None)
