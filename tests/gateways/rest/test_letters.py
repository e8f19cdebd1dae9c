"""Dead letters: looked at, given back once, or forgotten; and who did it is recorded."""

import asyncio
from typing import Any

import pytest

from teahouse.backends.memory.audit import MemoryAudit
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.letters import Letters
from teahouse.model.audit import Search
from teahouse.model.jobs import FIRST, Job
from teahouse.ports.jobs import JobQueue
from tests.support.house import House, turns
from tests.support.rest import Site

Json = dict[str, Any]


class Office(Site):
    """A site with dead letters."""

    def __init__(self, house: House) -> None:
        stores = house.engine._stores
        super().__init__(house, letters=Letters(house.engine, stores.letters, stores.clock))


def queue_of(house: House) -> JobQueue:
    return house.engine._stores.jobs


async def bury(house: House, *names: str, data: bytes = b'{"a":1}', conversation: str = "") -> None:
    """Jobs nobody can do. The worker of the house is stopped, so that none takes them first."""
    await house.engine._verbs.worker.stop()
    queue = queue_of(house)
    await queue.put(
        [Job("tea", name, 1, data, conversation=conversation, seq=int(bool(conversation))) for name in names]
    )
    for at, job in enumerate(await queue.take(house.clock.now(), 99, 60_000), 1000):
        await queue.bury(job, f"{job.id} is broken", at)


async def waiting(house: House) -> list[str]:
    return sorted(job.id for job in await queue_of(house).take(house.clock.now() + 1, 99, 60_000))


async def test_they_are_listed_in_pages_and_looked_at() -> None:
    async with House() as house:
        await bury(house, "a", "b", conversation="c1")
        await bury(house, "c")
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            first = (await admin.get("/admin/dead-letters", params={"limit": 2})).json()
            assert [letter["id"] for letter in first["letters"]] == ["a", "c"]  # both at 1000
            letter = first["letters"][0]
            assert letter["created"] > 1_600_000_000_000
            assert {**letter, "created": 0} == {
                "id": "a",
                "kind": "tea",
                "cause": "a is broken",
                "attempts": 1,
                "created": 0,
                "died": 1000,
                "conversation": "c1",
            }
            second = (await admin.get("/admin/dead-letters", params={"cursor": first["cursor"]})).json()
            assert ([one["id"] for one in second["letters"]], second["cursor"]) == (["b"], None)
            one = (await admin.get("/admin/dead-letters/a")).json()
            assert (one["payload"], one["seq"], one["cause"]) == ({"a": 1}, 1, "a is broken")
            assert (await admin.get("/admin/dead-letters/c")).json()["conversation"] is None


@pytest.mark.parametrize(
    ("data", "payload"), [(b"", ""), (b"plain", "plain"), (b"\xff", "\ufffd"), (b"[1]", [1]), (b"null", None)]
)
async def test_a_payload_may_be_anything(data: bytes, payload: Any) -> None:
    async with House() as house:
        await bury(house, "a", data=data)
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            assert (await admin.get("/admin/dead-letters/a")).json()["payload"] == payload


async def test_one_is_given_back_once() -> None:
    async with House() as house:
        await bury(house, "a", "b")
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            asked = (admin.post("/admin/dead-letters/a/retry") for _ in range(5))
            answers = sorted(answer.status_code for answer in await asyncio.gather(*asked))
            assert answers == [204, 404, 404, 404, 404]
            assert await waiting(house) == ["a"]
            assert (await admin.get("/admin/dead-letters/a")).status_code == 404
            assert (await admin.delete("/admin/dead-letters/a")).status_code == 404


async def test_one_is_forgotten() -> None:
    async with House() as house:
        await bury(house, "a", "b")
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            assert (await admin.delete("/admin/dead-letters/a")).status_code == 204
            assert (await admin.post("/admin/dead-letters/a/retry")).status_code == 404
            assert [d.job.id for d in await house.engine._stores.letters.dead(FIRST, 9)] == ["b"]
            assert await waiting(house) == []


async def test_all_are_given_back() -> None:
    async with House() as house:
        names = [f"{number:04}" for number in range(450)]
        for start in range(0, 450, 90):
            await bury(house, *names[start : start + 90])
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            assert (await admin.post("/admin/dead-letters/retry")).json() == {"retried": 450}
            assert (await admin.post("/admin/dead-letters/retry")).json() == {"retried": 0}
            assert (await admin.get("/admin/dead-letters")).json() == {"letters": [], "cursor": None}
            assert len(await queue_of(house).take(house.clock.now() + 1, 999, 60_000)) == 450


async def test_what_is_given_back_is_done_at_once() -> None:
    """The worker sleeps until it is woken."""
    async with House() as house:
        done = asyncio.Event()
        worker = house.engine._verbs.worker
        await bury(house, "a")

        async def do(job: Job) -> None:
            done.set()

        worker._does = {"tea": do}
        worker.start()
        await turns()
        async with Office(house).client(await house.guest("root"), admin=True) as admin:
            await admin.post("/admin/dead-letters/a/retry")
            async with asyncio.timeout(5):
                await done.wait()


@pytest.mark.parametrize("cursor", ["x", ".", "-1.a", "1e9.a", "9" * 16 + ".a", "\u0661.a"])
async def test_what_is_no_cursor(cursor: str) -> None:
    async with House() as house, Office(house).client(await house.guest("root"), admin=True) as admin:
        answer = await admin.get("/admin/dead-letters", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_who_did_it_is_recorded() -> None:
    async with House() as house:
        await bury(house, "a", "b")
        site = Office(house)
        stores = house.engine._stores
        assert stores.audit is not None
        resources = {"letters": Letters(house.engine, stores.letters, stores.clock)}
        scribe = Scribe(stores.audit, stores.clock)
        context = RestContext(
            house.engine.ready, guard=Guard(site.tokens), resources=resources, scribe=scribe
        )
        site.app = create_application(context)
        async with site.client(await house.guest("root"), admin=True) as admin:
            await admin.post("/admin/dead-letters/a/retry")
            await admin.delete("/admin/dead-letters/b")
            await admin.delete("/admin/dead-letters/b")
            await admin.post("/admin/dead-letters/retry")
        records = [one.record for one in await MemoryAudit(house.store).page(Search(), 2**53, 99)][::-1]
        assert [(record.action, record.target) for record in records[:4]] == [
            ("letter.retried", "a"),
            ("letter.discarded", "b"),
            ("letter.discarded", "b"),
            ("letter.discarded.refused", "b"),
        ]
        assert records[4].action == "letters.retried"
