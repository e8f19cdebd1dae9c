"""Outgoing webhooks over REST: whose they are, what is never shown, and what may be asked of them."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from teahouse.gateways.rest.outlets import ConversationOutlets, ServerOutlets
from tests.support.house import House, Person
from tests.support.receiver import outgoing_stores
from tests.support.rest import Site

Json = dict[str, Any]
URL = "https://example.org/teahouse"
ADMIN = "/admin/outgoing-webhooks"


class Town:
    """A site with outgoing webhooks, and alice, who owns a group."""

    def __init__(self, house: House) -> None:
        book = house.engine.outlets
        assert book is not None
        self.house = house
        self.site = Site(house, outlets=ConversationOutlets(book), server=ServerOutlets(book))

    async def move_in(self) -> None:
        self.alice = await self.house.guest("alice")
        self.group = (await self.alice.ask("create", kind="group", title="Tea"))["conversation"]
        self.path = f"/conversations/{self.group}/outgoing-webhooks"
        self.client = self.site.client(self.alice)

    async def stranger(self, nick: str) -> Person:
        return await self.house.guest(nick)

    async def make(self, **fields: Any) -> Json:
        answer = await self.client.post(self.path, json={"url": URL, **fields})
        assert answer.status_code == 201, answer.text
        assert answer.headers["cache-control"] == "no-store"
        made: Json = answer.json()
        return made


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    house = House()
    async with House(house.store, outgoing=outgoing_stores(house.store, http=False)) as house:
        town = Town(house)
        await town.move_in()
        async with town.client:
            yield town


async def test_made_seen_changed_and_dropped(town: Town) -> None:
    made = await town.make(name="Archive", kinds=["message"])
    row, secret = made["webhook"], made["secret"]
    assert secret.startswith("whs_") and len(secret) > 40
    assert (row["url"], row["name"], row["kinds"], row["paused"]) == (URL, "Archive", ["message"], "")
    listed = await town.client.get(town.path)
    assert listed.json() == {"webhooks": [row]} and secret not in listed.text
    path = f"{town.path}/{row['id']}"
    changed = await town.client.patch(path, json={"kinds": [], "url": URL + "/2"})
    assert (changed.json()["kinds"], changed.json()["url"], changed.json()["name"]) == (
        [],
        URL + "/2",
        "Archive",
    )
    assert (await town.client.get(path)).json() == changed.json()
    turned = (await town.client.post(f"{path}/secret")).json()
    assert turned["secret"] not in ("", secret)
    assert (await town.client.put(f"{path}/paused", json={"paused": True})).json()["paused"] == "by hand"
    refused = await town.client.post(f"{path}/replay", json={"after": 1})
    assert refused.status_code == 409
    assert (await town.client.put(f"{path}/paused", json={"paused": False})).json()["paused"] == ""
    assert (await town.client.delete(path)).status_code == 204
    assert (await town.client.get(path)).status_code == 404
    actions = [one.record.action for one in town.house.store.audit]
    assert actions == [
        f"outlet.{what}" for what in ("created", "changed", "turned", "paused", "resumed", "dropped")
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "http://example.org/"},
        {"url": "https://user:pass@example.org/"},
        {"url": "ftp://example.org/"},
        {"url": "https://example.org/a b"},
        {"url": URL, "kinds": ["whisper"]},
        {"url": URL, "name": "x" * 81},
    ],
)
async def test_bad_settings_are_refused(town: Town, body: Json) -> None:
    assert (await town.client.post(town.path, json=body)).status_code == 400


@pytest.mark.parametrize(
    "body",
    [{}, {"after": 1, "since": 5}, {"after": -1}, {"since": "soon"}, {"after": 1, "conversation": "lobby"}],
)
async def test_a_replay_needs_one_range(town: Town, body: Json) -> None:
    path = f"{town.path}/{(await town.make())['webhook']['id']}/replay"
    assert (await town.client.post(path, json=body)).status_code == 400
    assert (await town.client.post(path, json={"after": 3})).status_code == 202


async def test_strangers_and_members_reach_nothing(town: Town) -> None:
    row = (await town.make())["webhook"]
    bob, carol = await town.stranger("bob"), await town.stranger("carol")
    await town.alice.ask("invite", conversation=town.group, users=["@carol"])
    paths = [("GET", ""), ("POST", ""), *((m, f"/{row['id']}") for m in ("GET", "PATCH", "DELETE"))]
    paths += [
        ("POST", f"/{row['id']}/secret"),
        ("POST", f"/{row['id']}/replay"),
        ("PUT", f"/{row['id']}/paused"),
    ]
    bodies: dict[str, Json] = {"POST": {"url": URL, "after": 1}, "PATCH": {}, "PUT": {"paused": True}}
    for person, status in ((bob, 404), (carol, 403)):
        async with town.site.client(person) as client:
            for method, rest in paths:
                answer = await client.request(method, town.path + rest, json=bodies.get(method))
                assert answer.status_code == status, (method, rest, answer.text)
            assert (await client.get(ADMIN)).status_code == 403
    async with town.site.client(bob, scopes=("messages:read",)) as client:
        assert (await client.get(town.path)).status_code == 403


async def test_one_of_another_conversation_is_not_there(town: Town) -> None:
    row = (await town.make())["webhook"]
    bob = await town.stranger("bob")
    group = (await bob.ask("create", kind="group", title="Milk"))["conversation"]
    async with town.site.client(bob) as client:
        path = f"/conversations/{group}/outgoing-webhooks/{row['id']}"
        for method, rest in (("GET", ""), ("DELETE", ""), ("POST", "/secret")):
            assert (await client.request(method, path + rest)).status_code == 404


async def test_a_conversation_has_at_most_so_many(town: Town) -> None:
    for _ in range(20):
        await town.make()
    assert (await town.client.post(town.path, json={"url": URL})).status_code == 409


async def admin(town: Town) -> httpx2.AsyncClient:
    return town.site.client(await town.house.guest("root"), admin=True)


async def test_a_test_delivery(town: Town) -> None:
    """By owners of their own, by administrators of any, by nobody else."""
    path = f"{town.path}/{(await town.make(url='https://127.0.0.1:1/'))['webhook']['id']}/test"
    answer = await town.client.post(path)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["delivered"], told["status"], told["answer"]) == (False, 0, "")
    assert told["why"] == "nobody answered there, or not in time" and told["took_ms"] >= 0
    assert (await town.client.post(f"{town.path}/o-none/test")).status_code == 404
    async with town.site.client(await town.stranger("eve")) as eve:
        assert (await eve.post(path)).status_code in (403, 404)


async def test_administrators_make_those_of_the_server_and_see_all(town: Town) -> None:
    theirs = (await town.make())["webhook"]
    async with await admin(town) as root:
        made = (await root.post(ADMIN, json={"url": URL, "conversations": ["lobby"]})).json()
        mine = made["webhook"]
        assert (mine["conversation"], mine["conversations"]) == ("", ["lobby"])
        first = (await root.get(ADMIN, params={"limit": 1})).json()
        assert (first["webhooks"], first["more"]) == ([theirs], True)
        second = (await root.get(ADMIN, params={"after": theirs["id"]})).json()
        assert second == {"webhooks": [mine], "more": False}
        changed = await root.patch(f"{ADMIN}/{mine['id']}", json={"conversations": []})
        assert changed.json()["conversations"] == []
        assert (await root.post(f"{ADMIN}/{mine['id']}/secret")).json()["secret"] != made["secret"]
        assert (await root.post(f"{ADMIN}/{mine['id']}/replay", json={"after": 1})).status_code == 400
        assert (await root.post(f"{ADMIN}/{mine['id']}/replay", json={"since": 1})).status_code == 202
        elsewhere = await root.post(
            f"{ADMIN}/{theirs['id']}/replay", json={"after": 1, "conversation": "lobby"}
        )
        assert elsewhere.status_code == 404
        assert (await root.patch(f"{ADMIN}/{theirs['id']}", json={"url": URL})).status_code == 403
        assert (await root.post(f"{ADMIN}/{theirs['id']}/secret")).status_code == 403
        paused = await root.put(f"{ADMIN}/{theirs['id']}/paused", json={"paused": True})
        assert paused.json()["paused"] == "by hand"
        assert (await root.delete(f"{ADMIN}/{theirs['id']}")).status_code == 204
    assert (await town.client.get(town.path)).json() == {"webhooks": []}


async def test_only_administrators_where_owners_may_not(town: Town) -> None:
    store = town.house.store
    async with House(store, outgoing=outgoing_stores(store, by_owners=False)) as house:
        other = Town(house)
        await other.move_in()
        async with other.client as client:
            assert (await client.post(other.path, json={"url": URL})).status_code == 403
        async with await admin(other) as root:
            assert (await root.post(ADMIN, json={"url": URL})).status_code == 201
