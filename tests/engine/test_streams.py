from typing import Any

import pytest

from teahouse.model import commands, results
from teahouse.model.caller import Caller
from teahouse.model.errors import Problem
from teahouse.model.people import User
from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock

BOT = Caller(User("u-bot", "bot", guest=False), scopes=("stream",))
OTHER = Caller(User("u-other", "other", guest=False), scopes=("stream",))


async def say(house: House, caller: Caller = BOT, **fields: Any) -> Any:
    return await house.engine.call(caller, commands.Stream(id=0, **fields))


async def refused(house: House, caller: Caller = BOT, **fields: Any) -> str:
    with pytest.raises(Problem) as problem:
        await say(house, caller, **fields)
    return problem.value.code


async def test_it_is_seen_growing_and_stored_once_as_a_whole() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        stream = (await say(house, to="lobby", append="Tea ")).stream
        await turns()
        await say(house, stream=stream, append="is ")
        answer = await say(house, stream=stream, append="ready @alice")
        assert answer == results.Streaming("lobby", stream, 19)
        await turns()
        sent = await say(house, stream=stream, append=".", finish=True)
        message = await alice.event("message")
        deltas = alice.events("stream")
        assert [(d["start"], d.get("text", "")) for d in deltas[:1]] == [(0, "Tea ")]
        assert "".join(d.get("text", "") for d in deltas) == "Tea is ready @alice."
        assert [d["start"] for d in deltas] == sorted(d["start"] for d in deltas)
        assert deltas[-1]["ended"] is True
        assert message["body"] == {"type": "markdown", "text": "Tea is ready @alice."}
        assert (message["seq"], message["stream"]) == (sent.seq, {"id": stream})
        assert message["mentions"] == [alice.me["id"]]
        assert len(house.store.entries["lobby"]) == 1
        assert await refused(house, stream=stream, append="more") == "not_found"


async def test_deltas_of_one_turn_are_one_event() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        stream = (await say(house, to="lobby")).stream
        streams = house.engine._verbs.streams
        for word in ("a", "b", "c"):
            streams._append(streams._open[stream], word)
        await turns()
        assert [d["text"] for d in alice.events("stream")] == ["abc"]


async def test_who_comes_in_the_middle_is_told_the_whole() -> None:
    async with House() as house:
        await house.guest("alice")
        stream = (await say(house, to="lobby", append="one ")).stream
        await turns()
        await say(house, stream=stream, append="two ")
        await turns()
        bob = await house.guest("bob")
        await say(house, stream=stream, append="three")
        await turns()
        assert [(d["start"], d["text"]) for d in bob.events("stream")] == [(0, "one two "), (8, "three")]


async def test_one_that_nobody_goes_on_with_is_kept_unfinished() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        stream = (await say(house, to="lobby", append="half a sent")).stream
        await say(house, to="lobby")
        await clock.sleep(59)
        assert not alice.events("message")
        await clock.sleep(2)
        message = await alice.event("message")
        assert message["stream"] == {"id": stream, "unfinished": True}
        assert message["body"]["text"] == "half a sent"
        await turns()
        assert len(house.store.entries["lobby"]) == 1
        assert not house.engine._verbs.streams._open


async def test_a_drain_keeps_what_there_is() -> None:
    async with House() as house:
        await house.guest("alice")
        await say(house, to="lobby", append="half")
        await house.engine.drain(1)
        assert b'"unfinished":true' in house.store.entries["lobby"][0].content


async def test_only_bots_may_and_only_their_own() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("stream", to="lobby") == "forbidden"
        person = Caller(User(alice.me["id"], "alice"))
        assert await refused(house, person, to="lobby") == "forbidden"
        assert await refused(house, Caller(BOT.user, scopes=("messages:write",)), to="lobby") == "forbidden"
        stream = (await say(house, to="lobby", append="mine")).stream
        assert await refused(house, OTHER, stream=stream, append="x") == "not_found"
        assert await refused(house) == "bad_request"
        assert await refused(house, to="lobby", stream=stream) == "bad_request"
        c = (await alice.ask("create", kind="group"))["conversation"]
        assert await refused(house, to=c) == "not_found"


async def test_bounds() -> None:
    async with House(options=limitless(streams=2, text_bytes=10)) as house:
        await house.guest("alice")
        stream = (await say(house, to="lobby", append="123456789")).stream
        assert await refused(house, stream=stream, append="12") == "too_large"
        assert await refused(house, stream=stream, append="茶") == "too_large"
        await say(house, to="lobby")
        assert await refused(house, to="lobby") == "conflict"
        await say(house, OTHER, to="lobby")
        assert (await say(house, stream=stream, append="0", finish=True)).seq == 1


async def test_a_bot_on_a_connection_is_not_told_of_its_own_words() -> None:
    async with House() as house:
        bot, alice = await house.guest("bot"), await house.guest("alice")
        bot.link.session.scopes = ("stream",)
        stream = (await bot.ask("stream", to="lobby", append="a"))["stream"]
        await turns()
        sent = await bot.ask("stream", stream=stream, append="b", finish=True)
        await alice.event("message", seq=sent["seq"])
        assert [d.get("text") for d in alice.events("stream")] == ["a", "b"]
        assert not bot.events("stream") and not bot.events("message")


async def test_nothing_said_is_nothing_sent() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        stream = (await say(house, to="lobby")).stream
        assert await refused(house, stream=stream, append=" ", finish=True) == "bad_request"
        assert (await alice.event("stream"))["ended"] is True
        assert not house.store.entries["lobby"]


async def test_in_a_thread() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="root")
        stream = (await say(house, to="lobby", thread=1, append="x")).stream
        assert (await alice.event("stream"))["thread"] == 1
        await say(house, stream=stream, finish=True)
        replies = (await alice.ask("history", conversation="lobby", thread=1))["entries"]
        assert [entry["seq"] for entry in replies] == [2]
