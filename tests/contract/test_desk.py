"""The promises of the desk's ports, by number (ports/desk.py)."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.model.desk import (
    NEVER,
    Agent,
    AgentStatus,
    Article,
    Canned,
    Deed,
    Example,
    Hours,
    Step,
    Team,
    Ticket,
    TicketEvent,
    TicketQuery,
    TicketState,
    Visitor,
)
from teahouse.model.errors import StoreUnavailable
from tests.contract.backends import Store

ALICE = Agent(user="u-alice", nick="alice", teams=("t-1",), skills=("refund",), capacity=2)


def ticket(number: int = 1, **fields: Any) -> Ticket:
    given = {"team": "t-1", "conversation": f"c-{number}", "visitor": "v-1", "opened": number, **fields}
    return Ticket(id=f"k-{number}", **given)


def step(wanted: Ticket, kind: str = "opened") -> Step:
    return Step(wanted, TicketEvent(wanted.id, wanted.revision, 5, kind, "u-alice", "why"))


def after(known: Ticket, **fields: Any) -> Step:
    return step(replace(known, revision=known.revision + 1, **fields), "changed")


WHOLE = ticket(
    7,
    state=TicketState.RINGING,
    changed=9,
    deadline=20,
    agent="u-alice",
    tried=("u-bob",),
    labels=("vip", "vip", "refund"),
    slots={"order": "A-1"},
    context='{"form":1}',
    deeds=(Deed("k-7:1", "hello \U0001f375"), Deed("k-7:2")),
)


async def test_s1_a_ticket_is_kept_whole(store: Store) -> None:
    """S1: with the agent, at once, and after a restart."""
    assert await store.tickets.commit([step(WHOLE), step(ticket(1))], ALICE)
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.tickets.ticket("k-7") == WHOLE
        assert await store.staff.agents() == [ALICE]
    assert await store.tickets.ticket("k-9") is None


async def test_s1_all_or_nothing(store: Store) -> None:
    """S1: one step that does not fit keeps out the others, the agent, and all events."""
    first = ticket(1)
    assert await store.tickets.commit([step(first)])
    assert not await store.tickets.commit([step(ticket(2)), step(first)], ALICE)
    assert not await store.tickets.commit([step(ticket(2))], replace(ALICE, revision=2))
    assert await store.tickets.ticket("k-2") is None
    assert await store.tickets.events("k-2", 0, 10) == []
    assert await store.staff.agents() == []


async def test_s1_what_cannot_be_kept_is_said(store: Store) -> None:
    """S1: StoreUnavailable."""
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.tickets.commit([step(ticket())])
    with pytest.raises(StoreUnavailable):
        await store.library.put([Article(id="a", team="t", title="?", text="!")])
    await store.writable(True)
    assert await store.tickets.ticket("k-1") is None


async def test_s2_a_row_follows_the_one_it_was_made_from(store: Store) -> None:
    """S2: and no other."""
    first = ticket()
    assert not await store.tickets.commit([step(replace(first, revision=2))])
    assert await store.tickets.commit([step(first)])
    assert not await store.tickets.commit([step(first)])
    assert await store.tickets.commit([after(first, subject="tea")])
    assert not await store.tickets.commit([after(first, subject="coffee")])
    found = await store.tickets.ticket(first.id)
    assert found is not None and found.subject == "tea"


async def test_s2_of_many_at_once_one_succeeds(store: Store) -> None:
    """S2: also where two tickets are given to the one agent."""
    first, second = ticket(1), ticket(2)
    assert await store.tickets.commit([step(first), step(second)], ALICE)
    rung = replace(ALICE, revision=2, rang=9)
    given = [
        store.tickets.commit([after(known, state=TicketState.RINGING, agent="u-alice")], rung)
        for known in (first, second, first, second)
    ]
    assert sum(await asyncio.gather(*given)) == 1
    kept = [await store.tickets.ticket(known.id) for known in (first, second)]
    assert [one.revision for one in kept if one is not None].count(2) == 1


async def test_s3_one_open_ticket_a_conversation(store: Store) -> None:
    """S3: of any number at once, too; and another when it is closed."""
    rivals = [ticket(number, conversation="c") for number in (1, 2, 3)]
    assert sum(await asyncio.gather(*(store.tickets.commit([step(rival)]) for rival in rivals))) == 1
    kept = await store.tickets.latest("c")
    assert kept is not None
    assert not await store.tickets.commit([step(ticket(4, conversation="c"))])
    assert await store.tickets.commit([after(kept, state=TicketState.CLOSED)])
    assert (await store.tickets.latest("c")) == replace(kept, revision=2, state=TicketState.CLOSED)
    assert await store.tickets.commit([step(ticket(0, conversation="c"))])
    found = await store.tickets.latest("c")
    assert found is not None and found.id == "k-0"  # the open one, though its id is not the last
    assert await store.tickets.latest("nowhere") is None


async def test_s4_events_are_kept_in_order(store: Store) -> None:
    """S4: by number, those after one."""
    kept = ticket()
    assert await store.tickets.commit([step(kept)])
    for _ in range(3):
        changed = after(kept)
        assert await store.tickets.commit([changed])
        kept = changed.ticket
    assert [event.number for event in await store.tickets.events("k-1", 0, 10)] == [1, 2, 3, 4]
    assert await store.tickets.events("k-1", 1, 1) == [
        TicketEvent("k-1", 2, 5, "changed", "u-alice", "why"),
    ]


async def test_s5_who_is_due(store: Store) -> None:
    """S5: by deadline; one with deeds soon, though it is closed."""
    assert await store.tickets.commit([step(ticket(1, deadline=9)), step(ticket(2, deadline=5))])
    deeds = (Deed("k-3:1", "hi"),)
    assert await store.tickets.commit(
        [step(ticket(3, state=TicketState.CLOSED, changed=-1994, deeds=deeds)), step(ticket(4))]
    )
    assert [one.id for one in await store.tickets.due(9, 10)] == ["k-2", "k-3", "k-1"]
    assert [one.id for one in await store.tickets.due(9, 1)] == ["k-2"]
    assert [one.id for one in await store.tickets.due(4, 10)] == []
    done = await store.tickets.ticket("k-3")
    assert done is not None and await store.tickets.commit([after(done, deeds=())])
    assert [one.id for one in await store.tickets.due(NEVER - 1, 10)] == ["k-2", "k-1"]


async def test_s6_tickets_by_what_they_are(store: Store) -> None:
    """S6: newest first; all that is given must be so."""
    kept = [
        ticket(1, state=TicketState.OWNED, agent="u-alice", labels=("vip",)),
        ticket(2, state=TicketState.QUEUED, team="t-2", visitor="v-2"),
        ticket(3, state=TicketState.QUEUED, labels=("vip", "late")),
    ]
    assert await store.tickets.commit([step(one) for one in kept])

    async def found(**query: Any) -> list[str]:
        return [one.id for one in await store.tickets.page(TicketQuery(**query))]

    assert await found() == ["k-3", "k-2", "k-1"]
    assert await found(limit=1) == ["k-3"]
    assert await found(before="k-3") == ["k-2", "k-1"]
    assert await found(team="t-1") == ["k-3", "k-1"]
    assert await found(states=(TicketState.QUEUED,)) == ["k-3", "k-2"]
    assert await found(states=(TicketState.QUEUED, TicketState.OWNED), team="t-1") == ["k-3", "k-1"]
    assert await found(agent="u-alice") == ["k-1"]
    assert await found(visitor="v-2") == ["k-2"]
    assert await found(label="vip") == ["k-3", "k-1"]
    assert await found(since=2, until=3) == ["k-2"]
    assert await store.tickets.commit([after(kept[0], labels=())])
    assert await found(label="vip") == ["k-3"]


async def test_s6_the_queue_is_in_order(store: Store) -> None:
    """S6: by priority, then by how long they wait."""
    kept = [ticket(1, queued=7), ticket(2, queued=5), ticket(3, queued=9, priority=1)]
    assert await store.tickets.commit([step(one) for one in kept])
    found = await store.tickets.page(TicketQuery(by_queue=True))
    assert [one.id for one in found] == ["k-3", "k-2", "k-1"]


async def test_s7_teams_and_agents(store: Store) -> None:
    """S7: by revision, and no two teams of one key."""
    hours = Hours("Asia/Shanghai", ((), ((540, 1080),)), ("2026-12-31",))
    team = Team(id="t-2", key="tea", name="Tea", secret="s", created=1, hours=hours, texts={"zh.nobody": "?"})
    assert await store.staff.put_team(team)
    assert not await store.staff.put_team(team)
    assert not await store.staff.put_team(replace(team, id="t-1"))
    assert await store.staff.put_team(replace(team, id="t-1", key="milk"))
    changed = replace(team, name="Teas", revision=2)
    assert await store.staff.put_team(changed)
    assert await store.staff.teams() == [replace(team, id="t-1", key="milk"), changed]
    online = replace(ALICE, revision=2, status=AgentStatus.ONLINE)
    assert await store.staff.put_agent(ALICE) and await store.staff.put_agent(online)
    assert not await store.staff.put_agent(online)
    assert await store.staff.agents() == [online]
    await store.staff.drop_agent("u-alice")
    await store.staff.drop_agent("u-alice")
    assert await store.staff.agents() == []
    assert await store.staff.put_agent(ALICE)


async def test_s8_visitors(store: Store) -> None:
    """S8: of a name the host site gave, one; of nobody, any number."""
    known = Visitor(id="v-1", team="t-1", nick="li", created=1, external="42", conversation="c-1")
    assert await store.visitors.put(known)
    assert not await store.visitors.put(replace(known, id="v-2"))
    assert await store.visitors.put(replace(known, id="v-2", team="t-2", conversation=""))
    for name in ("v-3", "v-4"):
        assert await store.visitors.put(replace(known, id=name, external="", conversation=""))
    assert await store.visitors.visitor("v-1") == known
    assert await store.visitors.known("t-1", "42") == known
    assert await store.visitors.within("c-1") == known
    assert await store.visitors.known("t-1", "") is None
    assert await store.visitors.within("") is None
    turned = replace(known, revision=2, turned=2, data={"plan": "gold"})
    assert await store.visitors.put(turned)
    assert not await store.visitors.put(turned)
    if store.reopen is not None:
        await store.reopen()
    assert await store.visitors.visitor("v-1") == turned


async def test_s9_s10_papers(store: Store) -> None:
    """S9, S10: by kind and team, in order."""
    articles = [Article(id=f"a-{n}", team="t-1", title=f"q{n}", text="\u8336", changed=n) for n in (2, 1)]
    example = Example(id="a-1", team="t-1", intent="refund", text="money back", ticket="k-1", seq=3)
    canned = Canned(id="n-1", team="t-2", title="hi", text="Hello {visitor}", owner="u-alice")
    await store.library.put([*articles, example, canned])
    await store.library.put([])
    assert await store.library.page(Article, "t-1", "", 10) == articles[::-1]
    assert await store.library.page(Article, "t-1", "a-1", 1) == articles[:1]
    assert await store.library.page(Article, "t-2", "", 10) == []
    assert await store.library.page(Canned, "t-2", "", 10) == [canned]
    assert await store.library.paper(Example, "a-1") == example
    await store.library.put([replace(example, intent="complaint")])
    found = await store.library.paper(Example, "a-1")
    assert found is not None and found.intent == "complaint"
    await store.library.drop(Example, ["a-1", "a-9"])
    assert await store.library.paper(Example, "a-1") is None
    assert await store.library.paper(Article, "a-1") == articles[1]
