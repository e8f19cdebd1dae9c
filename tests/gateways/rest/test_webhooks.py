from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from teahouse.backends.memory.audit import MemoryAudit
from teahouse.engine.options import EngineOptions
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.webhooks import Addresses, Webhooks
from teahouse.model.audit import Search
from tests.support.house import House, Person, limitless
from tests.support.rest import Site


@asynccontextmanager
async def tea(options: EngineOptions | None = None) -> AsyncIterator[tuple[Site, Person, Person, str]]:
    """A site, alice who owns a group, bob who is in it, and its id."""
    async with House(options=options or limitless(posts_per_s=0)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        made = await alice.ask("create", kind="group", title="Tea", members=["@bob"])
        stores = house.engine._stores
        assert stores.hooks is not None
        addresses = Addresses(house.engine, stores.hooks, stores.clock)
        site = Site(house, webhooks=Webhooks(Ask(house.engine)), hooks=addresses)
        yield site, alice, bob, made["conversation"]


async def make(client: Any, conversation: str, **fields: Any) -> Any:
    answer = await client.post(f"/conversations/{conversation}/webhooks", json={"nick": "CI", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_what_is_posted_is_a_message() -> None:
    async with tea() as (site, alice, bob, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        assert made["url"] == f"http://chat.example.org/api/v1/hooks/{made['token']}"
        posted = await anybody.post(made["url"], json={"text": "green, @bob", "nick": "Build 7"})
        assert posted.status_code == 200, posted.text
        event = await bob.event("message", conversation=group)
        assert posted.json()["seq"] == event["seq"]
        assert event["sender"] == {"id": made["webhook"]["id"], "nick": "CI"}
        assert event["webhook"] == {"id": made["webhook"]["id"], "nick": "Build 7"}
        assert (event["bot"], event["mentions"]) == (True, [bob.me["id"]])
        card = {"type": "card", "title": "Built", "x": 1}
        await anybody.post(made["url"], json={"body": card})
        assert (await bob.event("message"))["body"] == card
        untitled = await anybody.post(made["url"], json={"body": {"type": "card", "x": 1}})
        assert untitled.status_code == 400


async def test_what_is_posted_expires_like_everything_there() -> None:
    async with tea() as (site, alice, bob, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        await alice.ask("expire", conversation=group, expires_s=60)
        await anybody.post(made["url"], json={"text": "green"})
        event = await bob.event("message")
        assert event["expires_s"] == 60
        assert [(job.seq, job.due) for job in site.house.store.jobs.values()] == [
            (event["seq"], event["at"] + 60_000)
        ]


async def test_a_key_makes_it_idempotent() -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        other = await make(hers, group, style="github")
        key = {"Idempotency-Key": "k"}
        first = (await anybody.post(made["url"], json={"text": "x"}, headers=key)).json()
        assert (await anybody.post(made["url"], json={"text": "x"}, headers=key)).json() == {
            **first,
            "duplicate": True,
        }
        assert (await anybody.post(made["url"], json={"text": "y"}, headers=key)).status_code == 409
        ping = {"repository": {"full_name": "tea/house"}, "zen": "Steep."}
        github = {"X-GitHub-Event": "ping", "X-GitHub-Delivery": "72d3162e"}
        answers = [(await anybody.post(other["url"], json=ping, headers=github)).json() for _ in "ab"]
        assert [answer["duplicate"] for answer in answers] == [False, True]


async def test_a_template_says_any_payload() -> None:
    async with tea() as (site, alice, bob, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group, style="template", template="{{ alert.title }} ({{ n }})")
        await anybody.post(made["url"], json={"alert": {"title": "Cold\npot"}, "n": 3})
        assert (await bob.event("message"))["body"]["text"] == "Cold pot (3)"
        empty = await make(hers, group, style="template", template="{{ x }}")
        assert (await anybody.post(empty["url"], json={})).json() == {}


async def test_only_owner_and_admins_keep_webhooks() -> None:
    async with tea() as (site, alice, bob, group):
        mallory = await site.house.guest("mallory")
        async with site.client(alice) as hers, site.client(bob) as his, site.client(mallory) as theirs:
            made = await make(hers, group)
            path = f"/conversations/{group}/webhooks"
            one = f"{path}/{made['webhook']['id']}"
            asked = (
                ("GET", path, None),
                ("POST", path, {"nick": "x"}),
                ("POST", f"{one}/token", None),
                ("DELETE", one, None),
            )
            for method, where, body in asked:
                assert (await his.request(method, where, json=body)).status_code == 403
                assert (await theirs.request(method, where, json=body)).status_code == 404
            mine = (await theirs.post("/conversations", json={"kind": "group"})).json()["conversation"]
            for method, where, _ in asked[2:]:
                assert (await theirs.request(method, where.replace(group, mine))).status_code == 404
            async with site.client(alice, scopes=("conversations:write", "messages:write")) as bot:
                for method, where, body in asked:
                    assert (await bot.request(method, where, json=body)).status_code == 403
            listed = await hers.get(path)
            assert [hook["id"] for hook in listed.json()["webhooks"]] == [made["webhook"]["id"]]
            assert made["token"] not in listed.text


async def test_a_turned_or_dropped_address_leads_nowhere() -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        one = f"/conversations/{group}/webhooks/{made['webhook']['id']}"
        turned = (await hers.post(f"{one}/token")).json()
        assert (await anybody.post(made["url"], json={"text": "x"})).status_code == 404
        assert (await anybody.post(turned["url"], json={"text": "x"})).status_code == 200
        assert (await hers.delete(one)).status_code == 204
        assert (await anybody.post(turned["url"], json={"text": "x"})).status_code == 404
        assert (await hers.delete(one)).status_code == 404
        found = await MemoryAudit(site.house.store).page(Search(action="webhook"), 2**53, 9)
        assert [one.record.action for one in found] == [
            "webhook.dropped",
            "webhook.turned",
            "webhook.created",
        ]
        assert made["token"] not in str(found)


async def test_guesses_lead_nowhere_and_soon_have_to_wait() -> None:
    async with tea() as (site, *_), site.client() as anybody:
        answers = [await anybody.post(f"/hooks/wh_guess{n}", json={"text": "x"}) for n in range(30)]
        assert {answer.status_code for answer in answers} == {404, 429}
        assert answers[-1].headers["retry-after"]


async def test_each_webhook_has_a_rate() -> None:
    limits = limitless(posts_per_s=0.001, posts_burst=3)
    async with (
        tea(limits) as (site, alice, _, group),
        site.client(alice) as hers,
        site.client() as anybody,
    ):
        made, other = await make(hers, group), await make(hers, group)
        codes = [(await anybody.post(made["url"], json={"text": "x"})).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        assert (await anybody.post(other["url"], json={"text": "x"})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": 5},
        {"text": "x", "body": {"type": "text", "text": "y"}},
        {"body": {"no": "type"}},
        {"text": "x", "nick": "x" * 65},
        {"text": "x", "nick": "a\u202eb"},
        {"text": "x", "avatar": "javascript:alert(1)"},
        {"text": "x", "avatar": 'https://x/"onerror='},
        [],
    ],
)
async def test_bad_input(body: Any) -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        answer = await anybody.post(made["url"], json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_a_text_too_large_and_a_body_of_no_json() -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        large = await anybody.post(made["url"], json={"text": "x" * 16_385})
        assert (large.status_code, large.json()["code"]) == (413, "too_large")
        form = await anybody.post(made["url"], data={"payload": "{}"})
        assert form.status_code == 400


@pytest.mark.parametrize(
    "wanted",
    [
        {"style": "template"},
        {"style": "template", "template": "{{ a }} {{"},
        {"template": "{{ a }}"},
        {"style": "python"},
        {"avatar": "http://x"},
        {"nick": "no spaces"},
    ],
)
async def test_webhooks_that_cannot_be(wanted: dict[str, str]) -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers:
        refused = await hers.post(f"/conversations/{group}/webhooks", json={"nick": "CI", **wanted})
        assert refused.status_code == 400


async def test_not_in_a_direct_conversation_and_not_too_many() -> None:
    async with tea() as (site, alice, _, group), site.client(alice) as hers:
        direct = (await hers.post("/conversations/@bob/messages", json={"text": "x"})).json()["conversation"]
        refused = await hers.post(f"/conversations/{direct}/webhooks", json={"nick": "CI"})
        assert refused.status_code in (400, 403)
        for _ in range(20):
            await make(hers, group)
        assert (await hers.post(f"/conversations/{group}/webhooks", json={"nick": "CI"})).status_code == 409


async def test_a_conversation_everybody_left_has_no_webhooks() -> None:
    async with tea() as (site, alice, bob, group), site.client(alice) as hers, site.client() as anybody:
        made = await make(hers, group)
        await bob.ask("leave", conversation=group)
        await alice.ask("leave", conversation=group)
        assert (await anybody.post(made["url"], json={"text": "x"})).status_code == 404
