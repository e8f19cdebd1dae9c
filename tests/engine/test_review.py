"""Before something is stored, somebody outside is asked: who is asked of what, and what becomes of the answer."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.engine.options import ReviewOptions
from teahouse.engine.stores import ReviewStores
from teahouse.model import commands
from teahouse.model.breaker import AFTER
from teahouse.model.caller import Caller
from teahouse.model.errors import Problem
from teahouse.model.people import User
from tests.support.house import House
from tests.support.receiver import Receiver, receiver

SECRET = "whs_review"
Json = dict[str, Any]


class Reviewed:
    """A house whose lobby is reviewed by a receiver."""

    def __init__(self, outside: Receiver, **options: Any) -> None:
        self.outside = outside
        self.store = MemoryStore()
        given = {"url": outside.url, "secret": SECRET, "timeout_ms": 300, **options}
        fetcher = Fetcher(OutsideOptions(allow_private=True, ports=()))
        self.house = House(self.store, review=ReviewStores(fetcher, ReviewOptions(**given)))

    def says(self, **verdict: Any) -> None:
        self.outside.answer = json.dumps(verdict).encode()

    @property
    def asked(self) -> list[Json]:
        return [json.loads(one.body) for one in self.outside.asked]

    @property
    def texts(self) -> list[str]:
        """What was stored in the lobby."""
        entries = self.store.entries["lobby"]
        return [json.loads(e.content)["body"]["text"] for e in entries if e.kind in ("message", "edit")]


@asynccontextmanager
async def reviewing(**options: Any) -> AsyncIterator[Reviewed]:
    async with receiver() as outside:
        reviewed = Reviewed(outside, **options)
        reviewed.says(verdict="allow")
        async with reviewed.house:
            yield reviewed


@pytest.fixture
async def reviewed() -> AsyncIterator[Reviewed]:
    async with reviewing() as found:
        yield found


async def test_what_passes_is_stored(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    await alice.ask("send", to="lobby", text="hello")
    (question,) = reviewed.asked
    assert (question["kind"], question["conversation"]) == ("message", "lobby")
    assert question["sender"] == {"id": alice.me["id"], "nick": "alice"}
    assert question["body"] == {"type": "text", "text": "hello"}
    assert reviewed.outside.asked[0].fault(SECRET, time.time()) == ""
    assert reviewed.texts == ["hello"]


async def test_what_is_refused_is_not_and_its_sender_is_told_why(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    reviewed.says(verdict="refuse", reason="no tea\nbefore noon")
    with pytest.raises(Exception, match="no tea before noon"):
        await alice.ask("send", to="lobby", text="tea?")
    assert await alice.refused("send", to="lobby", text="tea?", ephemeral=True) == "forbidden"
    assert reviewed.texts == []


async def test_what_is_changed_is_said_instead(reviewed: Reviewed) -> None:
    alice, bob = await reviewed.house.guest("alice"), await reviewed.house.guest("bob")
    reviewed.says(verdict="replace", body={"type": "text", "text": "***"})
    await alice.ask("send", to="lobby", text="damn")
    assert (await bob.event("message"))["body"] == {"type": "text", "text": "***"}
    reviewed.says(verdict="replace", body={"type": "markdown", "text": "*no*"})
    await alice.ask("send", to="lobby", text="damn")
    assert (await bob.event("message"))["body"] == {"type": "markdown", "text": "*no*"}


async def test_edits_are_reviewed(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    seq = (await alice.ask("send", to="lobby", text="fine"))["seq"]
    reviewed.says(verdict="refuse")
    assert await alice.refused("edit", conversation="lobby", seq=seq, text="bad") == "forbidden"
    assert (reviewed.asked[-1]["kind"], reviewed.asked[-1]["edits"]) == ("edit", seq)
    reviewed.says(verdict="replace", body={"type": "text", "text": "better"})
    await alice.ask("edit", conversation="lobby", seq=seq, text="bad")
    assert reviewed.texts == ["fine", "better"]


async def test_all_ways_of_saying_something_are_reviewed(reviewed: Reviewed) -> None:
    """A thread, a forward, a file, a topic: whatever makes a message."""
    alice = await reviewed.house.guest("alice")
    root = (await alice.ask("send", to="lobby", text="root"))["seq"]
    room = await alice.ask("create", kind="room", title="News", topic="news.*")
    reviewed.says(verdict="refuse")
    ways: list[Json] = [
        {"to": "lobby", "text": "x", "thread": root},
        {"to": "lobby", "forward": [{"conversation": "lobby", "seq": root}]},
        {"to": "topic:news.tea", "text": "x"},
        {"to": "lobby", "body": {"type": "markdown", "text": "x"}},
        {"to": room["conversation"], "text": "x"},
    ]
    for way in ways:
        assert await alice.refused("send", **way) == "forbidden", way
    assert reviewed.texts == ["root"]


async def test_webhooks_are_reviewed(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    group = (await alice.ask("create", kind="group", title="Tea"))["conversation"]
    user = User(alice.me["id"], "alice")
    make = commands.MakeHook(id=0, conversation=group, nick="CI", style="plain", avatar="", template="")
    made: Any = await reviewed.house.engine.call(Caller(user), make)
    sender = Caller(User(made.webhook.id, "CI"), f"hook:{made.webhook.id}")
    reviewed.says(verdict="refuse", reason="no")
    with pytest.raises(Problem, match="no"):
        await reviewed.house.engine.call(sender, commands.Post(id=0, hook=made.webhook.id, text="green"))
    assert reviewed.asked[-1]["sender"]["nick"] == "CI"


async def test_direct_conversations_are_left_alone(reviewed: Reviewed) -> None:
    alice, _bob = await reviewed.house.guest("alice"), await reviewed.house.guest("bob")
    await alice.ask("send", to="@bob", text="between us")
    await alice.ask("send", to="@bob", text="again")
    assert reviewed.asked == []


async def test_only_what_is_named_is_reviewed() -> None:
    async with reviewing(conversations=("c1",), kinds=("message",)) as reviewed:
        alice = await reviewed.house.guest("alice")
        await alice.ask("send", to="lobby", text="hello")
        assert reviewed.asked == []


@pytest.mark.parametrize("fail", ["open", "closed"])
@pytest.mark.parametrize(
    "trouble",
    [
        500,
        "hang",
        "reset",
        b"",
        b"[]",
        b'{"verdict":"perhaps"}',
        b'{"verdict":"replace"}',
        b'{"verdict":"replace","body":{"type":"text","text":" "}}',
        b'{"verdict":"replace","body":{"type":"image","file":"f1"}}',
        b'{"verdict":"replace","body":{"text":"no type"}}',
        b"x" * 300_000,
        b'{"verdict":"allow","reason":"\xff"}',
        b'{"verdict":"replace","body":{"type":"odd","a":' + b"[" * 5000 + b"]" * 5000 + b"}}",
        b'{"verdict":"replace","body":{"type":"odd","a":' + b"[" * 20 + b"]" * 20 + b"}}",
        b'{"verdict":"replace","body":{"type":"odd","a":1e999}}',
        b'{"verdict":"replace","body":{"type":"system","text":"I am the server"}}',
    ],
)
async def test_what_cannot_be_reviewed(fail: str, trouble: int | str | bytes) -> None:
    """Open: it is said all the same; closed: it is not, and may be tried again."""
    async with reviewing(fail=fail) as reviewed:
        alice = await reviewed.house.guest("alice")
        if isinstance(trouble, bytes):
            reviewed.outside.answer = trouble
        else:
            reviewed.outside.mode = trouble
        if fail == "open":
            await alice.ask("send", to="lobby", text="hello")
            assert reviewed.texts == ["hello"]
        else:
            assert await alice.refused("send", to="lobby", text="hello") == "unavailable"
            assert reviewed.texts == []


async def test_who_does_not_answer_is_left_alone() -> None:
    """After some failures in a row, nobody waits for them."""
    async with reviewing(timeout_ms=100) as reviewed:
        alice = await reviewed.house.guest("alice")
        while not reviewed.outside.taken:  # what TLS needs takes longer, the first time
            await alice.ask("send", to="lobby", text="hello")
        reviewed.outside.asked.clear()
        reviewed.outside.mode = "hang"
        for number in range(AFTER):
            await alice.ask("send", to="lobby", text=str(number))
        began = time.monotonic()
        for number in range(20):
            await alice.ask("send", to="lobby", text=str(number))
        assert time.monotonic() - began < 0.5
        assert len(reviewed.asked) == AFTER


async def test_the_order_of_a_sender_is_kept(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    await reviewed.house.guest("bob")
    for number in range(20):
        alice.say("send", id=1000 + number, to="lobby" if number % 3 else "@bob", text=str(number))
    await alice.ask("sync")
    assert reviewed.texts == [str(number) for number in range(20) if number % 3]


async def test_a_repetition_is_not_asked_again(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    reviewed.says(verdict="replace", body={"type": "text", "text": "***"})
    first = await alice.ask("send", to="lobby", text="damn", cid="a")
    reviewed.says(verdict="refuse")
    again = await alice.ask("send", to="lobby", text="damn", cid="a")
    assert (again["seq"], again["duplicate"]) == (first["seq"], True)
    assert len(reviewed.asked) == 1
    assert await alice.refused("send", to="lobby", text="other", cid="a") == "forbidden"


async def test_two_at_once_with_one_key_are_asked_once(reviewed: Reviewed) -> None:
    alice = await reviewed.house.guest("alice")
    user = Caller(User(alice.me["id"], "alice"))
    send = commands.Send(id=0, to="lobby", text="hello", cid="a")
    done: list[Any] = await asyncio.gather(*(reviewed.house.engine.call(user, send) for _ in range(3)))
    assert len({one.seq for one in done}) == 1 and len(reviewed.asked) == 1


async def test_closed_is_asked_again_by_a_repetition() -> None:
    async with reviewing(fail="closed") as reviewed:
        alice = await reviewed.house.guest("alice")
        reviewed.outside.mode = 500
        assert await alice.refused("send", to="lobby", text="hello", cid="a") == "unavailable"
        reviewed.outside.mode = 200
        await alice.ask("send", to="lobby", text="hello", cid="a")
        assert reviewed.texts == ["hello"]


async def test_who_may_not_write_is_not_asked_about(reviewed: Reviewed) -> None:
    alice, bob = await reviewed.house.guest("alice"), await reviewed.house.guest("bob")
    group = (await alice.ask("create", kind="group", title="Tea"))["conversation"]
    await bob.refused("send", to=group, text="let me in")
    assert reviewed.asked == []


async def test_others_do_not_wait() -> None:
    """While one sender is reviewed by somebody who hangs, others write elsewhere."""
    async with reviewing(conversations=("lobby",), timeout_ms=2000) as reviewed:
        alice, bob = await reviewed.house.guest("alice"), await reviewed.house.guest("bob")
        reviewed.outside.mode = "hang"
        alice.say("send", id=1, to="lobby", text="slow")
        await reviewed.outside.wait(1, "asked")
        began = time.monotonic()
        await bob.ask("send", to="@alice", text="fast")
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("given", "why"), [({"url": "https://x"}, "secret"), ({"url": "ftp://x", "secret": "s"}, "http")]
)
def test_settings_that_make_no_sense(given: Json, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ReviewOptions(**given)
