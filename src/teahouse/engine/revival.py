"""Revival: give all dead letters back, to be done now.

Rule: once through the list, in parts; what died after it began is left, or a job that fails at once would be given back
for ever. Called by the REST resource and by `teahouse dead`.
"""

from collections.abc import Callable

from teahouse.model.jobs import FIRST
from teahouse.ports.jobs import DeadLetters

_AT_ONCE = 200


async def revive_all(letters: DeadLetters, now: int, wake: Callable[[int], None]) -> int:
    """How many they were. `wake` tells the worker of each part."""
    revived, after = 0, FIRST
    while found := await letters.dead(after, _AT_ONCE):
        after = (found[-1].at, found[-1].job.id)
        ids = [one.job.id for one in found if one.at <= now]
        revived += await letters.revive(ids, now) if ids else 0
        wake(now)
        if len(ids) < len(found):
            break
    return revived
