"""A ticket's way through the desk, as those see it who are on it."""

import pytest
from msgspec.structs import replace

from teahouse.desk.texts import OWN
from teahouse.model.desk import AgentStatus, Hours, TicketQuery, TicketState
from teahouse.model.errors import Code, Problem
from tests.support.desk import ARTICLES, Office, at_once

S = TicketState


async def test_the_bot_answers_and_contains() -> None:
    office = await Office().open()
    visitor = await office.visitor(name="Li Wei")
    ticket = await office.ask(visitor, "How can I return an order")
    assert ticket.state is S.BOT
    assert office.said(visitor)[-1] == f"assistant: {ARTICLES[0][1]}"
    await office.pass_by(office.team.idle_s)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.handed, bool(ticket.resolved)) == (S.CLOSED, 0, True)
    again = await office.ask(visitor, "\u600e\u4e48\u9000\u8d27")
    assert again.id != ticket.id and again.conversation == ticket.conversation
    assert office.said(visitor)[-1] == f"assistant: {ARTICLES[2][1]}"


async def test_twice_unsure_is_a_hand_off() -> None:
    office = await Office().open()
    visitor = await office.visitor()
    assert (await office.ask(visitor, "Where is the moon")).state is S.BOT
    assert office.said(visitor)[-1] == f"assistant: {OWN['en']['unsure']}"
    assert (await office.ask(visitor, "I mean the big one")).state is S.QUEUED
    assert office.said(visitor)[-1] == f"assistant: {OWN['en']['queued']}"


async def test_from_the_queue_to_the_end() -> None:
    office = await Office().open()
    desk, visitor = office.desks[0], await office.visitor(language="zh-CN")
    ticket = await office.ask(visitor, "\u8f6c\u4eba\u5de5")
    await office.pass_by(1)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent) == (S.RINGING, "a0")
    assert (await desk.board.accept("a0", ticket.id)).state is S.OWNED
    joined = OWN["zh"]["joined"].replace("{agent}", "a0")
    assert office.said(visitor)[-2:] == ["a0 invited", f"assistant: {joined}"]
    before = len(office.said(visitor))
    await office.ask(visitor, "How can I return an order")
    assert len(office.said(visitor)) == before + 1  # the bot is silent
    office.clock.advance(5)
    await office.say("a0", visitor.conversation, "Gladly")
    await desk.listening.listen(visitor.conversation)
    ticket = await office.ticket(visitor)
    assert ticket.replied - ticket.handed == 6000 and ticket.waiting == 0
    await desk.board.resolve("a0", ticket.id)
    assert office.said(visitor)[-2:] == ["a0 kicked", f"assistant: {OWN['zh']['resolved']}"]
    rated = await desk.rating.rate(visitor.id, 5, "quick")
    assert (rated.state, rated.rating) == (S.CLOSED, 5)
    with pytest.raises(Problem, match="rated already"):
        await desk.rating.rate(visitor.id, 1, "")
    kinds = [event.kind for event in office.store.ticket_events[ticket.id]]
    assert [kind for kind in kinds if kind not in ("carried", "heard")] == (
        ["opened", "handed", "rung", "owned", "replied", "resolved", "rated"]
    )


async def test_a_silent_agent_is_passed_over() -> None:
    office = await Office().open()
    visitor = await office.visitor()
    await office.ask(visitor, "human")
    await office.pass_by(1)
    await office.pass_by(office.team.ring_s)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent, ticket.tried) == (S.RINGING, "a1", ("a0",))
    assert office.store.agents["a0"].status is AgentStatus.AWAY
    with pytest.raises(Problem, match="no longer"):
        await office.desks[0].board.accept("a0", ticket.id)
    await office.desks[0].board.decline("a1", ticket.id)
    assert (await office.ticket(visitor)).state is S.QUEUED
    await office.pass_by(1)
    assert (await office.ticket(visitor)).state is S.QUEUED  # not at once again
    await office.pass_by(office.team.ring_s)
    await office.pass_by(1)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent) == (S.RINGING, "a1")


async def test_nobody_is_there_for_long() -> None:
    """The visitor leaves a message, is told once, and served when somebody is back."""
    office = await Office().open(agents=0)
    visitor = await office.visitor()
    await office.ask(visitor, "human")
    await office.pass_by(office.team.patience_s)
    assert (await office.ticket(visitor)).state is S.MESSAGE
    assert office.said(visitor)[-1] == f"assistant: {OWN['en']['nobody']}"
    lines = len(office.said(visitor))
    for _ in range(3):
        await office.pass_by(1800)
        await office.pass_by(office.team.patience_s)
    assert len(office.said(visitor)) == lines
    await office.agent("late")
    await office.pass_by(1800)
    assert (await office.ticket(visitor)).state is S.RINGING


async def test_office_hours() -> None:
    week = tuple(((9 * 60, 17 * 60),) for _ in range(7))
    office = await Office().open(hours=Hours("Europe/Berlin", week))  # it is 23:13 in Berlin
    visitor = await office.visitor()
    ticket = await office.ask(visitor, "human")
    assert ticket.state is S.MESSAGE
    assert office.said(visitor)[-1] == f"assistant: {OWN['en']['closed']}"
    await office.ask(visitor, "call me: 123")
    await office.pass_by(9 * 3600 + 46 * 60)
    assert (await office.ticket(visitor)).state is S.MESSAGE
    await office.pass_by(120)
    assert (await office.ticket(visitor)).state is S.RINGING


async def test_overflow_goes_to_another_team() -> None:
    office = await Office().open(agents=0)
    team = await office.desks[0].founding.change(
        office.team.id, lambda team: replace(team, overflow=office.other.id)
    )
    visitor = await office.visitor()
    await office.ask(visitor, "human")
    await office.agent("helper", teams=(office.other.id,))
    await office.pass_by(1)
    assert (await office.ticket(visitor)).state is S.QUEUED
    await office.pass_by(team.overflow_s)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent, ticket.team) == (S.RINGING, "helper", office.other.id)


async def test_an_agent_who_does_not_answer_loses_the_ticket() -> None:
    """Told of the first time, as after a crash of their machine; the second time it is somebody else's."""
    office = await Office().open()
    visitor = await office.visitor()
    await office.ask(visitor, "human")
    await office.pass_by(1)
    ticket = await office.ticket(visitor)
    await office.desks[0].board.accept("a0", ticket.id)
    await office.pass_by(office.team.reply_s)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent, ticket.breaches) == (S.OWNED, "a0", 1)
    await office.pass_by(office.team.reply_s)
    ticket = await office.ticket(visitor)
    assert (ticket.state, ticket.agent) == (S.RINGING, "a1")
    assert office.said(visitor)[-2:] == ["a0 kicked", f"assistant: {OWN['en']['requeued']}"]


async def test_transfer_and_taking_over() -> None:
    office = await Office().open(agents=3)
    desk, visitor = office.desks[0], await office.visitor()
    await office.ask(visitor, "human")
    await office.pass_by(1)
    ticket = await office.ticket(visitor)
    await desk.board.accept("a0", ticket.id)
    with pytest.raises(Problem) as refused:
        await desk.board.take("a1", ticket.id, force=False)
    assert refused.value.code is Code.CONFLICT
    with pytest.raises(Problem) as refused:
        await desk.board.take("a1", ticket.id, force=True)
    assert refused.value.code is Code.FORBIDDEN
    await desk.board.watch("a2", ticket.id, True)
    assert office.said(visitor)[-1] == "a2 invited"
    taken = await desk.board.take("a2", ticket.id, force=True)
    assert taken.agent == "a2" and "a0 kicked" in office.said(visitor)
    await desk.board.watch("a2", ticket.id, False)
    await desk.board.transfer("a2", ticket.id, office.other.id, "", "not ours")
    await office.pass_by(1)
    ticket = await office.ticket(visitor)
    assert (ticket.team, ticket.state) == (office.other.id, S.RINGING)


async def test_skills_and_capacity() -> None:
    office = await Office().open(agents=0)
    await office.agent("plain", capacity=1)
    await office.agent("able", skills=("refund",))
    visitors = [await office.visitor() for _ in range(3)]
    tickets = [await office.ask(visitor, "human") for visitor in visitors]
    desk = office.desks[0]
    await desk.board.transfer("plain", tickets[0].id, "", "refund", "")
    await office.pass_by(1)
    agents = [(await office.ticket(visitor)).agent for visitor in visitors]
    assert sorted(agents) == ["able", "able", "plain"] and agents[0] == "able"
    fourth = await office.ask(await office.visitor(), "human")
    await office.pass_by(1)
    assert (await desk.flow.ticket(fourth.id)).state is S.QUEUED
    with pytest.raises(Problem, match="1 tickets already"):
        await desk.board.take("plain", fourth.id, force=False)


async def test_a_visitor_comes_back_to_what_was_resolved() -> None:
    office = await Office().open()
    desk, visitor = office.desks[0], await office.visitor()
    ticket = await office.ask(visitor, "human")
    await office.pass_by(1)
    await desk.board.accept("a0", ticket.id)
    await desk.board.resolve("a0", ticket.id)
    again = await office.ask(visitor, "It broke again")
    assert (again.id, again.state, again.resolved) == (ticket.id, S.QUEUED, 0)


async def test_whispers_and_labels_stay_among_agents() -> None:
    office = await Office().open()
    desk, visitor = office.desks[0], await office.visitor()
    ticket = await office.ask(visitor, "human")
    lines = office.said(visitor)
    await desk.board.whisper("a0", ticket.id, "careful: VIP")
    await desk.board.label("a0", ticket.id, ["vip", "vip"])
    assert office.said(visitor) == lines
    assert [e.text for e in await desk.board.events("a1", ticket.id, 0) if e.kind == "note"] == [
        "careful: VIP"
    ]
    found = await desk.board.tickets("a0", TicketQuery(label="vip"))
    assert [one.id for one in found] == [ticket.id]


async def test_who_is_no_agent_of_the_team_sees_nothing() -> None:
    office = await Office().open()
    ticket = await office.ask(await office.visitor(), "human")
    await office.agent("other", teams=(office.other.id,))
    with pytest.raises(Problem) as refused:
        await office.desks[0].board.ticket("other", ticket.id)
    assert refused.value.code is Code.NOT_FOUND
    with pytest.raises(Problem) as refused:
        await office.desks[0].board.ticket("nobody", ticket.id)
    assert refused.value.code is Code.FORBIDDEN


async def test_two_nodes_look_at_once() -> None:
    """No ticket has two owners, and no last place is given twice."""
    office = Office(desks=2, pauses=iter([1, 0, 2, 0, 0, 3] * 1000))
    await office.open(agents=1)
    for _ in range(4):
        await office.ask(await office.visitor(), "human")
    office.clock.advance(1)
    await at_once(*(desk.ticking.tick for desk in office.desks))
    states = sorted(ticket.state for ticket in office.store.tickets.values())
    assert states == [S.QUEUED, S.QUEUED, S.RINGING, S.RINGING]
    mine = [t.id for t in office.store.tickets.values() if t.agent == "a0"]
    await at_once(*(lambda d=desk: d.board.accept("a0", mine[0]) for desk in office.desks))
    kinds = [event.kind for event in office.store.ticket_events[mine[0]]]
    assert kinds.count("owned") == 1
