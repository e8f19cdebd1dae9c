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


async def test_who_was_away_is_told_how_far_the_others_have_come() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob, carol, dave = [await house.guest(nick) for nick in ("alice", "bob", "carol", "dave")]
        c = (await alice.ask("create", kind="group", members=["@bob", "@carol", "@dave"]))["conversation"]
        seq = (await alice.ask("send", to=c, text="hi"))["seq"]
        alice.link.drop()
        await turns()
        await clock.sleep(5)
        read_at = clock.now()
        await bob.ask("read", conversation=c, seq=seq)
        await carol.ask("delivered", conversation=c, seq=seq)
        alice = await house.back(alice)
        told = (await alice.ask("receipts", conversation=c))["receipts"]
        expected = {
            bob.me["id"]: {"user": bob.me["id"], "delivered": seq, "read": seq, "at": read_at},
            carol.me["id"]: {"user": carol.me["id"], "delivered": seq, "read": 0},
        }
        assert told == [expected[user] for user in sorted(expected)]
        await alice.ask("kick", conversation=c, user=f"@{bob.me['nick']}")
        told = (await alice.ask("receipts", conversation=c))["receipts"]
        assert told == [expected[carol.me["id"]]]
        assert await bob.refused("receipts", conversation=c) == "forbidden"
        assert await dave.refused("receipts", conversation="lobby") == "forbidden"


async def test_receipts_of_who_hides_them_are_told_to_nobody_later_either() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await bob.ask("read", conversation=c, seq=1)
        await bob.ask("send", to=c, text="ho")
        await alice.ask("read", conversation=c, seq=2)
        await bob.ask("preferences", receipts=False)
        for one in (alice, bob):
            assert await one.ask("receipts", conversation=c) == {"receipts": []}


async def test_neither_of_two_is_told_receipts_when_one_has_blocked_the_other() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await bob.ask("read", conversation=c, seq=1)
        assert len((await alice.ask("receipts", conversation=c))["receipts"]) == 1
        await bob.ask("block", user="@alice")
        for one in (alice, bob):
            assert await one.ask("receipts", conversation=c) == {"receipts": []}
        assert await alice.ask("readers", conversation=c, seq=1) == {"count": 0, "of": 0, "readers": []}


async def test_large_conversations_tell_no_receipts() -> None:
    async with House(options=limitless(receipts_limit=2)) as house:
        alice, bob, _carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        c = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        await bob.ask("read", conversation=c, seq=1)
        assert await alice.ask("receipts", conversation=c) == {"receipts": []}
