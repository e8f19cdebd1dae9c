"""Programs of this process that follow what is said."""

import asyncio

from teahouse.model.events import Desk
from teahouse.model.jobs import Job
from tests.support.house import House


async def test_each_message_puts_a_job_for_who_follows_it() -> None:
    """In conversations the program is in, and not for what it says itself; done by the worker."""
    async with House() as house:
        heard: list[tuple[str, int]] = []
        told = asyncio.Event()

        async def hear(job: Job) -> None:
            heard.append((job.conversation, job.seq))
            told.set()

        alice, kettle = await house.guest("alice"), await house.guest("kettle")
        house.engine.beside.do("brew", hear)
        house.engine.beside.follow(kettle.me["id"], "brew")
        made = await alice.ask("create", kind="group", members=["@kettle"])
        conversation = made["conversation"]
        await kettle.ask("send", to=conversation, text="I am here")
        await alice.ask("send", to="lobby", text="elsewhere")
        sent = await alice.ask("send", to=conversation, text="tea, please", cid="k")
        again = await alice.ask("send", to=conversation, text="tea, please", cid="k")
        assert again["duplicate"]
        await asyncio.wait_for(told.wait(), 5)
        await asyncio.sleep(0.05)
        assert heard == [(conversation, sent["seq"])]


async def test_a_job_of_a_program_is_there_after_a_crash() -> None:
    house = House()

    async def never(job: Job) -> None:
        raise AssertionError

    async with house:
        alice, kettle = await house.guest("alice"), await house.guest("kettle")
        house.engine.beside.do("brew", never)
        house.engine.beside.follow(kettle.me["id"], "brew")
        made = await alice.ask("create", kind="group", members=["@kettle"])
        await house.engine._verbs.worker.stop()  # it dies before it does anything
        await alice.ask("send", to=made["conversation"], text="tea, please")
    again = House(house.store)
    done = asyncio.Event()

    async def hear(job: Job) -> None:
        done.set()

    again.engine.beside.do("brew", hear)
    async with again:
        await asyncio.wait_for(done.wait(), 5)


async def test_whoever_acts_for_many_is_not_counted() -> None:
    from tests.support.house import limitless

    async with House(options=limitless(sends_per_s=1.0, sends_burst=2)) as house:
        kettle = await house.guest("kettle")

        async def hear(job: Job) -> None:
            pass

        for _ in range(2):
            await kettle.ask("send", to="lobby", text="steam")
        assert await kettle.refused("send", to="lobby", text="steam") == "rate_limited"
        house.engine.beside.do("brew", hear)
        house.engine.beside.follow(kettle.me["id"], "brew")
        await kettle.ask("send", to="lobby", text="steam")


async def test_one_user_is_told_of_an_event() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        house.engine.beside.tell(alice.me["id"], Desk("rung", "k", "t", "ringing", 5))
        assert await alice.event("desk") == {
            "ev": "desk", "what": "rung", "ticket": "k", "team": "t", "state": "ringing", "at": 5
        }  # fmt: skip
        await bob.ask("ping")
        assert bob.events("desk") == []
