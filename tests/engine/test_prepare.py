import pytest

from tests.support.house import House, Person, limitless, turns


async def group(owner: Person, *members: Person) -> str:
    made = await owner.ask("create", kind="group", members=[m.me["id"] for m in members])
    return str(made["conversation"])


async def last(person: Person, conversation: str = "lobby", **fields: object) -> dict:
    entry: dict = (await person.ask("history", conversation=conversation, limit=1, **fields))["entries"][-1]
    return entry


async def test_a_thread_is_read_apart_and_counted_at_its_root() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="root")
        await bob.ask("send", to="lobby", text="one", thread=1)
        await alice.ask("send", to="lobby", text="beside")
        await alice.ask("send", to="lobby", text="two", thread=1)
        assert (await bob.event("message", seq=4))["thread"] == 1
        page = (await bob.ask("history", conversation="lobby", thread=1))["entries"]
        assert [entry["body"]["text"] for entry in page] == ["one", "two"]
        page = await bob.ask("history", conversation="lobby", thread=1, limit=1)
        assert (page["entries"][0]["seq"], page["more"]) == (4, True)
        root = (await bob.ask("history", conversation="lobby", before=2))["entries"][0]
        assert root["replies"] == {"replies": 2, "last_seq": 4, "last_at": page["entries"][0]["at"]}
        await alice.ask("recall", conversation="lobby", seq=4)
        root = (await bob.ask("history", conversation="lobby", before=2))["entries"][0]
        assert (root["replies"]["replies"], root["replies"]["last_seq"]) == (1, 2)


@pytest.mark.parametrize(("thread", "code"), [(99, "not_found"), (3, "bad_request"), (2, "not_found")])
async def test_a_thread_has_a_root_that_is_there(thread: int, code: str) -> None:
    """Not one that does not exist, nor a reply, nor what is no message."""
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="root")
        await alice.ask("react", conversation="lobby", seq=1, emoji="x")
        await alice.ask("send", to="lobby", text="reply", thread=1)
        assert await alice.refused("send", to="lobby", text="x", thread=thread) == code


async def test_a_joiner_can_neither_answer_nor_forward_what_was_before_them() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = await group(alice)
        secret = (await alice.ask("send", to=c, text="secret"))["seq"]
        await alice.ask("invite", conversation=c, user=bob.me["id"])
        assert await bob.refused("send", to=c, text="x", reply_to=secret) == "bad_request"
        assert await bob.refused("send", to=c, text="x", thread=secret) == "not_found"
        original = [{"conversation": c, "seq": secret}]
        assert await bob.refused("send", to="lobby", forward=original) == "not_found"


async def test_a_forwarded_message_names_its_author_and_not_its_place() -> None:
    async with House() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        c = await group(alice, bob)
        sent = await alice.ask("send", to=c, body={"type": "markdown", "text": "*hi* @bob"})
        await alice.ask("edit", conversation=c, seq=sent["seq"], text="hello @carol")
        await bob.ask("send", to="lobby", forward=[{"conversation": c, "seq": sent["seq"]}], cid="f")
        event = await carol.event("message")
        assert event["body"] == {"type": "text", "text": "hello @carol"}
        assert event["forwarded"] == {"nick": "alice", "at": sent["at"]}
        assert event["sender"]["nick"] == "bob"
        assert "mentions" not in event
        assert c not in str(event)
        await carol.ask("send", to="@alice", forward=[{"conversation": "lobby", "seq": 1}])
        again = await alice.event("message", forwarded={"nick": "alice", "at": sent["at"]}, seq=1)
        assert again["forwarded"]["nick"] == "alice"


async def test_several_are_forwarded_in_order_and_once() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = await group(alice)
        seqs = [(await alice.ask("send", to=c, text=f"m{n}"))["seq"] for n in range(3)]
        originals = [{"conversation": c, "seq": seq} for seq in seqs]
        answer = await alice.ask("send", to="lobby", forward=originals, cid="all")
        assert [one["seq"] for one in answer["routed"]] == [1, 2, 3]
        again = await alice.ask("send", to="lobby", forward=originals, cid="all")
        assert again == {**answer, "duplicate": True}
        await bob.event("message", seq=3)
        assert bob.texts("lobby") == ["m0", "m1", "m2"]
        assert alice.texts("lobby") == ["m0", "m1", "m2"]


@pytest.mark.parametrize(
    "fields",
    [
        {"forward": []},
        {"forward": [{"conversation": "lobby", "seq": 1}], "text": "mine"},
        {"forward": [{"conversation": "lobby", "seq": 1}], "ephemeral": True},
        {"forward": [{"conversation": "lobby", "seq": 1}] * 21},
        {"text": "x", "thread": 1, "ephemeral": True},
        {"text": "x", "expires_s": 0},
        {"text": "x", "at": 1},
        {"body": {"type": "text", "text": "x", "forwarded": 1}, "forward": [{"conversation": "lobby"}]},
    ],
)
async def test_what_makes_no_sense(fields: dict) -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="hi")
        assert await alice.refused("send", to="lobby", **fields) == "bad_request"
        assert (await last(alice))["seq"] == 1


async def test_attribution_cannot_be_forged() -> None:
    """Fields that only the server writes are not taken from clients, in whatever place."""
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        forged = {"nick": "bob", "at": 1}
        await alice.ask("send", to="lobby", text="x", forwarded=forged, stream={"id": "w"})
        event = await bob.event("message")
        assert "forwarded" not in event and "stream" not in event
        assert await alice.refused("send", to="lobby", body={"type": "system", "text": "x"}) == "forbidden"


async def test_quotes_show_what_there_is_now() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="first")
        await bob.ask("send", to="lobby", text="re", reply_to=1)
        assert "quote" not in await last(bob)
        shown = (await last(bob, quotes=True))["quote"]
        assert shown == {
            "seq": 1,
            "sender": {"id": alice.me["id"], "nick": "alice"},
            "type": "text",
            "text": "first",
        }
        await alice.ask("edit", conversation="lobby", seq=1, text="second")
        page = await bob.ask("history", conversation="lobby", before=3, limit=1, quotes=True)
        assert page["entries"][0]["quote"]["text"] == "second"
        await bob.ask("hide", conversation="lobby", seqs=[1])
        page = await bob.ask("history", conversation="lobby", before=3, limit=1, quotes=True)
        assert "quote" not in page["entries"][0]
        await alice.ask("recall", conversation="lobby", seq=1)
        page = await alice.ask("history", conversation="lobby", before=3, limit=1, quotes=True)
        quoted = page["entries"][0]["quote"]
        assert quoted["recalled"] is True and "text" not in quoted


async def test_pins_are_listed_and_bounded() -> None:
    async with House(options=limitless(pins=2)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = await group(alice, bob)
        a, b, d = [(await alice.ask("send", to=c, text=t))["seq"] for t in "abd"]
        await alice.ask("pin", conversation=c, seq=a)
        await alice.ask("pin", conversation=c, seq=b)
        assert await alice.refused("pin", conversation=c, seq=d) == "conflict"
        pins = (await bob.ask("pins", conversation=c))["entries"]
        assert [(e["body"]["text"], e["pinned"]) for e in pins] == [("b", True), ("a", True)]
        await alice.ask("pin", conversation=c, seq=b, on=False)
        await alice.ask("pin", conversation=c, seq=d)
        pins = (await bob.ask("pins", conversation=c))["entries"]
        assert [e["body"]["text"] for e in pins] == ["d", "a"]
        carol = await house.guest("carol")
        assert await carol.refused("pins", conversation=c) == "not_found"
        await turns()


async def test_what_is_for_one_member_is_neither_forwarded_nor_scheduled_nor_stored() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="a")
        await alice.ask("send", to="lobby", text="b")
        originals = [{"conversation": "lobby", "seq": seq} for seq in (1, 2)]
        for what in (
            {"forward": originals},
            {"text": "c", "at": house.clock.now() + 9000},
            {"text": "c", "thread": 1},
        ):
            for more in ({}, {"ephemeral": True}):
                refused = await alice.refused("send", to="lobby", only=bob.me["id"], **what, **more)
                assert refused == "bad_request"
        assert len(house.store.entries["lobby"]) == 2 and not house.store.schedules
