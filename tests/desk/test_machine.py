"""Whatever happens on two nodes, in any order: no ticket is lost, none has two owners, and the bot is silent while a
person owns one."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from teahouse.desk.board import Board
from teahouse.desk.moves import MOST_BREACHES
from teahouse.desk.voice import seated
from teahouse.model.desk import DESK, AgentStatus, Ticket, TicketState, Visitor
from teahouse.model.errors import Problem
from teahouse.model.people import Availability
from tests.support.desk import Crash, Office

T = TypeVar("T")
S = TicketState

VISITORS = 3
AGENTS = ("a0", "a1", "a2")
WAITING = (S.QUEUED, S.RINGING, S.MESSAGE)

visitors = st.integers(0, VISITORS - 1)
agents = st.sampled_from(AGENTS)
nodes = st.integers(0, 1)
texts = st.sampled_from(["human", "How can I return an order", "what is this", "hello"])
spans = st.sampled_from([1, 2, 20, 21, 60, 121, 300, 1800, 86_400])


class Pauses:
    """How often others come in between, as the example says; the same again when that is tried again."""

    def __init__(self) -> None:
        self._row: list[int] = []

    def set(self, row: list[int]) -> None:
        self._row = row

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if not self._row:
            return 0
        self._row.append(first := self._row.pop(0))
        return first


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.pauses = Pauses()
        self.run(self.begin())

    async def begin(self) -> None:
        self.office = Office(desks=2, pauses=self.pauses)
        await self.office.open(agents=len(AGENTS))
        self.people = [await self.office.visitor(name=f"v{n}") for n in range(VISITORS)]
        self.said: dict[str, int] = {}  # the last message of each visitor
        self.pauses.set([1, 0, 2])
        self.forced: set[str] = set()  # who has taken more than they can

    def run(self, awaitable: Awaitable[T]) -> T:
        async def wait() -> T:
            return await awaitable

        return self.runner.run(wait())

    def try_(self, doing: Callable[[], Awaitable[object]]) -> None:
        """Do something that may be refused."""

        async def wait() -> None:
            try:
                await doing()
            except Problem as problem:
                assert problem.code in ("conflict", "forbidden", "not_found"), problem

        self.run(wait())

    @property
    def tickets(self) -> list[Ticket]:
        return list(self.office.store.tickets.values())

    def newest(self, visitor: int) -> Ticket | None:
        place = self.people[visitor].conversation
        return max((t for t in self.tickets if t.conversation == place), key=lambda t: t.id, default=None)

    # --- what people do ---------------------------------------------------------------------------------

    @rule(visitor=visitors, text=texts, both=st.booleans())
    def speaks(self, visitor: int, text: str, both: bool) -> None:
        """Each message is heard of by one node, or, after a time-out, by two."""

        async def speak(who: Visitor) -> None:
            self.said[who.id] = await self.office.say(who.id, who.conversation, text)
            desks = self.office.desks if both else self.office.desks[:1]
            await asyncio.gather(*(desk.listening.listen(who.conversation) for desk in desks))

        self.run(speak(self.people[visitor]))

    @rule(visitor=visitors, node=nodes, forced=st.booleans(), agent=agents)
    def takes(self, visitor: int, node: int, forced: bool, agent: str) -> None:
        if (ticket := self.newest(visitor)) is not None:
            board = self.office.desks[node].board
            self.try_(lambda: board.take(agent, ticket.id, forced))
            if forced and agent == AGENTS[-1]:
                self.forced.add(agent)

    @rule(visitor=visitors, node=nodes, answer=st.sampled_from(["accept", "accept", "decline"]))
    def is_rung(self, visitor: int, node: int, answer: str) -> None:
        ticket = self.newest(visitor)
        if ticket is not None and ticket.state is S.RINGING:
            board = self.office.desks[node].board
            self.try_(lambda: getattr(board, answer)(ticket.agent, ticket.id))

    @rule(visitor=visitors)
    def everybody_takes_it(self, visitor: int) -> None:
        """Three agents and the visitor's patience, at the same moment."""
        ticket = self.newest(visitor)
        if ticket is None:
            return

        async def take(board: Board, agent: str) -> None:
            try:
                await board.take(agent, ticket.id, force=False)
            except Problem as problem:
                assert problem.code in ("conflict", "forbidden")

        async def all_() -> None:
            boards = [desk.board for desk in self.office.desks]
            takers = [take(boards[n % 2], agent) for n, agent in enumerate(AGENTS)]
            await asyncio.gather(*takers, *(desk.ticking.tick() for desk in self.office.desks))

        self.run(all_())

    @rule(visitor=visitors, node=nodes, text=texts)
    def is_answered(self, visitor: int, node: int, text: str) -> None:
        ticket = self.newest(visitor)
        if ticket is None or ticket.state is not S.OWNED:
            return

        async def answer() -> None:
            await self.office.say(ticket.agent, ticket.conversation, text)
            await self.office.desks[node].listening.listen(ticket.conversation)

        self.try_(answer)

    @rule(visitor=visitors, node=nodes, far=st.booleans())
    def is_passed_on(self, visitor: int, node: int, far: bool) -> None:
        ticket = self.newest(visitor)
        if ticket is not None and ticket.agent:
            team = self.office.other.id if far else ""
            board = self.office.desks[node].board
            self.try_(lambda: board.transfer(ticket.agent, ticket.id, team, "", ""))

    @rule(visitor=visitors, node=nodes)
    def is_resolved(self, visitor: int, node: int) -> None:
        ticket = self.newest(visitor)
        if ticket is not None:
            board = self.office.desks[node].board
            self.try_(lambda: board.resolve(ticket.agent or AGENTS[-1], ticket.id))

    @rule(visitor=visitors, node=nodes, rating=st.integers(1, 5))
    def rates(self, visitor: int, node: int, rating: int) -> None:
        who = self.people[visitor].id
        self.try_(lambda: self.office.desks[node].rating.rate(who, rating, ""))

    @rule(agent=agents, node=nodes, status=st.sampled_from(list(AgentStatus)))
    def turns(self, agent: str, node: int, status: AgentStatus) -> None:
        self.run(self.office.desks[node].board.turn(agent, status))

    @rule(agent=agents, here=st.booleans())
    def comes_or_goes(self, agent: str, here: bool) -> None:
        """Their machine crashes, or is back."""
        presence = self.office.house.stores.presence
        self.run(presence.touch(Availability(agent, agent)) if here else presence.drop(agent))

    # --- what happens by itself -------------------------------------------------------------------------

    @rule(seconds=spans, at_once=st.booleans())
    def time_passes(self, seconds: float, at_once: bool) -> None:
        async def look() -> None:
            self.office.clock.advance(seconds)
            desks = self.office.desks if at_once else self.office.desks[:1]
            await asyncio.gather(*(desk.ticking.tick() for desk in desks))

        self.run(look())
        if seconds > 2 and at_once:
            assert not [ticket for ticket in self.tickets if ticket.deeds]
            self.everybody_sits_where_they_should()

    def everybody_sits_where_they_should(self) -> None:
        for number, visitor in enumerate(self.people):
            if (ticket := self.newest(number)) is not None:
                members = self.office.store.members[visitor.conversation].values()
                assert {member.user for member in members if not member.left} == seated(ticket)

    @rule(row=st.lists(st.integers(0, 3), max_size=7))
    def others_come_between(self, row: list[int]) -> None:
        self.pauses.set(row)

    @rule(visitor=visitors, agent=agents)
    def an_agent_wants_all(self, visitor: int, agent: str) -> None:
        """More than they can have, on both nodes at once, while these give out tickets."""

        async def take(board: Board, ticket: Ticket) -> None:
            try:
                await board.take(agent, ticket.id, force=False)
            except Problem as problem:
                assert problem.code in ("conflict", "forbidden")

        async def all_() -> None:
            self.office.clock.advance(1)
            boards = [desk.board for desk in self.office.desks]
            wanted = [t for n in range(VISITORS) if (t := self.newest((visitor + n) % VISITORS))]
            takers = [take(boards[n % 2], ticket) for n, ticket in enumerate(wanted)]
            await asyncio.gather(*takers, *(desk.ticking.tick() for desk in self.office.desks))

        self.run(all_())

    @rule(after=st.integers(1, 30), visitor=visitors, text=texts, seconds=spans, agent=agents | st.none())
    def a_node_dies(self, after: int, visitor: int, text: str, seconds: float, agent: str | None) -> None:
        """In the middle of whatever it does; another is started in its place, and knows nothing."""

        async def live() -> None:
            desk, who = self.office.desks[1], self.people[visitor]
            self.said[who.id] = await self.office.say(who.id, who.conversation, text)
            try:
                await desk.listening.listen(who.conversation)
                self.office.clock.advance(seconds)
                await desk.ticking.tick()
                if agent and (ticket := self.newest(visitor)) is not None:
                    await desk.board.take(agent, ticket.id, force=False)
                    await desk.board.resolve(agent, ticket.id)
            except Problem:
                pass

        self.office.ports[-1].dies = after
        task = self.runner.get_loop().create_task(live())
        with suppress(Crash):
            self.runner.get_loop().run_until_complete(task)
        self.office.desks[1] = self.office.desk()
        if agent and (ticket := self.newest(visitor)) is not None:  # somebody is faster than the timers
            self.try_(lambda: self.office.desks[0].board.take(agent, ticket.id, force=False))
        self.run(
            self.office.desks[0].listening.listen(self.people[visitor].conversation)
        )  # its job comes again

    # --- what is always so ------------------------------------------------------------------------------

    @invariant()
    def nothing_said_is_lost(self) -> None:
        for number, visitor in enumerate(self.people):
            if visitor.id in self.said:
                ticket = self.newest(number)
                assert ticket is not None and ticket.heard >= self.said[visitor.id]

    @invariant()
    def one_open_ticket_a_conversation(self) -> None:
        is_open = Counter(ticket.conversation for ticket in self.tickets if ticket.is_open)
        assert not is_open or max(is_open.values()) == 1

    @invariant()
    def whoever_waits_is_looked_after(self) -> None:
        """A ticket that waits has a deadline, and one owner or none."""
        for ticket in self.tickets:
            assert bool(ticket.agent) >= (ticket.state in (S.RINGING, S.OWNED))
            assert not ticket.agent or ticket.state not in (S.BOT, S.QUEUED, S.MESSAGE)
            assert ticket.state is S.CLOSED or ticket.deadline < 2**53
            assert ticket.breaches < MOST_BREACHES or ticket.state is not S.OWNED

    @invariant()
    def nobody_has_more_than_they_can(self) -> None:
        loads = Counter(t.agent for t in self.tickets if t.state in (S.RINGING, S.OWNED))
        for agent, load in loads.items():
            assert load <= 2 or agent in self.forced

    @invariant()
    def the_record_is_whole(self) -> None:
        """One event a revision, and each owner follows from no other but by a step that says so."""
        for ticket in self.tickets:
            events = self.office.store.ticket_events[ticket.id]
            assert [event.number for event in events] == list(range(1, ticket.revision + 1))
            owned = False
            for event in events:
                assert not (owned and event.kind == "answered")
                if event.kind == "owned":
                    owned = True
                elif event.kind in ("abandoned", "transferred", "resolved", "handed", "reopened"):
                    owned = False

    @invariant()
    def the_bot_is_silent_while_somebody_owns_it(self) -> None:
        """In the log itself: from when an owner comes in until they go, nothing the bot thought of is said."""
        answers = {
            f"{event.ticket}:{event.number}:0"
            for events in self.office.store.ticket_events.values()
            for event in events
            if event.kind == "answered"
        }
        for visitor in self.people:
            inside: set[str] = set()
            for entry in self.office.store.entries[visitor.conversation]:
                if entry.kind == "member":
                    content = json.loads(entry.content)
                    who = content["user"]["id"]
                    (inside.add if content["change"] == "invited" else inside.discard)(who)
                assert not (inside and entry.sender == DESK and entry.cid in answers)

    def teardown(self) -> None:
        """Whatever happened, everybody is served in the end."""
        try:
            self.run(self.serve_all())
        finally:
            self.runner.close()

    async def serve_all(self) -> None:
        self.pauses.set([])
        office, board = self.office, self.office.desks[0].board
        for agent in AGENTS:
            await office.house.stores.presence.touch(Availability(agent, agent))
        for _ in range(40):
            for agent in AGENTS:
                await board.turn(agent, AgentStatus.ONLINE)
            await office.pass_by(30)
            for ticket in self.tickets:
                if ticket.state is S.RINGING:
                    await board.accept(ticket.agent, ticket.id)
                elif ticket.state is S.OWNED:
                    await board.resolve(ticket.agent, ticket.id)
            if not any(ticket.state in (*WAITING, S.OWNED) for ticket in self.tickets):
                break
            if all(ticket.state not in (S.QUEUED, S.RINGING, S.OWNED) for ticket in self.tickets):
                await office.pass_by(1800)
        await office.pass_by(3)
        assert not [t for t in self.tickets if t.state in (*WAITING, S.OWNED)], "somebody was forgotten"
        assert not [ticket for ticket in self.tickets if ticket.deeds]
        self.everybody_sits_where_they_should()


def test_no_ticket_is_lost_and_none_has_two_owners() -> None:
    run_state_machine_as_test(Machine, settings=_settings(40, 30))


@pytest.mark.slow
def test_the_same_for_longer() -> None:
    run_state_machine_as_test(Machine, settings=_settings(150, 60))


def _settings(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
