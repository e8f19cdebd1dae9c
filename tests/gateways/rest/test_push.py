"""Push over REST: whose devices they are, what is never shown, and how one wants to be told."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from teahouse.gateways.rest.push import PushResource
from teahouse.model.push import PushKind
from teahouse.ports.push import DeviceGone, TryLater
from tests.support.house import House, Person
from tests.support.push import Bells
from tests.support.push_services import Browser
from tests.support.rest import Site

BROWSER = Browser("https://push.example.net")
PHONE = {"kind": "fcm", "token": "registration-token-1", "name": "phone"}


def subscription(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "webpush",
        "endpoint": BROWSER.endpoint,
        "keys": BROWSER.keys,
        "name": "Firefox",
        **fields,
    }


class Served:
    """A site with push. `pusher` notes what is sent."""

    def __init__(self, house: House, bells: Bells) -> None:
        book = house.engine.push_book
        assert book is not None
        self.house = house
        self.bells = bells
        self.pusher = bells.pusher
        self.site = Site(house, push=PushResource(book))

    def client(self, person: Person, **caller: Any) -> Any:
        grant = self.bells.log_in(person.me["id"])
        return self.site.client(person, **{"grant": grant, **caller})


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    house = House()
    bells = Bells(house.store)
    async with House(house.store, push=bells.stores) as house:
        yield Served(house, bells)


async def test_register_see_and_forget(served: Served) -> None:
    alice = await served.house.guest("alice")
    async with served.client(alice) as client:
        assert (await client.get("/users/me/push")).json() == {"vapid_key": "BPublicKey", "devices": []}
        answer = await client.post("/users/me/push", json=subscription())
        assert answer.status_code == 201
        browser = answer.json()
        assert browser == {
            "id": browser["id"],
            "kind": "webpush",
            "name": "Firefox",
            "created": browser["created"],
        }
        again = await client.post("/users/me/push", json=subscription(name="Firefox at work"))
        assert again.json() == {**browser, "name": "Firefox at work"}
        phone = (await client.post("/users/me/push", json=PHONE)).json()
        listed = await client.get("/users/me/push")
        assert listed.json()["devices"] == [again.json(), phone]
        for secret in (BROWSER.endpoint, BROWSER.keys["auth"], BROWSER.keys["p256dh"], PHONE["token"]):
            assert secret not in listed.text + again.text
        assert (await client.delete(f"/users/me/push/{phone['id']}")).status_code == 204
        assert (await client.delete(f"/users/me/push/{phone['id']}")).status_code == 404
        assert (await client.get("/users/me/push")).json()["devices"] == [again.json()]
    (stored,) = (await served.bells.devices.of([alice.me["id"]]))[alice.me["id"]]
    assert (stored.p256dh, stored.secret, stored.address) == (
        BROWSER.p256dh,
        BROWSER.secret,
        BROWSER.endpoint,
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "pigeon"},
        {"kind": "webpush"},
        subscription(token="x" * 20),
        subscription(endpoint="http://push.example.net/1"),
        subscription(endpoint="https://push.example.net/a b"),
        subscription(keys={"p256dh": "?", "auth": "AAAA"}),
        subscription(name="x" * 81),
        {"kind": "fcm"},
        {"kind": "fcm", "token": "short"},
        {"kind": "fcm", "token": "x" * 5000},
        {**PHONE, "endpoint": BROWSER.endpoint},
        {"kind": "apns", "token": "ab" * 32, "keys": BROWSER.keys},
        {"kind": "apns", "token": 7},
    ],
)
async def test_what_is_no_registration(served: Served, body: Any) -> None:
    async with served.client(await served.house.guest("alice")) as client:
        answer = await client.post("/users/me/push", json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_a_service_that_is_not_set_up(served: Served) -> None:
    served.bells.stores.pushers.pop(PushKind.APNS)  # type: ignore[attr-defined]
    async with served.client(await served.house.guest("alice")) as client:
        answer = await client.post("/users/me/push", json={"kind": "apns", "token": "ab" * 32})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_strangers_and_those_without_a_login(served: Served) -> None:
    alice, mallory = await served.house.guest("alice"), await served.house.guest("mallory")
    async with served.client(alice) as client, served.client(mallory) as stranger:
        device = (await client.post("/users/me/push", json=PHONE)).json()["id"]
        assert (await stranger.delete(f"/users/me/push/{device}")).status_code == 404
        assert (await stranger.post("/users/me/push/test", json={"id": device})).status_code == 404
        assert (await stranger.get("/users/me/push")).json()["devices"] == []
        assert len((await client.get("/users/me/push")).json()["devices"]) == 1
    async with served.client(alice, grant="") as without:
        assert (await without.post("/users/me/push", json=PHONE)).status_code == 403
    async with served.client(alice, scopes=("messages:read",)) as bot:
        for path in ("/users/me/push", "/users/me/notifications"):
            assert (await bot.get(path)).status_code == 403
    async with served.site.client() as nobody:
        assert (await nobody.get("/users/me/push")).status_code == 401
    assert served.pusher.taken == []


async def test_so_many_devices_and_no_more(served: Served) -> None:
    async with served.client(await served.house.guest("alice")) as client:
        for n in range(20):
            assert (await client.post("/users/me/push", json={**PHONE, "token": f"token-{n:012}"})).is_success
        answer = await client.post("/users/me/push", json={**PHONE, "token": "one-too-many-1234"})
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


async def test_a_try(served: Served) -> None:
    async with served.client(await served.house.guest("alice")) as client:
        assert (await client.post("/users/me/push/test", json={})).json() == {"devices": []}
        one = (await client.post("/users/me/push", json=PHONE)).json()["id"]
        two = (await client.post("/users/me/push", json=subscription())).json()["id"]
        answer = await client.post("/users/me/push/test", json={"id": two})
        assert answer.json() == {"devices": [{"id": two, "sent": True, "why": ""}]}
        assert [(device, notice.type) for device, notice in served.pusher.taken] == [(two, "test")]
        served.pusher.trouble = [TryLater("fcm: 503 from fcm.googleapis.com"), DeviceGone()]
        first, second = (await client.post("/users/me/push/test", json={})).json()["devices"]
        assert first == {"id": one, "sent": False, "why": "fcm: 503 from fcm.googleapis.com"}
        assert (second["sent"], "forgotten" in second["why"]) == (False, True)
        assert [d["id"] for d in (await client.get("/users/me/push")).json()["devices"]] == [one]
        tries = [await client.post("/users/me/push/test", json={}) for _ in range(10)]
        assert tries[-1].status_code == 429  # each try makes the server call somebody


async def test_wishes(served: Served) -> None:
    night = {"start": "22:00", "end": "07:00", "zone": "Asia/Shanghai"}
    async with served.client(await served.house.guest("alice")) as client:
        path = "/users/me/notifications"
        assert (await client.get(path)).json() == {"preview": True, "quiet": None}
        assert (await client.patch(path, json={"quiet": night})).json() == {"preview": True, "quiet": night}
        assert (await client.patch(path, json={"preview": False})).json() == {
            "preview": False,
            "quiet": night,
        }
        assert (await client.get(path)).json() == {"preview": False, "quiet": night}
        assert (await client.patch(path, json={"quiet": None})).json() == {"preview": False, "quiet": None}
        assert (await client.patch(path, json={})).json() == {"preview": False, "quiet": None}
        for wrong in (
            {"zone": "Middle/Earth"},
            {"zone": "../../etc/passwd"},
            {"zone": "/etc/localtime"},
            {"zone": "Europe"},
            {"zone": "x" * 65},
            {"zone": "a\0b"},
            {"start": "24:00"},
            {"start": "9:00"},
            {"end": "07:60"},
            {"end": "22:00"},
            {"end": "07:00\n"},
        ):
            answer = await client.patch(path, json={"quiet": {**night, **wrong}})
            assert (answer.status_code, answer.json()["code"]) == (400, "bad_request"), wrong
        assert (await client.get(path)).json()["quiet"] is None
