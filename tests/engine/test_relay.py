"""Streams that go on by way of another node."""

from teahouse.model import results
from tests.engine.test_streams import OTHER, refused, say
from tests.support.house import Town, turns


async def test_a_stream_goes_on_and_is_finished_on_any_node() -> None:
    async with Town(3) as (a, b, c):
        alice = await c.guest("alice")
        stream = (await say(a, to="lobby", append="Tea ")).stream
        assert await say(b, stream=stream, append="is ") == results.Streaming("lobby", stream, 7)
        await turns()
        bob = await c.guest("bob")
        assert [e["text"] for e in bob.events("stream")] == ["Tea is "]
        sent = await say(c, stream=stream, append="ready", finish=True)
        message = await alice.event("message")
        assert (message["seq"], message["body"]["text"]) == (sent.seq, "Tea is ready")
        assert "".join(e.get("text", "") for e in alice.events("stream")) == "Tea is ready"
        assert await refused(a, stream=stream, append="more") == "not_found"


async def test_a_question_that_is_heard_twice_is_done_once() -> None:
    town = Town()
    town.hub.fate = lambda hint, node: (0.0, 0.0)
    async with town as (a, b):
        stream = (await say(a, to="lobby")).stream
        for n, word in enumerate(("one ", "two "), 1):
            assert (await say(b, stream=stream, append=word)).length == 4 * n


async def test_nobody_goes_on_with_the_stream_of_somebody_else() -> None:
    async with Town() as (a, b):
        stream = (await say(a, to="lobby", append="mine")).stream
        assert await refused(b, OTHER, stream=stream, append="!") == "not_found"


async def test_what_the_node_refuses_is_refused() -> None:
    async with Town() as (a, b):
        stream = (await say(a, to="lobby")).stream
        assert await refused(b, stream=stream, append="x" * 16_000 + "y" * 400) == "too_large"
        assert await refused(b, stream=stream, finish=True) == "bad_request"


async def test_without_the_others_it_is_not_there() -> None:
    town = Town()
    async with town as (a, b):
        stream = (await say(a, to="lobby", append="Tea")).stream
        town.cut(b)
        assert await refused(b, stream=stream, append="!") == "not_found"
