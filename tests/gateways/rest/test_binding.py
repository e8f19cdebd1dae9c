from teahouse.backends.memory.audit import MemoryAudit
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.model.audit import Record, Search
from teahouse.model.commands import UserId
from teahouse.model.errors import Code, Problem
from tests.support.house import House
from tests.support.rest import Site


class Grave:
    """Operations that are recorded. `seen` is how many records there were when one was done."""

    def __init__(self, audit: MemoryAudit) -> None:
        self._audit = audit
        self.seen: list[int] = []

    @operation("POST /grave", audited="grave.done")
    async def done(self, call: Call) -> None:
        """It is done."""
        self.seen.append(len(await self._audit.page(Search(), 2**53, 9)))

    @operation("POST /grave/{user}", audited="grave.done")
    async def refused(self, call: Call, user: UserId) -> None:
        """It is refused."""
        raise Problem(Code.CONFLICT, "no")


async def asked(path: str, failure: str | None = None) -> tuple[Grave, list[Record]]:
    """What became of one request, while the store had this failure."""
    async with House() as house:
        alice = await house.guest("alice")
        audit = MemoryAudit(house.store)
        grave, site = Grave(audit), Site(house)
        scribe = Scribe(audit, house.clock)
        site.app = create_application(
            RestContext(dict, guard=Guard(site.tokens), resources={"grave": grave}, scribe=scribe)
        )
        async with site.client(alice) as client:
            house.store.failure = failure
            await client.post(path)
        house.store.failure = None
        records = [found.record for found in await audit.page(Search(), 2**53, 9)][::-1]
        assert {record.actor for record in records} <= {alice.me["id"]}
        return grave, records


async def test_what_is_recorded_is_recorded_first() -> None:
    grave, records = await asked("/grave")
    assert grave.seen == [1]
    assert [record.action for record in records] == ["grave.done"]


async def test_a_refusal_is_recorded_too() -> None:
    _, records = await asked("/grave/u-bob")
    assert [(record.action, record.target) for record in records] == [
        ("grave.done", "u-bob"),
        ("grave.done.refused", "u-bob"),
    ]
    assert records[1].details == {"code": "conflict"}


async def test_what_cannot_be_recorded_is_not_done() -> None:
    grave, records = await asked("/grave", "the disk is full")
    assert (grave.seen, records) == ([], [])
