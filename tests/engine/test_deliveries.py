from teahouse.backends.memory.deliveries import MemoryDeliveries
from teahouse.engine import deliveries
from tests.support.house import House
from tests.support.stage import StageClock


async def of(house: House, conversation: str) -> dict[tuple[str, str], int]:
    await house.engine._verbs.deliveries.write()
    found = await MemoryDeliveries(house.store).of(conversation, 99)
    return {(delivery.user, delivery.device): delivery.seq for delivery in found}


async def test_what_devices_confirm_is_kept_apart() -> None:
    async with House() as house:
        alice = await house.guest("alice", device="phone")
        bob = await house.guest("bob")
        for text in "abc":
            await alice.ask("send", to="lobby", text=text)
        laptop = await house.back(alice, device="laptop", cursors={"lobby": 1})
        await bob.ask("delivered", conversation="lobby", seq=2)
        await alice.ask("read", conversation="lobby", seq=99)
        await laptop.ask("ping")
        me = alice.me["id"]
        assert await of(house, "lobby") == {(me, "phone"): 3, (me, "laptop"): 1, (bob.me["id"], ""): 2}


async def test_they_are_written_together_after_a_while() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="a")
        await alice.ask("delivered", conversation="lobby", seq=1)
        assert not house.store.deliveries["lobby"]
        await clock.sleep(deliveries.PAUSE_S)
        assert len(house.store.deliveries["lobby"]) == 1


async def test_a_stop_writes_what_waits() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="a")
        await alice.ask("delivered", conversation="lobby", seq=1)
    assert len(house.store.deliveries["lobby"]) == 1


async def test_a_store_that_cannot_write_stops_nobody() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="a")
        await alice.ask("delivered", conversation="lobby", seq=1)
        house.store.failure = "full"
        await house.engine._verbs.deliveries.write()
        house.store.failure = None
        assert await of(house, "lobby") == {}


async def test_the_old_are_forgotten() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="a")
        await alice.ask("delivered", conversation="lobby", seq=1)
        await of(house, "lobby")
        clock.advance(deliveries.KEPT_MS / 1000 + 1)
        await bob.ask("delivered", conversation="lobby", seq=1)
        assert list(await of(house, "lobby")) == [(bob.me["id"], "")]
