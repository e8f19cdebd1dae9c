from typing import Any

import pytest

from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.schedules import Schedules
from teahouse.gateways.rest.sights import Sights
from teahouse.gateways.rest.streams import Streams
from tests.support.house import House
from tests.support.rest import Site
from tests.support.stage import StageClock


def site_of(house: House) -> Site:
    ask = Ask(house.engine)
    return Site(house, sight=Sights(ask), schedules=Schedules(ask), streams=Streams(ask))


async def test_threads_forwards_and_quotes() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        path = "/conversations/lobby/messages"
        async with site_of(house).client(alice) as client:
            await client.post(path, json={"text": "root"})
            reply = await client.post(path, json={"text": "re", "thread": 1, "reply_to": 1})
            assert reply.status_code == 201
            forwarded = await client.post(path, json={"forward": [{"conversation": "lobby", "seq": 1}]})
            assert forwarded.status_code == 201
            page = (await client.get(path, params={"thread": 1, "quotes": "true"})).json()["entries"]
            assert [(e["seq"], e["quote"]["text"]) for e in page] == [(2, "root")]
            assert (await client.post(path, json={"text": "x", "thread": 99})).status_code == 404


async def test_pins_readers_hide_and_clear() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        site = site_of(house)
        async with site.client(alice) as hers, site.client(bob) as his:
            sent = await hers.post("/conversations/@bob/messages", json={"text": "hi"})
            base = f"/conversations/{sent.json()['conversation']}"
            await alice.ask("pin", conversation=sent.json()["conversation"], seq=1)
            pins = (await his.get(f"{base}/pins")).json()["entries"]
            assert [entry["seq"] for entry in pins] == [1]
            await his.post(f"{base}/read", json={"seq": 1})
            readers = (await hers.get(f"{base}/messages/1/readers")).json()
            assert [reader["nick"] for reader in readers["readers"]] == ["bob"]
            (mark,) = (await hers.get(f"{base}/receipts")).json()["receipts"]
            assert (mark["user"], mark["delivered"], mark["read"]) == (bob.me["id"], 1, 1)
            assert (await his.post(f"{base}/hide", json={"seqs": [1]})).json() == {}
            assert (await his.get(f"{base}/messages")).json()["entries"][0]["hidden"] is True
            assert (await his.post(f"{base}/clear", json={})).json() == {}
            assert (await his.get(f"{base}/messages")).json()["entries"] == []
            assert len((await hers.get(f"{base}/messages")).json()["entries"]) == 2
            assert (await his.put(f"{base}/expiry", json={"expires_s": 60})).json() == {"seq": 3}
            wishes = "/users/me/preferences"
            assert (await his.patch(wishes, json={"receipts": False})).json() == {"receipts": False}
            assert (await his.get(wishes)).json() == {"receipts": False}


async def test_scheduled_messages() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, eve = await house.guest("alice"), await house.guest("eve")
        site = site_of(house)
        later = {"text": "hi", "at": clock.now() + 5000}
        async with site.client(alice) as hers, site.client(eve) as others:
            made = await hers.post("/conversations/lobby/scheduled", json=later)
            assert made.status_code == 201
            path = f"/scheduled/{made.json()['schedule']}"
            assert (await hers.get("/scheduled")).json() == {"schedules": [made.json()]}
            assert (await others.delete(path)).status_code == 404
            assert (await others.patch(path, json={"text": "mine"})).status_code == 404
            assert (await others.get("/scheduled")).json() == {"schedules": []}
            assert (await hers.patch(path, json={"text": "ho"})).json()["body"]["text"] == "ho"
            assert (await hers.delete(path)).status_code == 204
            assert (await hers.delete(path)).status_code == 404


async def test_streams_are_for_bots() -> None:
    async with House() as house:
        alice, bot = await house.guest("alice"), await house.guest("bot")
        site = site_of(house)
        base = "/conversations/lobby/streams"
        async with site.client(bot, scopes=("stream",)) as bots, site.client(alice) as hers:
            assert (await hers.post(base, json={})).status_code == 403
            begun = await bots.post(base, json={"append": "Tea "})
            assert begun.status_code == 201
            path = f"/streams/{begun.json()['stream']}"
            assert (await bots.post(path, json={"append": "is "})).json()["length"] == 7
            assert (await hers.post(path, json={"append": "bad"})).status_code == 403
            sent = await bots.post(f"{path}/finish", json={"append": "ready."})
            assert sent.json()["seq"] == 1
            assert (await bots.post(path, json={"append": "more"})).status_code == 404
        assert (await alice.event("message"))["body"]["text"] == "Tea is ready."


ENDPOINTS: list[tuple[str, str, Any]] = [
    ("GET", "{c}/pins", None),
    ("GET", "{c}/messages/1/readers", None),
    ("GET", "{c}/receipts", None),
    ("POST", "{c}/hide", {"seqs": [1]}),
    ("POST", "{c}/clear", {}),
    ("PUT", "{c}/expiry", {"expires_s": 1}),
    ("POST", "{c}/scheduled", {"text": "x", "at": 2**52}),
    ("POST", "{c}/messages", {"text": "x", "thread": 1}),
    ("GET", "{c}/messages?thread=1", None),
    ("POST", "lobby/messages", {"forward": [{"conversation": "{c}", "seq": 1}]}),
]


@pytest.mark.parametrize(("method", "path", "body"), ENDPOINTS, ids=lambda value: str(value)[:30])
async def test_strangers_learn_nothing(method: str, path: str, body: Any) -> None:
    """The same answer for a conversation that is not theirs and for one that is not there."""
    async with House() as house:
        alice, eve = await house.guest("alice"), await house.guest("eve")
        c = (await alice.ask("create", kind="group"))["conversation"]
        await alice.ask("send", to=c, text="secret")
        async with site_of(house).client(eve) as client:
            answers = []
            for conversation in (c, "c" + "0" * 32):
                sent = str(body).replace("{c}", conversation) if body else ""
                where = f"/conversations/{path.replace('{c}', conversation)}"
                json = eval(sent) if sent else None  # noqa: S307 - made of the constants above
                answer = await client.request(method, where, json=json)
                answers.append((answer.status_code, answer.json()["code"]))
        assert answers == [(404, "not_found")] * 2
