"""Jobs: what the server has to do later, and what could not be done."""

from msgspec import Struct

from teahouse.model.ids import message_id


class Job(Struct, frozen=True, gc=False):
    """One thing to do, not before `due` (milliseconds UTC). `kind` says who does it, `data` is theirs.

    `id` is its idempotency key: while a job is kept, another with its id is not. `conversation` and `seq` are the entry
    it follows, if it follows one. `attempt` counts how often it was taken; together with the id it tells one lease from
    the next. `created` is when it was put, which the store says (milliseconds UTC; 0: by an older version).
    """

    kind: str
    id: str
    due: int
    data: bytes = b"{}"
    urgent: bool = False
    conversation: str = ""
    seq: int = 0
    attempt: int = 0
    created: int = 0


class DeadJob(Struct, frozen=True, gc=False):
    """A job that was given up, why, and when."""

    job: Job
    cause: str
    at: int


Burial = tuple[int, str]
"""Where a dead letter stands among the others: when it was given up, and its id."""

FIRST: Burial = (0, "")
"""Where none stands: before all of them."""


def following(kind: str, conversation: str, seq: int) -> str:
    """The id of the one job of its kind that follows an entry."""
    return f"{kind}:{message_id(conversation, seq)}"
