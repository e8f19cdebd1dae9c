from tests.support.house import House, Person, turns


async def texts(person: Person, conversation: str = "lobby") -> list[str | None]:
    entries = (await person.ask("history", conversation=conversation))["entries"]
    return [entry.get("body", {}).get("text") for entry in entries if entry["ev"] == "message"]


async def test_what_one_hides_others_still_see() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="one")
        await alice.ask("edit", conversation="lobby", seq=1, text="ONE")
        await alice.ask("send", to="lobby", text="two")
        await alice.ask("react", conversation="lobby", seq=1, emoji="x")
        await bob.ask("hide", conversation="lobby", seqs=[1, 99])
        assert await texts(bob) == [None, "two"]
        entries = (await bob.ask("history", conversation="lobby"))["entries"]
        assert [e["seq"] for e in entries] == [1, 2, 3, 4]
        assert entries[0]["hidden"] is True and entries[1]["hidden"] is True
        assert "ONE" not in str(entries) and "reactions" not in entries[0]
        assert await texts(alice) == ["ONE", "two"]
        assert not alice.events("hidden")
        assert await bob.refused("react", conversation="lobby", seq=1, emoji="x") == "not_found"


async def test_ones_other_devices_are_told_and_nobody_else() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tablet = await house.back(bob, device="tablet")
        await alice.ask("send", to="lobby", text="one")
        await alice.ask("send", to="lobby", text="two")
        await bob.ask("hide", conversation="lobby", seqs=[1])
        await bob.ask("hide", conversation="lobby", seqs=[1])
        await bob.ask("clear", conversation="lobby")
        assert (await tablet.event("hidden")) == {"ev": "hidden", "conversation": "lobby", "seqs": [1]}
        assert (await tablet.event("cleared")) == {"ev": "cleared", "conversation": "lobby", "upto": 2}
        await turns()
        assert len(tablet.events("hidden")) == 1
        assert not bob.events("hidden") and not alice.events("hidden") and not alice.events("cleared")


async def test_a_device_that_was_away_learns_it() -> None:
    """By cursors it gets the place and not the content; by sync what it may still show."""
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for n in range(4):
            await alice.ask("send", to="lobby", text=f"m{n}")
        await bob.ask("hide", conversation="lobby", seqs=[1, 3])
        tablet = await house.back(bob, device="tablet", cursors={"lobby": 1})
        await tablet.event("message", seq=4)
        told = tablet.events("message")
        assert [(e["seq"], e.get("hidden", False)) for e in told] == [(2, False), (3, True), (4, False)]
        assert "m2" not in str(told)
        synced = (await tablet.ask("sync", cursors={"lobby": 2}))["conversations"][0]
        assert synced["hidden"] == [1]
        assert [e.get("hidden", False) for e in synced["entries"]] == [True, False]


async def test_hidden_and_cleared_messages_are_not_unread_nor_last() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        for text in ("one", "two @bob", "three @bob"):
            await alice.ask("send", to=c, text=text)
        await bob.ask("hide", conversation=c, seqs=[4])
        row = await summary(bob, c)
        assert (row["unread"], row["mentions"], row["last_message"]["body"]["text"]) == (2, 1, "two @bob")
        await bob.ask("clear", conversation=c, upto=3)
        row = await summary(bob, c)
        assert (row["unread"], row["last_message"], row["cleared_seq"]) == (0, None, 3)
        assert await texts(bob, c) == [None]
        assert await texts(alice, c) == ["one", "two @bob", "three @bob"]


async def test_a_clear_never_goes_back_nor_ahead() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="one")
        await bob.ask("clear", conversation="lobby", upto=10**6)
        await bob.ask("clear", conversation="lobby", upto=0)
        await alice.ask("send", to="lobby", text="two")
        assert await texts(bob) == ["two"]


async def test_strangers() -> None:
    async with House() as house:
        alice, eve = await house.guest("alice"), await house.guest("eve")
        c = (await alice.ask("create", kind="group"))["conversation"]
        assert await eve.refused("hide", conversation=c, seqs=[1]) == "not_found"
        assert await eve.refused("clear", conversation=c) == "not_found"
        assert await eve.refused("readers", conversation=c, seq=1) == "not_found"
        assert not house.store.hidden


async def test_the_badge() -> None:
    """All that is unread; of what is muted only the mentions."""
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        for text in ("one", "two @bob"):
            await alice.ask("send", to=c, text=text)
        await alice.ask("send", to="@bob", text="direct")
        assert (await bob.ask("conversations"))["badge"] == 3
        await bob.ask("mute", conversation=c)
        assert (await bob.ask("conversations"))["badge"] == 2
        synced = await bob.ask("sync")
        assert synced["badge"] == 2
        assert [s["muted"] for s in synced["conversations"] if s["conversation"] == c] == [True]


async def summary(person: Person, conversation: str) -> dict:
    rows = (await person.ask("conversations"))["conversations"]
    row: dict = next(row for row in rows if row["conversation"] == conversation)
    return row


async def test_only_messages_are_hidden() -> None:
    """What tells who is in stays, whatever one asks to hide."""
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", members=[bob.me["id"]]))["conversation"]
        await alice.ask("send", to=group, text="tea")
        await bob.ask("hide", conversation=group, seqs=[1, 2])
        made, message = (await bob.ask("history", conversation=group))["entries"]
        assert (made["kind"], "hidden" in made) == ("group", False)
        assert (message["hidden"], "body" in message) == (True, False)
