"""Messages that wait for their time."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.jobs import Job
from teahouse.model.schedules import Schedule


class Schedules(Protocol):
    """Sends to be done later, each with the job that will remind of it.

    S1  `add` and `change` are durable when they return, the schedule and its job in one transaction: there is none
        without the other.
    S2  `add` of an id that is there changes nothing. `change` of one that is not, or is another user's, does nothing
        and is False; so with `remove`.
    """

    async def add(self, schedule: Schedule, job: Job) -> None: ...

    async def change(self, schedule: Schedule, job: Job) -> bool: ...

    async def remove(self, user: str, schedule: str) -> bool: ...

    async def get(self, schedule: str) -> Schedule | None: ...

    async def of(self, user: str) -> Sequence[Schedule]:
        """The user's, by time, failed ones included."""
        ...
