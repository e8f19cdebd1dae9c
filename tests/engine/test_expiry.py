from teahouse.backends.memory.store import MemoryStore
from tests.support.house import House, Person, turns
from tests.support.stage import StageClock

DAY = 86_400


async def page(person: Person, conversation: str = "lobby") -> list[dict]:
    return list((await person.ask("history", conversation=conversation))["entries"])


async def test_a_message_is_erased_for_everybody_when_its_time_is_over() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="secret", expires_s=10)
        assert (await bob.event("message"))["expires_s"] == 10
        await alice.ask("edit", conversation="lobby", seq=1, text="secret 2")
        await clock.sleep(9)
        assert not house.store.entries["lobby"][0].redacted
        await clock.sleep(2)
        recall = await bob.event("recall")
        assert (recall["seq"], recall["ref"], recall["expired"]) == (3, 1, True)
        assert recall["sender"] == {"id": "system", "nick": "system"}
        assert "secret" not in str(house.store.entries)
        first = (await page(bob))[0]
        assert (first["recalled"], first["expired"], "body" in first) == (True, True, False)
        assert not house.store.jobs


async def test_it_is_not_shown_any_more_before_it_is_erased() -> None:
    """The server was away when the time was over."""
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="secret", expires_s=10)
        await clock.sleep(3)
        await alice.ask("edit", conversation="lobby", seq=1, text="secret 2")
        assert (await page(alice))[0]["expires_s"] == 10
        house.store.failure = "away"
        await clock.sleep(8)
        assert not house.store.entries["lobby"][0].redacted
        entry, edit = await page(alice)
        assert (edit["expired"], "body" in edit) == (True, False)
        assert (entry["recalled"], entry["expired"], "body" in entry) == (True, True, False)
        assert (
            await alice.refused("send", to="lobby", forward=[{"conversation": "lobby", "seq": 1}])
            == "not_found"
        )


async def test_the_job_outlasts_the_server_and_writes_one_entry() -> None:
    clock, store = StageClock(), MemoryStore()
    async with House(store, clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="secret", expires_s=10)
    (job,) = store.jobs.values()
    clock.advance(20)
    async with House(store, clock=clock) as house:
        await turns(30)
        assert len(store.entries["lobby"]) == 2
        await house.engine._verbs.expiry.erase(job)  # as after a crash before the job was done
        assert len(store.entries["lobby"]) == 2


async def test_what_was_recalled_before_is_let_be() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="secret", expires_s=10)
        await alice.ask("recall", conversation="lobby", seq=1)
        await clock.sleep(11)
        await turns(30)
        assert len(house.store.entries["lobby"]) == 2
        assert not house.store.jobs


async def test_a_conversation_has_a_default() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        assert await bob.refused("expire", conversation=c, expires_s=60) == "forbidden"
        assert await bob.refused("expire", conversation="lobby", expires_s=60) == "forbidden"
        assert await alice.ask("expire", conversation=c, expires_s=60) == {"seq": 2}
        assert (await bob.event("conversation", seq=2))["expires_s"] == 60
        assert await alice.ask("expire", conversation=c, expires_s=60) == {"seq": 1}
        await bob.ask("send", to=c, text="x")
        await bob.ask("send", to=c, text="y", expires_s=DAY)
        await clock.sleep(61)
        assert (await alice.event("recall"))["ref"] == 3
        rows = (await alice.ask("conversations"))["conversations"]
        assert [row["expires_s"] for row in rows if row["conversation"] == c] == [60]


async def test_both_may_set_it_in_a_direct_conversation_and_strangers_learn_nothing() -> None:
    async with House() as house:
        alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
        c = (await alice.ask("send", to="@bob", text="x"))["conversation"]
        assert await bob.ask("expire", conversation=c, expires_s=5) == {"seq": 2}
        assert await eve.refused("expire", conversation=c, expires_s=0) == "not_found"


async def test_a_copy_stays_no_longer_than_the_original() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="x", expires_s=100)
        await clock.sleep(40)
        await alice.ask("send", to="@bob", forward=[{"conversation": "lobby", "seq": 1}])
        event = await bob.event("message", expires_s=60)
        assert event["forwarded"]["nick"] == "alice"


async def test_a_repetition_is_one_also_when_the_default_changed_meanwhile() -> None:
    async with House() as house:
        alice, _bob = await house.guest("alice"), await house.guest("bob")
        first = await alice.ask("send", to="@bob", text="x", cid="k")
        await alice.ask("expire", conversation=first["conversation"], expires_s=60)
        again = await alice.ask("send", to="@bob", text="x", cid="k")
        assert again == {**first, "duplicate": True}
