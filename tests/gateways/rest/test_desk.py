"""The desk over REST: who may ask what, and what is answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from teahouse.gateways.rest.desk_papers import DeskPapers
from teahouse.gateways.rest.desk_teams import DeskTeams
from teahouse.gateways.rest.desk_tickets import DeskTickets
from teahouse.gateways.rest.desk_visitors import DeskVisitors
from teahouse.model.changes import PutUser
from teahouse.model.people import Availability, User
from tests.support.desk import Office
from tests.support.house import Person
from tests.support.rest import Site

Json = dict[str, Any]


class Counter:
    """The desk behind REST: `root` administers, `alice` is a supervisor, `bob` an agent, `carol` is nobody."""

    def __init__(self) -> None:
        self.office = Office()
        desk = self.office.desks[0]
        self.site = Site(
            self.office.house,
            desk_visitors=DeskVisitors(desk),
            desk_tickets=DeskTickets(desk),
            desk_papers=DeskPapers(desk),
            desk_teams=DeskTeams(desk),
        )

    def of(self, user: str, **caller: Any) -> httpx2.AsyncClient:
        person = Person.__new__(Person)
        person.me = {"id": user, "nick": user}
        return self.site.client(person, **caller)

    def visitor(self, token: str) -> httpx2.AsyncClient:
        client = self.site.client()
        client.headers["Authorization"] = f"Bearer {token}"
        return client


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[Counter, Json]]:
    """With a team, and what the answer to its making said."""
    counter = Counter()
    house = counter.office.house
    tokens = counter.office.desks[0].visitors.tokens
    given = counter.site.tokens.verify

    async def verify(token: str) -> Any:
        return await given(token) or await tokens.verify(token)

    counter.site.tokens.verify = verify  # type: ignore[method-assign]
    for user in ("alice", "bob", "carol"):
        await house.stores.directory.apply([PutUser(User(user, user, guest=False), 1)])
        await house.stores.presence.touch(Availability(user, user))
    root = counter.of("root", admin=True)
    team = (await root.post("/desk/teams", json={"name": "Tea"})).json()
    for user, supervisor in (("alice", True), ("bob", False)):
        wanted = {"teams": [team["id"]], "supervisor": supervisor}
        assert (await root.put(f"/desk/agents/{user}", json=wanted)).status_code == 200
    yield counter, team


async def hello(counter: Counter, team: Json, **fields: Any) -> Json:
    answer = await counter.site.client().post("/desk/hello", json={"team": team["key"], **fields})
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: Json = answer.json()
    return found


async def hear(counter: Counter, visitor: Json) -> None:
    await counter.office.desks[0].listening.listen(visitor["conversation"])
    await counter.office.desks[0].ticking.tick()


async def test_from_hello_to_the_rating() -> None:
    async with opened() as (counter, team):
        alice, bob = counter.of("alice"), counter.of("bob")
        assert (await bob.put("/desk/me", json={"status": "online"})).json()["status"] == "online"
        welcome = await hello(counter, team, name="Li", language="zh-CN", data={"plan": "gold"})
        visitor, place = counter.visitor(welcome["token"]), welcome["conversation"]
        assert (await visitor.get("/desk/matter")).json()["state"] == ""
        sent = await visitor.post(f"/conversations/{place}/messages", json={"text": "人工"})
        assert sent.status_code == 201
        await hear(counter, welcome)
        (ticket,) = (await bob.get("/desk/tickets", params={"state": "ringing"})).json()["tickets"]
        assert (ticket["agent"], ticket["subject"]) == ("bob", "人工")
        path = f"/desk/tickets/{ticket['id']}"
        assert (await alice.post(f"{path}/accept")).status_code == 409
        assert (await bob.post(f"{path}/accept")).json()["state"] == "owned"
        assert (await visitor.get("/desk/matter")).json()["agent"] == "bob"
        assert (await bob.patch(path, json={"labels": ["vip"], "priority": 2})).json()["labels"] == ["vip"]
        assert (await bob.post(f"{path}/whispers", json={"text": "careful"})).status_code == 201
        kinds = [event["kind"] for event in (await alice.get(f"{path}/events")).json()["events"]]
        assert kinds[0] == "opened" and kinds[-1] == "note"
        who = (await bob.get(f"{path}/visitor")).json()
        assert (who["name"], who["data"], len(who["tickets"])) == ("Li", {"plan": "gold"}, 1)
        said = (await alice.get(f"{path}/messages")).json()["entries"]
        assert said[1]["body"]["text"] == "人工"
        assert (await alice.post(f"{path}/take", json={"force": True})).json()["agent"] == "alice"
        assert (await alice.post(f"{path}/transfer", json={"skill": "refund"})).json()["skill"] == "refund"
        assert (await alice.post(f"{path}/resolve")).json()["state"] == "resolved"
        rated = (await visitor.post("/desk/matter/rating", json={"rating": 4})).json()
        assert (rated["state"], rated["rated"]) == ("closed", True)
        report = (await alice.get(f"/desk/teams/{team['id']}/report")).json()["rows"]
        assert (report[0]["opened"], report[0]["rating"], len(report)) == (1, 4.0, 2)
        table = await alice.get(f"/desk/teams/{team['id']}/report.csv")
        assert table.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(table.text.splitlines()) == 3


async def test_papers_are_kept_and_used() -> None:
    async with opened() as (counter, team):
        alice, bob = counter.of("alice"), counter.of("bob")
        path = f"/desk/teams/{team['id']}"
        table = {"content": "question,answer\nOpening hours?,9 to 5\n", "source": "site"}
        assert (await alice.post(f"{path}/knowledge/import", json=table)).json() == {"count": 1}
        (article,) = (await bob.get(f"{path}/knowledge")).json()["articles"]
        welcome = await hello(counter, team)
        visitor, place = counter.visitor(welcome["token"]), welcome["conversation"]
        await visitor.post(f"/conversations/{place}/messages", json={"text": "opening hours"})
        await hear(counter, welcome)
        said = (await visitor.get(f"/conversations/{place}/messages")).json()["entries"][-1]
        assert said["body"]["text"] == "9 to 5\n\n[site]"
        (ticket,) = (await bob.get("/desk/tickets")).json()["tickets"]
        wrong = {"seq": said["seq"]}
        row = (await bob.post(f"/desk/tickets/{ticket['id']}/feedback", json=wrong)).json()
        assert (row["text"], row["origin"], row["intent"]) == ("opening hours", "feedback", "")
        await bob.post(f"/desk/tickets/{ticket['id']}/feedback", json=wrong)
        assert len((await bob.get(f"{path}/training")).json()["examples"]) == 1
        assert (await bob.delete(f"{path}/knowledge/{article['id']}")).status_code == 403
        assert (await alice.delete(f"{path}/knowledge/{article['id']}")).status_code == 204
        assert (await alice.delete(f"{path}/knowledge/{article['id']}")).status_code == 404
        own = {"title": "hi", "text": "Hello {visitor}, I am {agent} {unknown}", "own": True}
        reply = (await bob.post(f"{path}/canned", json=own)).json()
        (ready,) = (await bob.get(f"/desk/tickets/{ticket['id']}/canned")).json()["replies"]
        assert ready["text"] == f"Hello {welcome['nick']}, I am bob {{unknown}}"
        assert (await alice.get(f"{path}/canned")).json() == {"replies": []}
        assert (await bob.delete(f"{path}/canned/{reply['id']}")).status_code == 204


async def test_who_may_not() -> None:
    async with opened() as (counter, team):
        welcome = await hello(counter, team)
        visitor, carol, bob = counter.visitor(welcome["token"]), counter.of("carol"), counter.of("bob")
        path = f"/desk/teams/{team['id']}"
        for client in (visitor, carol):
            for asked in ("/desk/me", "/desk/tickets", "/desk/teams", f"{path}/training", f"{path}/report"):
                assert (await client.get(asked)).status_code == 403, asked
        for asked in (f"{path}/report", f"{path}/report.csv"):
            assert (await bob.get(asked)).status_code == 403
        for client in (bob, carol, visitor):
            assert (await client.post("/desk/teams", json={"name": "x"})).status_code == 403
            assert (await client.put("/desk/agents/carol", json={})).status_code == 403
        for asked in ("/conversations", "/conversations/lobby/messages", "/online", "/search?query=x"):
            assert (await visitor.get(asked)).status_code in (403, 404), asked
        for asked in ("/desk/matter",):
            assert (await bob.get(asked)).status_code == 403
        assert (await bob.get("/desk/teams")).json()["teams"][0]["secret"] == ""


async def test_a_team_says_whose_pages_it_serves() -> None:
    async with opened() as (counter, team):
        root = counter.of("root", admin=True)
        changed = await root.patch(
            f"/desk/teams/{team['id']}",
            json={"sites": ["https://tea.example"], "texts": {"zh.queued": "等等"}},
        )
        assert changed.status_code == 200
        wanted = {"team": team["key"]}
        nobody = counter.site.client()
        evil, good = {"Origin": "https://evil.example"}, {"Origin": "https://tea.example"}
        assert (await nobody.post("/desk/hello", json=wanted, headers=evil)).status_code == 403
        answer = await nobody.post("/desk/hello", json=wanted, headers=good)
        assert answer.status_code == 201
        assert answer.json()["team"]["texts"] == {"zh.queued": "等等"}
        assert (await nobody.post("/desk/hello", json={"team": "tk_none"})).status_code == 404
        for wrong in ({"texts": {"zh.nothing": "x"}}, {"hours": {"zone": "Mars"}}, {"overflow": team["id"]}):
            assert (await root.patch(f"/desk/teams/{team['id']}", json=wrong)).status_code == 400
