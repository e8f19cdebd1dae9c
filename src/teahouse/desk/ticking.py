"""Ticking: what happens to tickets by itself, because time has passed, a process died or a job was lost.

Rule: nothing is remembered here. Each look asks the store what is due, and moves it as anybody else would; several
nodes may look at once, and after a restart the first look finds what was left. A store that is away is waited for.
Started and stopped by desk.py.
"""

import asyncio
import contextlib

import structlog
from msgspec.structs import replace

from teahouse.desk.dispatch import Dispatch
from teahouse.desk.flow import Flow
from teahouse.desk.listening import Listening
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.model.desk import Agent, AgentStatus, Ticket, TicketQuery, TicketState
from teahouse.model.errors import Problem, StoreUnavailable

_log = structlog.get_logger("teahouse.desk")

AT_ONCE = 100
SWEEP_S = 60.0
"""So often it is looked for messages whose job was lost."""

IDLE_S = 10.0
"""So long a server without a team sleeps."""

_PAGE = 200
_OPEN = tuple(state for state in TicketState if state is not TicketState.CLOSED)


class Ticking:
    def __init__(
        self, ports: DeskPorts, staff: StaffBook, flow: Flow, dispatch: Dispatch, listening: Listening
    ) -> None:
        self._ports = ports
        self._staff = staff
        self._flow = flow
        self._dispatch = dispatch
        self._listening = listening
        self._swept = ports.clock.monotonic()
        self._heads: dict[str, int] = {}
        self._woken = asyncio.Event()

    def stir(self) -> None:
        """Look soon: somebody may be free, or wait."""
        self._woken.set()

    async def run(self, tick_s: float) -> None:
        """Look, as long as the server runs."""
        waits = False
        while True:
            self._woken.clear()
            try:
                await self.tick()
                waits = False
            except StoreUnavailable as error:
                if not waits:
                    _log.warning("the desk waits for the store", reason=str(error))
                waits = True
            except Exception:
                _log.exception("a look at the tickets failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(tick_s if self._staff.teams else IDLE_S):
                    await self._woken.wait()

    async def tick(self) -> None:
        """One look."""
        await self._staff.refresh()
        if not self._staff.teams:
            return
        while due := await self._ports.tickets.due(self._ports.clock.now(), AT_ONCE):
            moved = [await self._one(ticket) for ticket in due]
            if len(due) < AT_ONCE or not any(moved):
                break
        await self._dispatch.go()
        now = self._ports.clock.monotonic()
        if now - self._swept >= SWEEP_S:
            self._swept = now
            await self.sweep()

    async def _one(self, ticket: Ticket) -> bool:
        """Whether something was done about it. One that cannot be moved keeps nobody from the others."""
        try:
            if ticket.deeds:
                await self._flow.carry(ticket)
                ticket = await self._flow.ticket(ticket.id)
            overflow = self._staff.teams.get((await self._staff.team(ticket.team)).overflow)
            step = (await self._flow.moves(ticket)).elapsed(ticket, overflow)
            return step is not None and await self._flow.commit(step, self._missed(ticket))
        except Problem as problem:
            _log.warning("a ticket cannot be moved", ticket=ticket.id, reason=str(problem))
            return False

    def _missed(self, ticket: Ticket) -> Agent | None:
        """An agent who does not answer is away, until they say that they are back."""
        agent = self._staff.agents.get(ticket.agent)
        if ticket.state is not TicketState.RINGING or agent is None or agent.status is not AgentStatus.ONLINE:
            return None
        return replace(agent, status=AgentStatus.AWAY, revision=agent.revision + 1)

    async def sweep(self) -> None:
        """Listen where something was said since the last sweep: its job may have been given up."""
        before, heads = "", self._heads
        self._heads = {}
        while page := await self._ports.tickets.page(TicketQuery(states=_OPEN, before=before, limit=_PAGE)):
            known = await self._ports.log.heads([ticket.conversation for ticket in page])
            for ticket in page:
                head = known.get(ticket.conversation, 0)
                self._heads[ticket.conversation] = head
                if head > max(ticket.heard, heads.get(ticket.conversation, 0)):
                    await self._listening.listen(ticket.conversation)
            before = page[-1].id
            if len(page) < _PAGE:
                break
