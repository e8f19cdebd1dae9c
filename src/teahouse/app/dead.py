"""Dead letters by the command line: what `teahouse dead` asks, and the answers.

Rule: as in administration.py, the same whether a server does it or, where none runs, the command itself; what is
decided is recorded first. Used by control.py and cli_dead.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from teahouse.engine.revival import revive_all
from teahouse.model.audit import Record
from teahouse.model.errors import Code, Problem
from teahouse.model.jobs import DeadJob
from teahouse.ports.audit import Audit
from teahouse.ports.clock import Clock
from teahouse.ports.jobs import DeadLetters

PAGE = 200


class Order(Struct, frozen=True, tag_field="do", tag=str.lower):
    """Something about dead letters."""


class Letters(Order, frozen=True):
    """Those after this burial."""

    at: int = 0
    id: str = ""


class Letter(Order, frozen=True):
    id: str


class Revive(Order, frozen=True):
    """Give one back, to be done now; without an id, all."""

    id: str = ""


class Discard(Order, frozen=True):
    id: str


LetterOrder = Letters | Letter | Revive | Discard


class Told(Struct, frozen=True, omit_defaults=True):
    """Letters that were asked for; how many were given back or forgotten. `more`: there are further ones."""

    letters: tuple[DeadJob, ...] = ()
    count: int = 0
    more: bool = False


@dataclass(frozen=True)
class Dead:
    """`wake` tells the worker, where one runs, that jobs are due."""

    letters: DeadLetters
    audit: Audit | None
    clock: Clock
    wake: Callable[[int], None]

    async def carry_out(self, order: LetterOrder) -> Told:
        """Raises Problem."""
        match order:
            case Letters(at, id_):
                found = await self.letters.dead((at, id_), PAGE + 1)
                return Told(tuple(found[:PAGE]), more=len(found) > PAGE)
            case Letter(id_):
                return Told((await self._letter(id_),))
            case Revive(""):
                await self._record("letters.retried", "")
                return Told(count=await revive_all(self.letters, self.clock.now(), self.wake))
            case Revive(id_):
                return await self._revive(id_)
        await self._record("letter.discarded", order.id)
        return _one(order.id, await self.letters.discard([order.id]))

    async def _letter(self, id_: str) -> DeadJob:
        found = await self.letters.letter(id_)
        if found is None:
            raise _unknown(id_)
        return found

    async def _revive(self, id_: str) -> Told:
        await self._record("letter.retried", id_)
        now = self.clock.now()
        told = _one(id_, await self.letters.revive([id_], now))
        self.wake(now)
        return told

    async def _record(self, action: str, id_: str) -> None:
        """By whoever may open the data directory."""
        if id_:
            await self._letter(id_)  # nothing was asked of what is not there
        if self.audit is not None:
            await self.audit.append([Record(self.clock.now(), "", action, id_, "control", {})])


def _one(id_: str, count: int) -> Told:
    if not count:
        raise _unknown(id_)
    return Told(count=count)


def _unknown(id_: str) -> Problem:
    return Problem(Code.NOT_FOUND, f"there is no dead letter {id_[:200]!r}, or no longer")
