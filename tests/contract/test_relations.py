"""The promises of Relations and Reports, by number (ports/relations.py, ports/reports.py)."""

import asyncio

from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, PutReport, PutUser
from teahouse.model.people import Person, User
from teahouse.model.relations import Block, Contact
from teahouse.model.reports import Outcome, Reason, Report
from tests.contract.backends import Store
from tests.contract.making import draft

BOB, CAROL = Person("u-bob", "bob"), Person("u-carol", "carol")
REPORT = Report("r1", "u-alice", "u-bob", "bob", 10, Reason.SPAM, "look", "c", 3, b'{"body":{}}')


async def people(store: Store) -> None:
    await store.directory.apply([PutUser(User(p.id, p.nick), 1) for p in (BOB, CAROL)])


async def test_r1_blocks_and_contacts_are_kept(store: Store) -> None:
    """R1, R4: at once and after a restart, in order, with the nicks of now."""
    await people(store)
    await store.relations.block("u-alice", CAROL.id, 5, 9)
    await store.relations.block("u-alice", BOB.id, 6, 9)
    await store.relations.contact("u-alice", Contact(BOB, "Bobby", 7), 9)
    if store.reopen is not None:
        await store.reopen()
    assert await store.relations.blocks("u-alice") == [Block(BOB, 6), Block(CAROL, 5)]
    assert await store.relations.contacts("u-alice") == [Contact(BOB, "Bobby", 7)]
    await store.directory.apply([PutUser(User(BOB.id, "robert"), 1)])
    assert (await store.relations.blocks("u-alice"))[0].user.nick == "robert"
    assert await store.relations.blocks("u-alice", BOB.id) == [Block(CAROL, 5)]
    assert await store.relations.blocks("u-alice", "", 1) == [Block(Person(BOB.id, "robert"), 6)]


async def test_r1_who_blocks_whom(store: Store) -> None:
    """R1: the other way round, among those asked for."""
    for user in ("u-alice", "u-dave"):
        await store.relations.block(user, BOB.id, 5, 9)
    await store.relations.block(BOB.id, "u-alice", 5, 9)
    assert await store.relations.blockers(BOB.id, ["u-alice", "u-erin"]) == ["u-alice"]
    assert await store.relations.blockers("u-erin", ["u-alice"]) == []
    assert await store.relations.blockers(BOB.id, []) == []
    await store.relations.unblock("u-alice", BOB.id)
    assert await store.relations.blockers(BOB.id, ["u-alice"]) == []


async def test_r2_again_changes_little(store: Store) -> None:
    """R2: a block stays as it was, a contact gets the new alias; taking away twice does nothing."""
    await people(store)
    for at in (5, 6):
        await store.relations.block("u-alice", BOB.id, at, 9)
        await store.relations.contact("u-alice", Contact(BOB, f"B{at}", at), 9)
    assert await store.relations.blocks("u-alice") == [Block(BOB, 5)]
    assert await store.relations.contacts("u-alice") == [Contact(BOB, "B6", 5)]
    for _ in range(2):
        await store.relations.unblock("u-alice", BOB.id)
        await store.relations.uncontact("u-alice", BOB.id)
    assert await store.relations.blocks("u-alice") == []
    assert await store.relations.contacts("u-alice") == []


async def test_r3_lists_are_bounded(store: Store) -> None:
    """R3: also when all come at once; what is there may be put again."""
    blocks = await asyncio.gather(*(store.relations.block("u-alice", f"u{n}", 5, 2) for n in range(4)))
    assert sorted(blocks) == [False, False, True, True]
    assert await store.relations.block("u-alice", "u0", 5, 2)
    contacts = [Contact(Person(f"u{n}", ""), "", 5) for n in range(3)]
    assert [await store.relations.contact("u-alice", each, 2) for each in contacts] == [True, True, False]
    assert await store.relations.contact("u-alice", contacts[0], 2)


async def test_p1_reports_are_kept(store: Store) -> None:
    """P1: at once and after a restart, those that came with an entry, too."""
    assert await store.reports.put(REPORT) == REPORT
    flagged = replace(REPORT, id="r2", reporter="system", seq=SEQ_OF_ENTRY)
    await store.log.append_many([draft("c"), draft("c", changes=(PutReport(flagged),))])
    if store.reopen is not None:
        await store.reopen()
    assert await store.reports.page(None, "", 9) == [replace(flagged, seq=2), REPORT]


async def test_p2_the_same_again_is_the_same(store: Store) -> None:
    """P2: by the same reporter of the same thing."""
    await store.reports.put(REPORT)
    assert await store.reports.put(replace(REPORT, id="r2", text="again")) == REPORT
    other = replace(REPORT, id="r3", reporter="u-carol")
    assert await store.reports.put(other) == other
    assert len(await store.reports.page(None, "", 9)) == 2


async def test_p3_the_newest_first(store: Store) -> None:
    """P3: a page at a time, and by outcome."""
    for n in range(4):
        await store.reports.put(replace(REPORT, id=f"r{n}", seq=n))
    await store.reports.settle("r2", Outcome.ACTED, "u-admin", 99, "muted")
    assert [r.id for r in await store.reports.page(None, "", 2)] == ["r3", "r2"]
    assert [r.id for r in await store.reports.page(None, "r2", 9)] == ["r1", "r0"]
    assert [r.id for r in await store.reports.page(Outcome.OPEN, "", 9)] == ["r3", "r1", "r0"]
    assert [r.id for r in await store.reports.page(Outcome.ACTED, "", 9)] == ["r2"]


async def test_p4_settled(store: Store) -> None:
    """P4: and settled anew."""
    await store.reports.put(REPORT)
    settled = await store.reports.settle("r1", Outcome.DISMISSED, "u-admin", 99, "no")
    assert settled == replace(REPORT, outcome=Outcome.DISMISSED, settler="u-admin", settled=99, note="no")
    again = await store.reports.settle("r1", Outcome.ACTED, "u-admin", 100, "yes")
    assert again is not None and again.outcome is Outcome.ACTED
    assert await store.reports.settle("r9", Outcome.ACTED, "u-admin", 99, "") is None
