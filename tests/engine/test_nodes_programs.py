"""Several nodes: bots, webhooks, devices that are woken up."""

import asyncio

from teahouse.engine.outlet_book import By, Wanted
from teahouse.model.bots import Bot, SlashCommand
from teahouse.model.caller import Caller
from teahouse.model.changes import Change, PutBot, PutUser
from teahouse.model.people import User
from tests.support.house import Person, Town, limitless, turns
from tests.support.push import Bells, until
from tests.support.receiver import Receiver, outgoing_stores


def by(person: Person, conversation: str) -> By:
    return By(Caller(User(person.me["id"], person.me["nick"])), "127.0.0.1", conversation)


async def test_commands_of_a_bot_are_known_on_all_nodes() -> None:
    async with Town() as (a, b):
        alice = await b.guest("alice")
        bot = Bot("u-kettle", "kettle", "u-owner", (), b"k", 1, 1, commands=(SlashCommand("brew"),))
        changes: list[Change] = [PutUser(User(bot.id, bot.nick, guest=False), 1), PutBot(bot)]
        await a.engine._stores.directory.apply(changes)
        a.engine.learn(changes)
        await turns()
        tea = (await alice.ask("create", kind="group", title="t", members=["u-kettle"]))["conversation"]
        rows = (await alice.ask("slash", conversation=tea))["commands"]
        assert "brew" in [row["name"] for row in rows]


async def outgoing_town(outside: Receiver, nodes: int) -> Town:
    town = Town(0)
    for name in "abcd"[:nodes]:
        town.houses.append(town.house(name, outgoing=outgoing_stores(town.store)))
    return town


async def test_an_outlet_is_told_once_and_in_order_whatever_node_writes(outside: Receiver) -> None:
    town = await outgoing_town(outside, 3)
    async with town as houses:
        people = [await house.guest(f"p{n}") for n, house in enumerate(houses)]
        made = await people[0].ask("create", kind="group", title="t", members=["@p1", "@p2"])
        tea = made["conversation"]
        book = houses[0].engine.outlets
        assert book is not None
        await book.make(by(people[0], tea), Wanted(outside.url, kinds=("message",)))
        await turns()

        async def talk(person: Person) -> None:
            for n in range(30):
                await person.ask("send", to=tea, text=f"{person.me['nick']} {n}")
                await asyncio.sleep(0)

        await asyncio.gather(*(talk(person) for person in people))
        await outside.wait(90)
        await until(lambda: not town.store.jobs)
        assert [told.event["seq"] for told in outside.taken] == list(range(2, 92))


async def test_an_outlet_that_was_paused_on_one_node_is_so_on_all(outside: Receiver) -> None:
    town = await outgoing_town(outside, 2)
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = (await alice.ask("create", kind="group", title="t", members=["@bob"]))["conversation"]
        assert a.engine.outlets is not None
        assert b.engine.outlets is not None
        outlet = await a.engine.outlets.make(by(alice, tea), Wanted(outside.url, kinds=("message",)))
        await turns()
        await bob.ask("send", to=tea, text="one")
        await outside.wait(1)
        await a.engine.outlets.pause(by(alice, tea), outlet.id, True)
        await turns()
        assert (await b.engine.outlets.one(by(alice, tea), outlet.id)).paused
        await bob.ask("send", to=tea, text="two")
        await asyncio.sleep(0.05)
        assert outside.texts == ["one"]


async def test_who_is_connected_to_another_node_is_given_time_to_look() -> None:
    town = Town(0)
    bells = Bells(town.store)
    options = limitless(push_after_s=0.3, offline_after_s=0)
    for name in "ab":
        town.houses.append(town.house(name, options, push=bells.stores))
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        await bells.device(b, bob)
        await turns()
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await asyncio.sleep(0.1)
        assert bells.pusher.taken == []
        await bob.ask("read", conversation=direct, seq=1)
        await until(lambda: not town.store.jobs)
        assert bells.pusher.taken == []
        bob.link.drop()
        await turns()
        await alice.ask("send", to=direct, text="gone?")
        (notice,) = await bells.pusher.wait()
        assert notice.body == "gone?"
        bob = await b.back(bob)
        await bob.ask("read", conversation=direct, seq=2)
        told = await bells.pusher.wait(2)
        assert told[1].type == "read"
