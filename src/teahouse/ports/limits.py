"""Allowances: how often something may be asked for, over all nodes.

Called by engine/quota.py and guests.py, and by identity/throttle.py, for what may wait for the answer.
"""

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
