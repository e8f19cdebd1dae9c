from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock


async def test_who_has_read_and_when() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        c = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        seq = (await alice.ask("send", to=c, text="hi"))["seq"]
        assert await alice.ask("readers", conversation=c, seq=seq) == {"count": 0, "of": 2, "readers": []}
        await clock.sleep(5)
        read_at = clock.now()
        await bob.ask("read", conversation=c, seq=seq)
        await clock.sleep(5)
        await bob.ask("read", conversation=c, seq=seq - 1)
        await carol.ask("delivered", conversation=c, seq=seq)
        told = await alice.ask("readers", conversation=c, seq=seq)
        assert told == {"count": 1, "of": 2, "readers": [{"id": bob.me["id"], "nick": "bob", "at": read_at}]}
        assert await alice.refused("readers", conversation=c, seq=1) == "bad_request"
        assert await alice.refused("readers", conversation="lobby", seq=1) == "not_found"


async def test_large_conversations_give_a_number() -> None:
    async with House(options=limitless(receipts_limit=2)) as house:
        alice, bob, _carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        c = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        seq = (await alice.ask("send", to=c, text="hi"))["seq"]
        await bob.ask("read", conversation=c, seq=seq)
        assert await alice.ask("readers", conversation=c, seq=seq) == {"count": 1, "of": 2, "readers": []}


async def test_who_hides_receipts_tells_none_and_is_told_none() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tablet = await house.back(bob, device="tablet")
        assert await bob.ask("preferences") == {"receipts": True}
        assert await bob.ask("preferences", receipts=False) == {"receipts": False}
        c = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await bob.ask("read", conversation=c, seq=1)
        await bob.ask("send", to=c, text="ho")
        await clock.sleep(2)
        await alice.ask("read", conversation=c, seq=2)
        await turns()
        assert not alice.events("receipt")
        assert not [e for e in bob.events("receipt") if e["user"] == alice.me["id"]]
        assert [e["read"] for e in tablet.events("receipt")] == [1]
        assert (await alice.ask("readers", conversation=c, seq=1))["of"] == 0
        assert await bob.ask("readers", conversation=c, seq=2) == {"count": 0, "of": 0, "readers": []}
        await bob.ask("preferences", receipts=True)
        await alice.ask("send", to=c, text="again")
        await clock.sleep(2)
        await bob.ask("read", conversation=c, seq=3)
        assert (await alice.event("receipt"))["read"] == 3


async def test_the_wish_holds_on_a_new_connection() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await bob.ask("preferences", receipts=False)
        bob = await house.back(bob)
        c = (await bob.ask("send", to="@alice", text="hi"))["conversation"]
        await alice.ask("read", conversation=c, seq=1)
        await turns()
        assert not bob.events("receipt")
        assert house.engine._verbs.fanout.discreet == {bob.me["id"]}
