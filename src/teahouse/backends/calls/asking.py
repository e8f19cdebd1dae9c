"""Asking: calls that wait for somebody to take them, and for their answers. Without a road of its own: offering.py has
a socket, and backends/rabbitmq/calls.py a RabbitMQ.

Rule: a call has TAKE_S to be taken; from then on the time it was given, and GRACE_S. So whoever asks knows whether
nobody was there (then the call was not made, and nobody outside is to blame) or somebody was, and died.
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

from teahouse.ports.calls import Answer, Unanswered, Untaken

TAKE_S = 5.0
GRACE_S = 1.0
"""Together with a delivery, shorter than a job may take (engine/worker.py)."""
MOST_WAITING = 1000


class _Waiting:
    __slots__ = ("answer", "taken")

    def __init__(self) -> None:
        self.taken = asyncio.Event()
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()


class Asking:
    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[int, _Waiting] = {}

    async def ask(self, seconds: float, hand_over: Callable[[int], Awaitable[None]]) -> Answer:
        """`hand_over` brings the call on its way, under a number. Raises Untaken or Unanswered (Q2)."""
        if len(self._waiting) >= MOST_WAITING:
            raise Untaken("too many calls wait")
        number, waiting = next(self._numbers), _Waiting()
        self._waiting[number] = waiting
        try:
            try:
                async with asyncio.timeout(TAKE_S):
                    await hand_over(number)
                    await waiting.taken.wait()
            except TimeoutError:
                raise Untaken("nobody took the call") from None
            try:
                async with asyncio.timeout(seconds + GRACE_S):
                    return await waiting.answer
            except TimeoutError:
                raise Unanswered("whoever took the call does not answer") from None
        finally:
            del self._waiting[number]

    def waits(self, number: int) -> bool:
        """Whether somebody still wants to know."""
        return number in self._waiting

    def took(self, number: int) -> None:
        if (waiting := self._waiting.get(number)) is not None:
            waiting.taken.set()

    def answered(self, number: int, answer: Answer) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.answer.done():
            waiting.taken.set()
            waiting.answer.set_result(answer)
