"""Dead letters over REST, for administrators: jobs that were given up, until somebody decides what becomes of them.

Rule: whoever gives one back gives it back once: the store says how many it was, and a second one asking finds none.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from teahouse.engine.engine import Engine
from teahouse.engine.revival import revive_all
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import Limit
from teahouse.model.errors import Code, Problem
from teahouse.model.jobs import FIRST, Burial, DeadJob
from teahouse.model.results import Result
from teahouse.ports.clock import Clock
from teahouse.ports.jobs import DeadLetters

LetterId = Annotated[str, Meta(min_length=1, max_length=200)]


class LettersPage(Struct, frozen=True):
    cursor: Annotated[str, Meta(max_length=240, description="The `cursor` of the page before.")] = ""
    limit: Limit = 50


class Letter(Result, frozen=True, omit_defaults=False):
    """A job of a `kind` that was given up after `attempts`, and the `cause` of the last of them. `created` is when it
    was put, `died` when it was given up: milliseconds UTC. `conversation` is that of the entry it follows, if it
    follows one."""

    id: str
    kind: str
    cause: str
    attempts: int
    created: int
    died: int
    conversation: str | None


class LetterWithPayload(Result, frozen=True, omit_defaults=False):
    """As in the list, with the `payload`: what whoever does it is given."""

    id: str
    kind: str
    cause: str
    attempts: int
    created: int
    died: int
    conversation: str | None
    seq: int | None
    payload: Any


class LetterPage(Result, frozen=True, omit_defaults=False):
    """`cursor` leads to the next page; null: there is none."""

    letters: tuple[Letter, ...]
    cursor: str | None


class Retried(Result, frozen=True, omit_defaults=False):
    retried: int


class Letters:
    def __init__(self, engine: Engine, letters: DeadLetters, clock: Clock) -> None:
        self._engine = engine
        self._letters = letters
        self._clock = clock

    @operation("GET /admin/dead-letters", who=Who.ADMIN)
    async def page(self, call: Call, query: LettersPage) -> LetterPage:
        """Jobs that were given up, those that were first."""
        found = await self._letters.dead(_burial(query.cursor), query.limit + 1)
        page = found[: query.limit]
        cursor = f"{page[-1].at}.{page[-1].job.id}" if len(found) > len(page) else None
        return LetterPage(tuple(Letter(*_head(one)) for one in page), cursor)

    @operation("POST /admin/dead-letters/retry", who=Who.ADMIN, audited="letters.retried")
    async def retry_all(self, call: Call) -> Retried:
        """Give all of them back, to be done now, and tell how many they were."""
        return Retried(await revive_all(self._letters, self._clock.now(), self._engine.wake))

    @operation("GET /admin/dead-letters/{letter}", who=Who.ADMIN)
    async def show(self, call: Call, letter: LetterId) -> LetterWithPayload:
        """One of them, with what it was to do."""
        found = await self._letters.letter(letter)
        if found is None:
            raise _unknown()
        return LetterWithPayload(*_head(found), found.job.seq or None, _payload(found.job.data))

    @operation("POST /admin/dead-letters/{letter}/retry", 204, who=Who.ADMIN, audited="letter.retried")
    async def retry(self, call: Call, letter: LetterId) -> None:
        """Give one back, to be done now: its attempts are counted anew."""
        now = self._clock.now()
        if not await self._letters.revive([letter], now):
            raise _unknown()
        self._engine.wake(now)

    @operation("DELETE /admin/dead-letters/{letter}", 204, who=Who.ADMIN, audited="letter.discarded")
    async def discard(self, call: Call, letter: LetterId) -> None:
        """Forget one: it will not be done."""
        if not await self._letters.discard([letter]):
            raise _unknown()


def _burial(cursor: str) -> Burial:
    if not cursor:
        return FIRST
    at, _, id_ = cursor.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) <= 15):
        raise Problem(Code.BAD_REQUEST, "query: this is no cursor of a page before")
    return int(at), id_


def _head(one: DeadJob) -> tuple[str, str, str, int, int, int, str | None]:
    job = one.job
    return job.id, job.kind, one.cause, job.attempt, job.created, one.at, job.conversation or None


def _payload(data: bytes) -> Any:
    """What it is is known to whoever does the job; JSON, as a rule."""
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        return data.decode("utf-8", "replace")


def _unknown() -> Problem:
    return Problem(Code.NOT_FOUND, "there is no such dead letter, or no longer")
