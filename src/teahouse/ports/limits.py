"""Allowances: how often something may be asked for, over all nodes.

`Limits` is called by engine/quota.py and guests.py, and by identity/throttle.py, for what may wait for the answer;
`Spending` by engine/spending.py, for what may not.
"""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.gcra import Bucket


class Limits(Protocol):
    """One bucket for each kind and key, by the rules of model/gcra.py.

    L1  `take` takes one of each bucket and gives 0.0, or takes nothing at all and gives the seconds for which
        asking again is in vain. It is one step for all nodes: of many at once no more get through than the rate lets.
    L2  What is given back counts as never taken. A bucket never holds more than its burst.
    L3  A bucket whose rate is 0 admits all.
    L4  There is always an answer. A node that cannot ask the others goes by what it has taken itself.
    L5  A bucket that is full is forgotten.
    """

    async def take(self, *buckets: Bucket) -> float: ...

    async def give_back(self, *buckets: Bucket) -> None: ...


class Spending(Protocol):
    """What nodes let through by themselves, one bucket for each kind and key, by the rules of model/gcra.py.

    S1  `spend` takes so many of each bucket, whether they are there or not, and gives for each the seconds until it is
        full again, by what all nodes took. It is one step for each bucket and all nodes.
    S2  A bucket is overdrawn by DEBT times its burst at most; more is forgiven.
    S3  StoreUnavailable if the others cannot be told. Then some of it may have been taken.
    S4  A bucket that is full is forgotten. Kinds are not shared with Limits.
    """

    async def spend(self, spent: Sequence[tuple[Bucket, int]]) -> list[float]: ...
