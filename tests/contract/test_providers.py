"""The promises of Subjects and Passes, by number (ports/providers.py)."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.model.accounts import Account, Login, Outcome, Refresh, Seen, Subject
from teahouse.model.errors import Code, Problem, StoreUnavailable
from tests.contract.backends import Store

ADA = Account(id="u-ada", name="ada", nick="Ada", created=7)
AT_WORK = Subject("https://id.example.org", "4711")
BROWSER = Login(id="l-1", user="u-ada", device="browser", address="::1", created=10, seen=10, expires=1000)


async def test_s1_s3_an_account_and_its_subject(store: Store) -> None:
    """S1, S3: found at once and after a restart; no password opens it."""
    assert await store.subjects.create(ADA, AT_WORK, lobby_seq=5) == "u-ada"
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.subjects.find(AT_WORK) == "u-ada"
        assert await store.subjects.of("u-ada") == [AT_WORK]
        assert await store.accounts.find("u-ada") == ADA
        assert await store.accounts.password("u-ada") is None
    assert await store.subjects.find(Subject("https://other.example.org", "4711")) is None


async def test_s1_a_taken_name_stores_nothing(store: Store) -> None:
    await store.accounts.create(ADA, "hash")
    with pytest.raises(Problem) as problem:
        await store.subjects.create(Account(id="u-2", name="ADA", nick="x"), AT_WORK)
    assert problem.value.code is Code.CONFLICT
    assert await store.subjects.find(AT_WORK) is None
    assert await store.accounts.find("u-2") is None


async def test_s1_s3_a_person_who_comes_twice_at_once_gets_one_account(store: Store) -> None:
    """S1, S3: also when both are written together, beside others."""
    attempts = [
        store.subjects.create(
            Account(id=f"u-{n}", name=f"n{n}", nick=f"n{n}"), AT_WORK if n < 4 else Subject("x", str(n))
        )
        for n in range(8)
    ]
    ids = await asyncio.gather(*attempts)
    assert len(set(ids[:4])) == 1
    assert ids[4:] == ["u-4", "u-5", "u-6", "u-7"]
    assert len(await store.accounts.page("", "", 20)) == 5


async def test_s2_s3_a_subject_is_one_accounts(store: Store) -> None:
    holders = await asyncio.gather(*[store.subjects.tie(AT_WORK, f"u-{n}") for n in range(4)])
    assert len(set(holders)) == 1
    assert await store.subjects.tie(AT_WORK, "u-9") == holders[0]
    assert await store.subjects.untie(AT_WORK, "u-9") is False
    assert await store.subjects.untie(AT_WORK, holders[0]) is True
    assert await store.subjects.untie(AT_WORK, holders[0]) is False
    assert await store.subjects.tie(AT_WORK, "u-9") == "u-9"


async def test_s4_ties_go_with_the_account(store: Store) -> None:
    await store.subjects.create(ADA, AT_WORK)
    await store.erasures.begin("u-ada", 20)
    await store.erasures.forget("u-ada", "deleted")
    assert await store.subjects.find(AT_WORK) is None


async def test_a_store_that_cannot_write_ties_nothing(store: Store) -> None:
    await store.writable(False)
    for attempt in (store.subjects.create(ADA, AT_WORK), store.subjects.tie(AT_WORK, "u"), begin(store)):
        with pytest.raises(StoreUnavailable):
            await attempt
    await store.writable(True)
    assert await store.subjects.find(AT_WORK) is None


async def begin(store: Store) -> None:
    await store.passes.begin(BROWSER, b"digest")


async def test_w1_w2_a_pass_is_found_until_it_expires(store: Store) -> None:
    """W1, W2: at once, and after a restart; a login like others."""
    await begin(store)
    if store.reopen is not None:
        await store.reopen()
    assert await store.passes.find(b"digest", 999) == BROWSER
    assert await store.passes.find(b"digest", 1000) is None
    assert await store.passes.find(b"another", 0) is None
    assert await store.logins.of("u-ada", 0) == [BROWSER]


async def test_w2_a_pass_ends_with_its_login(store: Store) -> None:
    await begin(store)
    assert await store.logins.end("u-ada") == ["l-1"]
    assert await store.passes.find(b"digest", 20) is None
    await store.passes.extend(replace(BROWSER, expires=9000))
    assert await store.passes.find(b"digest", 20) is None


async def test_w2_a_refresh_token_is_no_pass(store: Store) -> None:
    await store.logins.begin(BROWSER, Refresh(b"digest", b"secret"))
    assert await store.passes.find(b"digest", 20) is None


async def test_w2_a_pass_is_no_refresh_token(store: Store) -> None:
    """W2: two have what one should have."""
    await begin(store)
    used = await store.logins.rotate(Refresh(b"digest", b"secret", b"n"), b"2", Seen(now=20, expires=2000))
    assert used is not None and used.outcome is Outcome.REUSED
    assert await store.passes.find(b"digest", 20) is None


async def test_w3_a_login_lasts_longer(store: Store) -> None:
    await begin(store)
    later = replace(BROWSER, seen=50, expires=3000, address="192.0.2.1")
    await store.passes.extend(later)
    if store.reopen is not None:
        await store.reopen()
    assert await store.passes.find(b"digest", 2000) == later
