"""Again: a command that another node was faster than is decided once more, on what is so now.

Rule: nothing of it happened (Overtaken), so it may as well have come later. Of any that are in each other's way one
gets through at each turn; who never does is told to try again. Called by engine.py.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

from teahouse.engine import ack, fresh
from teahouse.model.errors import Overtaken
from teahouse.model.results import Result

TRIES = 12
_PAUSE_MS = 4

Outcome = Awaitable[Result | None] | Result | None


async def again(
    outcome: Outcome, begin: Callable[[], Outcome], forget: Callable[[str], None]
) -> Result | None:
    """What becomes of a command that has begun; `begin` begins it once more, `forget` is told what to read anew."""
    turn = 0
    while True:
        try:
            return await outcome if inspect.isawaitable(outcome) else outcome
        except Overtaken as overtaken:
            forget(overtaken.conversation)
            turn += 1
            if turn == TRIES:
                raise ack.overtaken() from overtaken
        await asyncio.sleep(fresh.jitter_ms(_PAUSE_MS * turn) / 1000)
        outcome = begin()
