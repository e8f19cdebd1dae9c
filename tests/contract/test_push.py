"""The promises of PushDevices and NotificationBook, by number (ports/push.py)."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.model.accounts import Account, Login, Refresh, Seen
from teahouse.model.errors import StoreUnavailable
from teahouse.model.push import Notifications, PushDevice, PushKind, Quiet
from tests.contract.backends import Store


def device(number: int = 1, user: str = "u-ada", **fields: Any) -> PushDevice:
    given = {
        "id": f"p{number}",
        "user": user,
        "kind": PushKind.WEBPUSH,
        "address": f"https://push.example.net/{number}",
        "grant": f"l-{user}",
        "p256dh": b"\x04" + bytes(64),
        "secret": b"s" * 16,
        "name": "browser",
        "created": 7,
        **fields,
    }
    return PushDevice(**given)


async def log_in(store: Store, user: str = "u-ada", login: str = "") -> None:
    id_ = login or f"l-{user}"
    await store.logins.begin(
        Login(id=id_, user=user, created=1, seen=1, expires=1000), Refresh(id_.encode(), b"secret")
    )


async def of(store: Store, user: str = "u-ada") -> list[PushDevice]:
    return list((await store.push_devices.of([user])).get(user, ()))


async def test_d1_found_at_once_and_after_a_restart(store: Store) -> None:
    await log_in(store)
    await log_in(store, "u-bob")
    phone = device(
        2,
        "u-bob",
        kind=PushKind.APNS,
        address="abc",
        topic="im.example",
        sandbox=True,
        p256dh=b"",
        secret=b"",
    )
    assert await store.push_devices.add(device(), 5) == device()
    assert await store.push_devices.add(phone, 5) == phone
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.push_devices.of(["u-ada", "u-bob", "u-carol"]) == {
            "u-ada": [device()],
            "u-bob": [phone],
        }
    assert await store.push_devices.drop("u-ada", "p2") is False
    assert await store.push_devices.drop("u-bob", "p2") is True
    assert await store.push_devices.drop("u-bob", "p2") is False
    assert await of(store, "u-bob") == []


async def test_d2_the_same_again_is_the_same_device(store: Store) -> None:
    await log_in(store)
    await log_in(store, login="l-2")
    await store.push_devices.add(device(), 5)
    again = device(9, address=device().address, grant="l-2", secret=b"t" * 16, name="new", created=99)
    stored = await store.push_devices.add(again, 1)
    assert stored == replace(again, id="p1", created=7)
    assert await of(store) == [stored]


async def test_d2_an_address_is_the_last_users(store: Store) -> None:
    await log_in(store)
    await log_in(store, "u-bob")
    await store.push_devices.add(device(), 5)
    moved = device(2, "u-bob", address=device().address)
    assert await store.push_devices.add(moved, 5) == moved
    assert await of(store) == []
    assert await of(store, "u-bob") == [moved]


async def test_d3_no_more_than_so_many(store: Store) -> None:
    """D3: also when they come together."""
    await log_in(store)
    stored = await asyncio.gather(*(store.push_devices.add(device(n), 3) for n in range(1, 7)))
    assert [one is not None for one in stored] == [True, True, True, False, False, False]
    assert len(await of(store)) == 3
    assert await store.push_devices.add(device(2, name="renamed"), 3) is not None


async def test_d3_d2_together(store: Store) -> None:
    await log_in(store)
    await log_in(store, "u-bob")
    here = device().address
    one, two, three = await asyncio.gather(
        store.push_devices.add(device(1), 1),
        store.push_devices.add(device(2, "u-bob", address=here), 1),
        store.push_devices.add(device(3), 1),
    )
    assert (one, two, three) == (device(1), device(2, "u-bob", address=here), device(3))
    assert await of(store) == [three]
    assert await of(store, "u-bob") == [two]


async def test_d3_only_for_a_login_that_is_there(store: Store) -> None:
    await log_in(store)
    assert await store.push_devices.add(device(grant="l-other"), 5) is None
    assert await store.push_devices.add(device(grant=""), 5) is None
    assert await of(store) == []


async def test_d4_a_device_goes_with_its_login(store: Store) -> None:
    """D4: logged out, expired, its refresh token used twice, or its user erased."""
    for n, end in enumerate((log_out, expire, reuse, erase)):
        user = f"u-{n}"
        await log_in(store, user)
        await log_in(store, user, f"l-{n}-other")
        await store.push_devices.add(device(n, user), 5)
        await end(store, user)
        assert await of(store, user) == [], end.__name__
        assert user not in await store.push_devices.holders("", 10)
    await log_in(store, "u-9", "l-9-other")
    kept = device(50, "u-9", grant="l-9-other")
    await store.push_devices.add(kept, 5)
    await log_in(store, "u-9")
    await store.push_devices.add(device(51, "u-9"), 5)
    await store.logins.end("u-9", ["l-u-9"])
    assert await of(store, "u-9") == [kept]


async def log_out(store: Store, user: str) -> None:
    await store.logins.end(user)


async def expire(store: Store, user: str) -> None:
    await store.logins.expire(2000)


async def reuse(store: Store, user: str) -> None:
    used = Refresh(f"l-{user}".encode(), b"never was", b"n")
    await store.logins.rotate(used, b"2", Seen(now=20, expires=2000))


async def erase(store: Store, user: str) -> None:
    await store.accounts.create(Account(id=user, name=user, nick=user), "hash")
    await store.erasures.begin(user, 5)
    await store.erasures.forget(user, "deleted")


async def test_d4_a_login_that_ends_while_a_device_comes(store: Store) -> None:
    """D4: whichever is first."""
    for n in range(8):
        user = f"u-{n}"
        await log_in(store, user)
        steps = [store.push_devices.add(device(n, user), 5), store.logins.end(user)]
        await asyncio.gather(*(steps if n % 2 else reversed(steps)))
        assert await of(store, user) == []


async def test_holders_in_order(store: Store) -> None:
    for n, user in enumerate(("u-c", "u-a", "u-b")):
        await log_in(store, user)
        await store.push_devices.add(device(2 * n, user), 5)
        await store.push_devices.add(device(2 * n + 1, user), 5)
    assert await store.push_devices.holders("", 2) == ["u-a", "u-b"]
    assert await store.push_devices.holders("u-b", 2) == ["u-c"]


async def test_n1_n2_wishes(store: Store) -> None:
    night = Notifications(False, Quiet("22:00", "07:00", "Asia/Shanghai"))
    await store.notifications.wish("u-ada", night)
    await store.notifications.wish("u-bob", night)
    await store.notifications.wish("u-bob", Notifications())
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.notifications.wishes(["u-ada", "u-bob", "u-carol"]) == {
            "u-ada": night,
            "u-bob": Notifications(),
        }
    await erase(store, "u-ada")
    assert await store.notifications.wishes(["u-ada"]) == {}


async def test_a_store_that_cannot_write_keeps_what_it_has(store: Store) -> None:
    await log_in(store)
    await store.push_devices.add(device(), 5)
    await store.writable(False)
    for attempt in (
        store.push_devices.add(device(2), 5),
        store.push_devices.drop("u-ada", "p1"),
        store.notifications.wish("u-ada", Notifications(False)),
    ):
        with pytest.raises(StoreUnavailable):
            await attempt
    await store.writable(True)
    assert await of(store) == [device()]
