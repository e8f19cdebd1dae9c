import pytest

from tests.support.house import House
from tests.support.rest import Site


async def test_what_is_sent_is_heard_and_read() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        site = Site(house)
        async with site.client(alice) as client:
            sent = await client.post("/conversations/lobby/messages", json={"text": "hi"})
            assert sent.status_code == 201
            assert sent.json().keys() == {"conversation", "seq", "message", "at", "duplicate"}
            assert (await bob.event("message"))["body"]["text"] == "hi"
            page = (await client.get("/conversations/lobby/messages", params={"limit": 1})).json()
        assert [entry["body"]["text"] for entry in page["entries"]] == ["hi"]
        assert page["more"] is False


async def test_a_direct_conversation_is_opened_by_nick() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        async with Site(house).client(alice) as client:
            sent = await client.post("/conversations/@bob/messages", json={"text": "psst"})
        event = await bob.event("message")
        assert event["conversation"] == sent.json()["conversation"]


async def test_the_idempotency_key() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Site(house).client(alice) as client:
            path, key = "/conversations/lobby/messages", {"Idempotency-Key": "k"}
            first = (await client.post(path, json={"text": "hi"}, headers=key)).json()
            again = (await client.post(path, json={"text": "hi"}, headers=key)).json()
            other = await client.post(path, json={"text": "ho"}, headers=key)
        assert again == {**first, "duplicate": True}
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


async def test_edit_recall_and_read() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his:
            await hers.post("/conversations/lobby/messages", json={"text": "hi"})
            edited = await hers.patch("/conversations/lobby/messages/1", json={"text": "ho"})
            assert edited.json() == {"seq": 2}
            assert (await his.patch("/conversations/lobby/messages/1", json={"text": "x"})).status_code == 403
            read = await his.post("/conversations/lobby/read", json={"seq": 2})
            assert read.json() == {"seq": 2, "unread": 0, "mentions": 0}
            assert (await hers.delete("/conversations/lobby/messages/1")).json() == {"seq": 3}
            assert (await hers.delete("/conversations/lobby/messages/1")).status_code == 404


@pytest.mark.parametrize(
    ("request_", "detail"),
    [
        ({"json": {}}, "a message needs text or body"),
        ({"json": {"text": "hi", "at": 1795480000000}}, "to send later"),
        ({"json": {"text": "hi", "ephemeral": True}}, "an ephemeral message"),
        ({"json": {"text": 5}}, "body: Expected `str | null`, got `int` - at `$.text`"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, "body: not JSON"),
        (
            {"content": b"text=hi", "headers": {"content-type": "application/x-www-form-urlencoded"}},
            "the body",
        ),
        ({"json": {"text": "hi"}, "headers": {"Idempotency-Key": "k" * 65}}, "header: Expected"),
    ],
)
async def test_a_wrong_request_is_told_what_is_wrong(request_: dict, detail: str) -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Site(house).client(alice) as client:
            answer = await client.post("/conversations/lobby/messages", **request_)
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"
    assert answer.json()["detail"].startswith(detail)


async def test_a_wrong_query_is_told_so() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Site(house).client(alice) as client:
            answer = await client.get("/conversations/lobby/messages", params={"limit": "many"})
    assert (answer.status_code, answer.json()["detail"][:7]) == (400, "query: ")


async def test_who_may_not() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Site(house)
        for headers in ({}, {"Authorization": "Bearer forged"}, {"Authorization": "Basic eDp5"}):
            async with site.client() as nobody:
                answer = await nobody.get("/conversations", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
            assert answer.headers["www-authenticate"] == "Bearer"
        async with site.client(alice, scopes=("messages:write",)) as bot:
            assert (await bot.get("/conversations")).status_code == 403
            sent = await bot.post("/conversations/lobby/messages", json={"text": "beep"})
            assert sent.status_code == 201
