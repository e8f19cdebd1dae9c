"""Sessions that take no entries for a while, and go on from cursors; and those whose protocol echoes."""

from tests.support.house import House, Person, limitless, seqs, turns


async def test_who_is_choked_falls_behind_may_ask_on_and_catches_up() -> None:
    async with House(options=limitless(page=4)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        house.engine.pace.choked(bob.link.session)
        await turns()
        for n in range(10):
            await alice.ask("send", to="lobby", text=str(n))
        assert seqs(bob) == []
        assert (await bob.ask("history", conversation="lobby"))["entries"]
        assert not bob.link.held
        house.engine.pace.eased(bob.link.session)
        await bob.event("message", seq=10)
        assert seqs(bob) == list(range(1, 11))
        await alice.ask("send", to="lobby", text="live")
        await bob.event("message", seq=11)


async def test_rewound_sessions_hear_again_what_follows_their_cursors() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for n in range(4):
            await alice.ask("send", to="lobby", text=str(n))
        await bob.event("message", seq=4)
        await house.engine.pace.rewind(bob.link.session, {"lobby": 2, "nowhere": 0})
        await alice.ask("send", to="lobby", text="live")
        await bob.event("message", seq=5)
        assert seqs(bob) == [1, 2, 3, 4, 3, 4, 5]
        await house.engine.pace.rewind(bob.link.session, {"lobby": 5})
        await turns()
        assert seqs(bob)[-1] == 5


def heard(person: Person) -> list[int]:
    return [event["seq"] for event in person.events("message")]


async def test_where_the_protocol_echoes_the_event_follows_the_answer() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        alice.link.session.echoes = True
        sent = await alice.ask("send", to="lobby", text="hi")
        await turns()
        assert heard(alice) == [sent["seq"]]
        assert "re" in alice.link.lines[-2]
        house.engine.pace.choked(alice.link.session)
        await turns()
        assert (await alice.ask("send", to="lobby", text="behind"))["seq"] == 2
        assert heard(alice) == [1]
        house.engine.pace.eased(alice.link.session)
        await alice.event("message", seq=2)
