import pytest

from teahouse.engine.slash import spoken
from teahouse.model.bots import Bot, SlashCommand
from teahouse.model.changes import DropBot, PutBot, PutUser
from teahouse.model.people import User
from tests.support.house import House, Person


def bot(id_: str, *commands: SlashCommand, created: int = 1) -> Bot:
    return Bot(
        f"u-{id_}", id_, "u-owner", ("messages:read",), id_.encode(), created, created, commands=commands
    )


async def put(house: House, *bots: Bot) -> None:
    changes = [change for b in bots for change in (PutUser(User(b.id, b.nick, guest=False), 1), PutBot(b))]
    await house.engine._stores.directory.apply(changes)
    house.engine.learn(changes)


async def group(alice: Person, *members: str) -> str:
    made = await alice.ask("create", kind="group", title="Tea", members=list(members))
    return str(made["conversation"])


async def test_a_command_says_for_whom_it_is() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("kettle", SlashCommand("brew", "Make tea", "<kind>")))
        tea = await group(alice, "@bob", "@kettle")
        await alice.ask("send", to=tea, text="/brew  oolong, hot")
        event = await bob.event("message", conversation=tea)
        assert event["command"] == {"bot": "u-kettle", "name": "brew", "rest": "oolong, hot"}
        assert event["body"]["text"] == "/brew  oolong, hot"
        page = await bob.ask("history", conversation=tea)
        assert page["entries"][-1]["command"]["name"] == "brew"


@pytest.mark.parametrize("text", ["/boil", "/etc/hosts", "/", "//brew", "/Brew", "/brew@teapot x", " /brew"])
async def test_what_no_bot_answers_to_is_plain_text(text: str) -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("kettle", SlashCommand("brew")))
        tea = await group(alice, "@bob", "@kettle")
        await alice.ask("send", to=tea, text=text)
        event = await bob.event("message", conversation=tea)
        assert "command" not in event
        assert event["body"] == {"type": "text", "text": text}


async def test_a_bot_that_is_not_in_is_not_meant() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("kettle", SlashCommand("brew")))
        tea = await group(alice, "@bob")
        await alice.ask("send", to=tea, text="/brew")
        assert "command" not in await bob.event("message", conversation=tea)


async def test_the_older_bot_has_the_name_and_the_other_can_be_named() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("late", SlashCommand("brew"), created=9), bot("early", SlashCommand("brew")))
        tea = await group(alice, "@bob", "@late", "@early")
        await alice.ask("send", to=tea, text="/brew")
        assert (await bob.event("message", conversation=tea))["command"]["bot"] == "u-early"
        await alice.ask("send", to=tea, text="/brew@LATE now")
        command = (await bob.event("message", conversation=tea))["command"]
        assert command == {"bot": "u-late", "name": "brew", "rest": "now"}


async def test_commands_of_one_conversation_hold_there_only() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("kettle"))
        one, other = await group(alice, "@bob", "@kettle"), await group(alice, "@bob", "@kettle")
        await put(house, bot("kettle", SlashCommand("brew", conversation=one)))
        for conversation, commanded in ((one, True), (other, False)):
            await alice.ask("send", to=conversation, text="/brew")
            assert ("command" in await bob.event("message", conversation=conversation)) is commanded


async def test_the_list_for_completion() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await put(house, bot("kettle", SlashCommand("brew", "Make tea", "<kind>")))
        tea = await group(alice, "@kettle")
        rows = (await alice.ask("slash", conversation=tea))["commands"]
        assert [row["name"] for row in rows] == ["brew", "me", "shrug"]
        assert rows[0]["bot"] == {"id": "u-kettle", "nick": "kettle"}
        assert rows[0]["hint"] == "<kind>"
        assert await bob.refused("slash", conversation=tea) == "not_found"
        house.engine.learn([DropBot("u-kettle")])
        rows = (await alice.ask("slash", conversation=tea))["commands"]
        assert [row["name"] for row in rows] == ["me", "shrug"]


async def test_the_table_is_read_at_start() -> None:
    async with House() as house:
        await put(house, bot("kettle", SlashCommand("brew")))
        async with House(house.store, node="b") as again:
            assert again.engine._verbs.commands._names.keys() == {"brew"}


def test_the_servers_own() -> None:
    assert spoken("/me pours tea") == {"type": "text", "text": "pours tea", "action": True}
    assert spoken("/shrug") == {"type": "text", "text": "¯\\_(ツ)_/¯"}
    assert spoken("/shrug well") == {"type": "text", "text": "well ¯\\_(ツ)_/¯"}
    for text in ("/me", "/me ", "/mean it", "/shrugged", "/x"):
        assert spoken(text) is None


async def test_me_over_the_wire_and_again_with_its_cid() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        sent = await alice.ask("send", to="lobby", text="/me waves to @bob", cid="k")
        event = await bob.event("message")
        assert event["body"] == {"type": "text", "text": "waves to @bob", "action": True}
        assert event["mentions"] == [bob.me["id"]]
        again = await alice.ask("send", to="lobby", text="/me waves to @bob", cid="k")
        assert again == {**sent, "duplicate": True}


async def test_a_repeated_command_is_the_same_though_the_bot_has_gone() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await put(house, bot("kettle", SlashCommand("brew")))
        tea = await group(alice, "@kettle")
        await alice.ask("send", to=tea, text="/brew", cid="k")
        house.engine.learn([DropBot("u-kettle")])
        assert (await alice.ask("send", to=tea, text="/brew", cid="k"))["duplicate"] is True


async def test_an_ephemeral_answer_to_one() -> None:
    async with House() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        tea = await group(alice, "@bob", "@carol")
        await alice.ask("send", to=tea, text="for you", ephemeral=True, only=bob.me["id"])
        event = await bob.event("message", conversation=tea)
        assert (event["ephemeral"], event["only"], "seq" in event) == (True, bob.me["id"], False)
        await alice.ask("send", to=tea, text="for all")
        assert (await carol.event("message", conversation=tea))["body"]["text"] == "for all"
        assert await alice.refused("send", to=tea, text="x", only=bob.me["id"]) == "bad_request"


async def test_nobody_outside_is_whispered_to() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tea = await group(alice)
        await alice.ask("send", to=tea, text="psst", ephemeral=True, only=bob.me["id"])
        await bob.ask("ping")
        assert bob.events("message") == []


async def test_in_the_lobby_a_bot_is_there_while_it_is_connected() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await put(house, bot("kettle", SlashCommand("brew")))
        await alice.ask("send", to="lobby", text="/brew")
        kettle = await house.guest("pot")
        await put(house, Bot(kettle.me["id"], "pot", "u-o", (), b"p", 2, 2, commands=(SlashCommand("pour"),)))
        await alice.ask("send", to="lobby", text="/pour")
        entries = (await alice.ask("history", conversation="lobby"))["entries"]
        assert [entry.get("command", {}).get("name") for entry in entries] == [None, "pour"]
