"""The promises of Accounts and Vouchers, by number (ports/accounts.py)."""

import asyncio
from typing import Any

import pytest

from teahouse.model.accounts import Account, AccountChange, AccountKind, Voucher
from teahouse.model.changes import PutMember, PutUser
from teahouse.model.conversations import Member
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Mark
from teahouse.model.people import User
from tests.contract.backends import Store

ADA = Account(
    id="u-ada",
    name="ada",
    nick="Zoë",
    kind=AccountKind.PERSON,
    admin=True,
    created=7,
    bio="engines 茶",
    avatar="f1",
    locale="en-GB",
)


def person(id_: str, name: str, nick: str = "", **fields: Any) -> Account:
    return Account(id=id_, name=name, nick=nick or name, **fields)


async def refused(attempt: Any) -> Code:
    with pytest.raises(Problem) as problem:
        await attempt
    return problem.value.code


async def test_a1_a4_what_is_created_is_found_at_once_and_after_a_restart(store: Store) -> None:
    """A1, A4: by id and folded name, with its password; the user is known, and has read the lobby."""
    await store.accounts.create(ADA, "hash", lobby_seq=5)
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.accounts.find("u-ada") == ADA
        assert await store.accounts.named("ada") == ADA
        assert await store.accounts.password("u-ada") == "hash"
        assert await store.users.account("zoë") == ADA.user
        assert await store.users.user("u-ada") == User("u-ada", "Zoë", guest=False)
        assert await store.cursors.marks("u-ada", [LOBBY]) == {LOBBY: Mark(read=5)}


@pytest.mark.parametrize("other", [person("u-2", "ADA", "x"), person("u-2", "x", "ZOË")])
async def test_a1_a_taken_name_or_nick_is_refused_in_any_spelling(store: Store, other: Account) -> None:
    """A1: the same sentence for both, and nothing is stored."""
    await store.accounts.create(ADA, None)
    with pytest.raises(Problem) as problem:
        await store.accounts.create(other, "hash")
    assert problem.value.code is Code.CONFLICT
    assert problem.value.message == "this user or nick is taken; choose another"
    assert await store.accounts.find("u-2") is None
    assert await store.users.user("u-2") is None


async def test_a1_of_two_at_once_with_one_name_one_is_created(store: Store) -> None:
    """A1: also when both are written together, beside others."""
    attempts = [
        store.accounts.create(person(f"u-{n}", "ada" if n < 5 else f"x{n}", f"nick{n}"), None)
        for n in range(8)
    ]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert [o is None for o in outcomes].count(True) == 4
    assert all(isinstance(o, Problem) and o.code is Code.CONFLICT for o in outcomes if o is not None)
    assert len(await store.accounts.page("", "", 20)) == 4


async def test_a1_a_guest_does_not_hold_a_name(store: Store) -> None:
    """A1: only accounts have names that last."""
    await store.directory.apply([PutUser(User("u-guest", "Zoë"), 1)])
    await store.accounts.create(ADA, None)
    assert await store.users.account("zoë") == ADA.user


async def test_a1_a_store_that_cannot_write_creates_nothing(store: Store) -> None:
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.accounts.create(ADA, None)
    await store.writable(True)
    assert await store.users.user("u-ada") is None


async def test_a2_a_voucher_makes_one_account(store: Store) -> None:
    """A2: of several that come with it at once; and a conflict does not use it up."""
    await store.vouchers.put(Voucher(b"v", "invitation", expires=100))
    await store.accounts.create(ADA, None)
    with_it = Voucher(b"v", "invitation", expires=99)
    assert await refused(store.accounts.create(person("u-1", "ada"), None, voucher=with_it)) is Code.CONFLICT
    attempts = [store.accounts.create(person(f"u-{n}", f"n{n}"), None, voucher=with_it) for n in range(3)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert outcomes.count(None) == 1
    assert [o.code for o in outcomes if isinstance(o, Problem)] == [Code.FORBIDDEN] * 2


@pytest.mark.parametrize(
    "voucher", [Voucher(b"w", "invitation", 9), Voucher(b"v", "admin", 9), Voucher(b"v", "invitation", 100)]
)
async def test_a2_without_a_voucher_that_holds_nothing_is_created(store: Store, voucher: Voucher) -> None:
    """A2: another secret, another purpose, too late."""
    await store.vouchers.put(Voucher(b"v", "invitation", expires=100))
    assert await refused(store.accounts.create(ADA, None, voucher=voucher)) is Code.FORBIDDEN
    assert await store.accounts.find("u-ada") is None


async def test_a3_a_change_leaves_alone_what_it_does_not_name(store: Store) -> None:
    """A3: whoever else changes something at the same time."""
    await store.accounts.create(ADA, "hash")
    changes = [
        AccountChange(nick="Ada"),
        AccountChange(admin=False, disabled=3),
        AccountChange(bio="", avatar="", locale=""),
        AccountChange(password="other"),
    ]
    results = await asyncio.gather(*[store.accounts.change("u-ada", change) for change in changes])
    wanted = person("u-ada", "ada", "Ada", disabled=3, created=7)
    assert results[-1] == wanted
    if store.reopen is not None:
        await store.reopen()
    assert await store.accounts.find("u-ada") == wanted
    assert await store.accounts.password("u-ada") == "other"
    assert await store.users.account("zoë") is None
    assert await store.users.account("ada") == wanted.user


async def test_a3_a_nick_of_another_is_refused(store: Store) -> None:
    """A3: one's own in another spelling is not; and who is not there cannot be changed."""
    await store.accounts.create(ADA, None)
    await store.accounts.create(person("u-2", "bob"), None)
    assert await refused(store.accounts.change("u-2", AccountChange(nick="ZOË", bio="x"))) is Code.CONFLICT
    assert (await store.accounts.find("u-2")) == person("u-2", "bob")
    renamed = await store.accounts.change("u-2", AccountChange(nick="BOB"))
    assert renamed is not None and renamed.nick == "BOB"
    assert await store.accounts.change("u-3", AccountChange(nick="x")) is None
    assert await store.users.user("u-3") is None


async def test_a3_a_password_can_be_taken_away(store: Store) -> None:
    await store.accounts.create(ADA, "hash")
    await store.accounts.change("u-ada", AccountChange(password=None))
    assert await store.accounts.password("u-ada") is None
    assert await store.accounts.password("u-nobody") is None


async def test_a3_a_password_is_compared_and_set(store: Store) -> None:
    """A3: who comes second finds another one."""
    await store.accounts.create(ADA, "hash")
    await store.accounts.change("u-ada", AccountChange(password="one", password_was="hash"))
    await store.accounts.change("u-ada", AccountChange(password="two", password_was="hash"))
    assert await store.accounts.password("u-ada") == "one"


async def test_a5_a_new_nick_is_new_wherever_one_is(store: Store) -> None:
    """A5: but not where one was."""
    await store.accounts.create(ADA, None)
    await store.directory.apply([PutMember(Member("in", "u-ada", "Zoë", joined=2))])
    await store.directory.apply([PutMember(Member("out", "u-ada", "Zoë", left=9))])
    await store.accounts.change("u-ada", AccountChange(nick="Ada"))
    assert [m.nick for m in await store.directory.members("in")] == ["Ada"]
    assert [m.nick for m in await store.directory.members("out")] == ["Zoë"]


async def test_a6_pages_are_in_order_of_nicks(store: Store) -> None:
    """A6: by prefix, after a nick, and without those who are disabled."""
    for n, nick in enumerate(["Bob", "anna", "茶馆", "Anton", "ANNELI", "茶客", "a_b"]):
        await store.accounts.create(person(f"u-{n}", f"n{n}", nick, disabled=int(nick == "Anton")), None)
    await store.directory.apply([PutUser(User("u-guest", "anonymous"), 1)])

    async def nicks(*asked: Any) -> list[str]:
        return [account.nick for account in await store.accounts.page(*asked)]

    assert await nicks("an", "", 9) == ["anna", "ANNELI"]
    assert await nicks("an", "", 9, True) == ["anna", "ANNELI", "Anton"]
    assert await nicks("an", "anna", 9) == ["ANNELI"]
    assert await nicks("", "", 2) == ["a_b", "anna"]
    assert await nicks("", "anneli", 9) == ["Bob", "茶客", "茶馆"]
    assert await nicks("茶", "", 9) == ["茶客", "茶馆"]
    assert await nicks("a%", "", 9) == []


async def test_whether_there_is_an_admin(store: Store) -> None:
    assert not await store.accounts.has_admin()
    await store.accounts.create(person("u-2", "bob"), None)
    await store.accounts.create(ADA, None)
    assert await store.accounts.has_admin()
    await store.accounts.change("u-ada", AccountChange(disabled=1))
    assert not await store.accounts.has_admin()


async def test_v1_vouchers_last(store: Store) -> None:
    """V1: until withdrawn, by purpose; also after a restart."""
    await store.vouchers.put(Voucher(b"a", "admin", 100))
    await store.vouchers.put(Voucher(b"b", "other", 100))
    await store.vouchers.withdraw("admin")
    if store.reopen is not None:
        await store.reopen()
    assert not await store.vouchers.take(Voucher(b"a", "admin", 5))
    assert not await store.vouchers.take(Voucher(b"b", "other", 100))
    assert await store.vouchers.take(Voucher(b"b", "other", 99))


async def test_v2_a_voucher_is_taken_once(store: Store) -> None:
    """V2: however many ask at the same time."""
    await store.vouchers.put(Voucher(b"a", "admin", 100))
    taken = await asyncio.gather(*[store.vouchers.take(Voucher(b"a", "admin", 5)) for _ in range(4)])
    assert taken.count(True) == 1
    assert not await store.vouchers.take(Voucher(b"a", "admin", 5))
