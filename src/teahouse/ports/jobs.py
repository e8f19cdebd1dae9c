"""What must happen later: a durable queue of jobs, and those that were given up."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.jobs import Burial, DeadJob, Job


class JobQueue(Protocol):
    """Jobs, done at least once. Whoever takes one has it for the time of a lease; times are milliseconds UTC.

    J1  When `put` returns, its jobs are durable, all or none. Jobs that travel with an entry (PutJob) are put in the
        transaction of that entry: none is lost between the two, and none is there without its entry.
        `created` of what is taken or dead is when it was put.
    J2  While a job is kept, waiting, taken or dead, another with its id is not put, also where it travels with an
        entry, which is stored all the same; of several entries of one call, the first brings it.
    J3  `take` gives jobs that are due, `urgent` ones first, then those due earliest; nobody else is given them
        until the lease ends. `attempt` is one more each time. With `only_urgent`, `take` and `due` pass over all
        others.
    J4  A job whose lease ended is due again, also after a crash of whoever had it.
    J5  `done`, `retry` and `bury` do nothing to a job whose lease ended and that was taken again: `attempt` differs.
    J6  `done` and `cancel` forget a job, its id with it. `bury` keeps it among the dead letters with its cause.
    """

    async def put(self, jobs: Sequence[Job]) -> None: ...

    async def take(self, now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        """Up to `limit` jobs that are due at `now` (J3)."""
        ...

    async def done(self, jobs: Sequence[Job]) -> None: ...

    async def retry(self, job: Job, due: int, cause: str) -> None:
        """It did not work: give it out again at `due`."""
        ...

    async def bury(self, job: Job, cause: str, at: int) -> None:
        """It will not work."""
        ...

    async def cancel(self, ids: Sequence[str]) -> None:
        """Forget jobs that nobody needs to do any more. One that is taken already may still be done."""
        ...

    async def due(self, only_urgent: bool = False) -> int | None:
        """When the next job is due, or the next lease ends; None if there is no job."""
        ...


class DeadLetters(Protocol):
    """Jobs that were given up, until a person decides.

    X1  `dead` gives them in the order they were buried, those after one, which need not be there any more.
    X2  `revive` makes them due at once, with no attempt counted; `discard` forgets them. Both are durable, and all or
        nothing.
    X3  Of any number that revive or discard one letter at once, one does, and it counts for that one only.
    """

    async def dead(self, after: Burial, limit: int) -> list[DeadJob]: ...

    async def letter(self, id_: str) -> DeadJob | None:
        """One of the dead."""
        ...

    async def revive(self, ids: Sequence[str], now: int) -> int:
        """How many were revived."""
        ...

    async def discard(self, ids: Sequence[str]) -> int: ...
