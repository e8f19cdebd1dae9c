"""The promises of Logins, by number (ports/accounts.py)."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.model.accounts import Login, Outcome, Refresh, Rotation, Seen
from teahouse.model.errors import StoreUnavailable
from tests.contract.backends import Store

PHONE = Login(id="l-1", user="u-ada", device="phone", address="192.0.2.7", created=10, seen=10, expires=1000)


async def begin(store: Store, *ids: str, user: str = "u-ada") -> None:
    for id_ in ids:
        await store.logins.begin(replace(PHONE, id=id_, user=user), Refresh(f"f-{id_}".encode(), b"1"))


async def use(store: Store, secret: bytes, to: bytes, now: int = 20, **seen: Any) -> Rotation | None:
    """Use a secret of l-1; the nonce that leads to `to` is `n-<to>`."""
    given = {"expires": 2000, "address": "192.0.2.8", "grace_ms": 5, **seen}
    return await store.logins.rotate(Refresh(b"f-l-1", secret, b"n-" + to), to, Seen(now=now, **given))


async def test_g1_a_login_is_found_until_it_expires(store: Store) -> None:
    """G1: at once, and after a restart."""
    await begin(store, "l-1")
    if store.reopen is not None:
        await store.reopen()
    assert await store.logins.find("l-1", 999) == PHONE
    assert await store.logins.find("l-1", 1000) is None
    assert await store.logins.find("l-2", 0) is None


async def test_g1_a_login_takes_another_name(store: Store) -> None:
    await begin(store, "l-1")
    assert await store.logins.rename("l-1", "desk") == replace(PHONE, device="desk")
    assert await store.logins.find("l-1", 20) == replace(PHONE, device="desk")
    assert await store.logins.rename("l-9", "desk") is None


async def test_g1_all_logins_of_a_user(store: Store) -> None:
    """In order of id; not those of others, nor those that expired."""
    await begin(store, "l-2", "l-1")
    await begin(store, "l-3", user="u-bob")
    assert [login.id for login in await store.logins.of("u-ada", 20)] == ["l-1", "l-2"]
    assert await store.logins.of("u-ada", 1000) == []
    assert await store.logins.of("u-nobody", 0) == []


async def test_g2_the_secret_that_holds_is_replaced(store: Store) -> None:
    """G2: again and again; the login lasts longer, and notes from where."""
    await begin(store, "l-1")
    login = replace(PHONE, seen=20, expires=2000, address="192.0.2.8")
    assert await use(store, b"1", b"2") == Rotation(Outcome.ROTATED, login, b"n-2")
    if store.reopen is not None:
        await store.reopen()
    assert await use(store, b"2", b"3") == Rotation(Outcome.ROTATED, login, b"n-3")
    assert await store.logins.find("l-1", 1999) == login


async def test_g3_whoever_lost_the_answer_asks_again(store: Store) -> None:
    """G3: for a while the secret before gives what led to the one that holds; nothing changes."""
    await begin(store, "l-1")
    await use(store, b"1", b"2", now=20)
    if store.reopen is not None:
        await store.reopen()
    repeated = await use(store, b"1", b"x", now=25, expires=9000)
    assert repeated is not None
    assert (repeated.outcome, repeated.nonce, repeated.login.expires) == (Outcome.REPEATED, b"n-2", 2000)
    following = await use(store, b"2", b"3", now=26)
    assert following is not None and following.outcome is Outcome.ROTATED


async def test_g3_two_at_once_get_the_same(store: Store) -> None:
    await begin(store, "l-1")
    both = await asyncio.gather(use(store, b"1", b"2"), use(store, b"1", b"x"))
    assert [(r.outcome, r.nonce) for r in both if r is not None] == [
        (Outcome.ROTATED, b"n-2"),
        (Outcome.REPEATED, b"n-2"),
    ]


@pytest.mark.parametrize(("secret", "now"), [(b"2", 36), (b"1", 30), (b"never", 30), (b"", 30)])
async def test_g4_an_old_secret_ends_the_login(store: Store, secret: bytes, now: int) -> None:
    """G4: too late, older than the one before, or one that never was: somebody has what they should not have."""
    await begin(store, "l-1", "l-2")
    await use(store, b"1", b"2", now=20)
    await use(store, b"2", b"3", now=30)
    reused = await use(store, secret, b"x", now=now)
    assert reused is not None and (reused.outcome, reused.login.id) == (Outcome.REUSED, "l-1")
    if store.reopen is not None:
        await store.reopen()
    assert await store.logins.find("l-1", 40) is None
    assert await store.logins.find("l-2", 40) is not None
    assert await use(store, b"3", b"4", now=40) is None


async def test_g4_without_a_grace_the_secret_before_ends_the_login(store: Store) -> None:
    """G4: at once, in the same millisecond."""
    await begin(store, "l-1")
    await use(store, b"1", b"2", grace_ms=0)
    reused = await use(store, b"1", b"x", grace_ms=0)
    assert reused is not None and reused.outcome is Outcome.REUSED


async def test_g4_reuse_and_use_at_once(store: Store) -> None:
    """G4: what comes after the reuse finds nothing, also when both are written together."""
    await begin(store, "l-1")
    outcomes = await asyncio.gather(use(store, b"?", b"x"), use(store, b"1", b"2"))
    assert outcomes[0] is not None and outcomes[0].outcome is Outcome.REUSED
    assert outcomes[1] is None
    assert await store.logins.find("l-1", 20) is None


async def test_g4_an_unknown_or_expired_family(store: Store) -> None:
    """G4: means nothing, and changes nothing."""
    await begin(store, "l-1")
    unknown = Refresh(b"f-?", b"1", b"n")
    assert await store.logins.rotate(unknown, b"2", Seen(now=20, expires=2000)) is None
    assert await use(store, b"1", b"2", now=1000) is None
    assert await store.logins.find("l-1", 20) == PHONE


async def test_g5_logins_end(store: Store) -> None:
    """G5: these, or all but one, and only the user's own."""
    await begin(store, "l-1", "l-2", "l-3")
    await begin(store, "l-4", user="u-bob")
    assert await store.logins.end("u-ada", ["l-2", "l-4", "l-9"]) == ["l-2"]
    assert await store.logins.end("u-ada", but="l-3") == ["l-1"]
    if store.reopen is not None:
        await store.reopen()
    assert [login.id for login in await store.logins.of("u-ada", 20)] == ["l-3"]
    assert await store.logins.end("u-ada") == ["l-3"]
    assert await store.logins.end("u-ada") == []
    assert [login.id for login in await store.logins.of("u-bob", 20)] == ["l-4"]


async def test_g5_a_store_that_cannot_write_ends_nothing(store: Store) -> None:
    await begin(store, "l-1")
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.logins.end("u-ada")
    await store.writable(True)
    assert await store.logins.find("l-1", 20) is not None


async def test_expired_logins_are_forgotten(store: Store) -> None:
    await begin(store, "l-1", "l-2")
    await use(store, b"1", b"2")
    assert await store.logins.expire(1000) == 1
    assert await store.logins.expire(1000) == 0
    assert [login.id for login in await store.logins.of("u-ada", 0)] == ["l-1"]
