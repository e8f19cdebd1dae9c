"""What is decided once, however many nodes ask: two stores on one database, at the same time."""

import asyncio
from collections.abc import Awaitable, Iterable, Iterator
from typing import Any

import pytest

from teahouse.backends.sql.store import SqlStore
from teahouse.model.accounts import Account, Login, Outcome, Refresh, Seen, Subject, Voucher
from teahouse.model.bots import Bot
from teahouse.model.changes import Change, PutBot, PutPosting, PutUser, UseLink
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest
from teahouse.model.errors import Code, Problem
from teahouse.model.files import Allowance, File
from teahouse.model.people import Person, User
from teahouse.model.push import PushDevice, PushKind
from teahouse.model.relations import Contact
from teahouse.model.reports import Reason, Report
from tests.contract.making import draft

pytestmark = pytest.mark.service

Pair = tuple[SqlStore, SqlStore]


async def race(calls: Iterable[Awaitable[Any]]) -> list[Any]:
    """What came of each, all begun at once."""
    return await asyncio.gather(*calls, return_exceptions=True)


def turns(pair: Pair, times: int) -> Iterator[tuple[int, SqlStore]]:
    """The two stores by turns."""
    return ((n, pair[n % 2]) for n in range(times))


def refusals(outcomes: Iterable[Any], code: Code = Code.CONFLICT) -> int:
    """How many were refused; anything else that was raised is a defect."""
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Problem):
            raise outcome
    return sum(isinstance(outcome, Problem) and outcome.code is code for outcome in outcomes)


async def test_a_voucher_is_taken_once(pair: Pair) -> None:
    voucher = Voucher(b"d", "register", 100)
    await pair[0].vouchers.put(voucher)
    asking = Voucher(b"d", "register", 5)
    assert (await race(s.vouchers.take(asking) for _, s in turns(pair, 10))).count(True) == 1


async def test_a_voucher_makes_one_account(pair: Pair) -> None:
    await pair[0].vouchers.put(Voucher(b"d", "register", 100))

    asking = Voucher(b"d", "register", 5)
    outcomes = await race(
        s.accounts.create(Account(id=f"u{n}", name=f"n{n}", nick=f"n{n}"), "hash", 0, asking)
        for n, s in turns(pair, 8)
    )
    assert (outcomes.count(None), refusals(outcomes, Code.FORBIDDEN)) == (1, 7)
    assert len(await pair[1].accounts.page("", "", 99)) == 1


@pytest.mark.parametrize("field", ["name", "nick"])
async def test_a_name_is_one_accounts(pair: Pair, field: str) -> None:
    def account(n: int) -> Account:
        names = {"name": f"name{n}", "nick": f"nick{n}", field: "Ada" if n % 2 else "ada"}
        return Account(id=f"u{n}", name=names["name"], nick=names["nick"])

    outcomes = await race(s.accounts.create(account(n), "hash") for n, s in turns(pair, 8))
    assert (outcomes.count(None), refusals(outcomes)) == (1, 7)
    assert len(await pair[1].accounts.page("", "", 99)) == 1


async def test_a_bot_and_a_person_do_not_share_a_name(pair: Pair) -> None:
    for n in range(4):
        bot = Bot(f"b{n}", f"tea{n}", "u", (), b"s%d" % n, 1, 1)
        changes: list[Change] = [PutUser(User(bot.id, bot.nick, guest=False), 1), PutBot(bot)]
        person = Account(id=f"u{n}", name=f"tea{n}", nick=f"tea{n}")
        outcomes = await race([pair[0].directory.apply(changes), pair[1].accounts.create(person, "hash")])
        assert (outcomes.count(None), refusals(outcomes)) == (1, 1)


async def test_a_subject_is_one_accounts(pair: Pair) -> None:
    subject = Subject("https://id.example.org", "1")

    holders = await race(
        s.subjects.create(Account(id=f"u{n}", name=f"n{n}", nick=f"n{n}"), subject) for n, s in turns(pair, 8)
    )
    assert set(holders) == {await pair[0].subjects.find(subject)}
    assert len(await pair[1].accounts.page("", "", 99)) == 1


@pytest.mark.parametrize("grace", [10, 0])
async def test_a_refresh_token_that_comes_twice(pair: Pair, grace: int) -> None:
    """The answer was lost, or it was stolen: never two tokens that hold."""
    for n in range(4):
        family = b"f%d" % n
        await pair[0].logins.begin(Login(id=f"l{n}", user="u", expires=900), Refresh(family, b"1"))
        seen = Seen(now=20, expires=999, grace_ms=grace)
        rotations = await race(
            s.logins.rotate(Refresh(family, b"1", b"nonce%d" % n), b"new%d" % n, seen)
            for n, s in turns(pair, 2)
        )
        outcomes = {rotation.outcome for rotation in rotations}
        assert outcomes == {Outcome.ROTATED, Outcome.REPEATED if grace else Outcome.REUSED}
        if grace:
            assert len({rotation.nonce for rotation in rotations}) == 1
        assert (await pair[1].logins.find(f"l{n}", 20) is not None) == bool(grace)


async def test_a_link_lets_in_as_many_as_it_says(pair: Pair) -> None:
    """L10: with entries that two nodes append to one conversation."""
    await pair[0].links.put(InvitationLink("k", "c", b"d", "u", 1, uses=3), 9)

    outcomes = await race(
        s.log.append_many([draft("c", f"in{n}", changes=(UseLink("k", 5),))]) for n, s in turns(pair, 10)
    )
    assert refusals(outcomes) == 0
    assert sum(not one[0].refused for one in outcomes) == 3
    assert await pair[1].log.heads(["c"]) == {"c": 3}
    found = await pair[1].links.find(b"d")
    assert found is not None and found.used == 3


async def test_links_and_requests_are_counted(pair: Pair) -> None:
    links = await race(
        s.links.put(InvitationLink(f"k{n}", "c", b"d%d" % n, "u", 1), 3) for n, s in turns(pair, 8)
    )
    assert links.count(True) == 3
    asked = await race(
        s.requests.ask(JoinRequest("c", f"u{n}", "nick", "", 5), 3, 0) for n, s in turns(pair, 8)
    )
    assert (asked.count(Asked.NEW), asked.count(Asked.FULL)) == (3, 5)
    same = JoinRequest("e", "u", "nick", "", 5)
    again = await race(s.requests.ask(same, 3, 0) for _, s in turns(pair, 6))
    assert (again.count(Asked.NEW), again.count(Asked.ALREADY)) == (1, 5)


async def test_lists_are_counted(pair: Pair) -> None:
    blocks = await race(s.relations.block("u", f"o{n}", 1, 3) for n, s in turns(pair, 8))
    assert blocks.count(True) == 3
    added = await race(
        s.relations.contact("u", Contact(Person(f"o{n}", ""), "", 1), 3) for n, s in turns(pair, 8)
    )
    assert added.count(True) == 3


async def test_an_allowance_is_for_all_nodes(pair: Pair) -> None:
    outcomes = await race(
        s.files.begin(File(f"f{n}", "u", "a", 10, 5, expires=100), Allowance(1000, 3))
        for n, s in turns(pair, 8)
    )
    assert (outcomes.count(None), refusals(outcomes)) == (3, 5)


async def test_a_file_is_finished_once(pair: Pair) -> None:
    file = File("f", "u", "a", 10, 5, expires=100)
    await pair[0].files.begin(file, Allowance(1000, 3))
    assert (await race(s.files.finish(file) for _, s in turns(pair, 6))).count(True) == 1


async def test_a_file_is_carried_or_gone(pair: Pair) -> None:
    """F4: who posts it and who drops it come at once."""
    for n in range(6):
        file = File(f"f{n}", "u", "a", 10, 5, expires=100)
        await pair[0].files.begin(file, Allowance(1000, 99))
        await pair[0].files.finish(file)
        posted = draft("lobby", changes=(PutPosting(file.id, "lobby"),))
        _, dropped = await asyncio.gather(pair[0].log.append_many([posted]), pair[1].files.drop(file.id))
        assert (await pair[0].files.file(file.id) is None) == dropped


async def test_one_report_of_a_kind(pair: Pair) -> None:
    stored = await race(
        s.reports.put(Report(f"r{n}", "u", "v", "v", 1, Reason.SPAM, "", "c", 1)) for n, s in turns(pair, 8)
    )
    assert refusals(stored) == 0
    assert [*{report.id for report in stored}] == [r.id for r in await pair[0].reports.page(None, "", 9)]


async def test_a_device_is_one_users(pair: Pair) -> None:
    devices = []
    for n in range(6):
        await pair[0].logins.begin(Login(id=f"l{n}", user=f"u{n}", expires=99), Refresh(b"f%d" % n, b"s"))
        devices.append(
            PushDevice(id=f"p{n}", user=f"u{n}", kind=PushKind.FCM, address="token", grant=f"l{n}")
        )
    added = await race(s.push_devices.add(devices[n], 1) for n, s in turns(pair, 6))
    assert added == devices
    found = await pair[1].push_devices.of([f"u{n}" for n in range(6)])
    assert len(found) == 1


async def test_a_login_that_ends_takes_its_device_along(pair: Pair) -> None:
    for n in range(6):
        await pair[0].logins.begin(Login(id=f"l{n}", user=f"u{n}", expires=99), Refresh(b"f%d" % n, b"s"))
        device = PushDevice(id=f"p{n}", user=f"u{n}", kind=PushKind.FCM, address=f"t{n}", grant=f"l{n}")
        await asyncio.gather(pair[0].push_devices.add(device, 1), pair[1].logins.end(f"u{n}"))
    assert await pair[1].push_devices.holders("", 9) == []
