"""The client and the real server: people talk, the server is killed, and nothing is lost or doubled."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from teahouse.client import Client, Dismissed, Event, Hello, LogEvent, Problem
from teahouse.model import commands
from teahouse.model.results import Created, OnlineList
from tests.app.server import Server, serving

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--limits", "off") as server:
        yield server


@pytest.fixture(params=["tcp", "ws"])
def url(request: pytest.FixtureRequest, server: Server) -> str:
    tcp: str = server.ready["tcp"]
    return tcp if request.param == "tcp" else server.ready["http"].replace("http", "ws", 1) + "/ws"


@pytest.fixture
async def people(url: str) -> AsyncIterator[tuple[Client, Client]]:
    async with AsyncExitStack() as stack:
        alice = await stack.enter_async_context(Client(url, Hello(nick="alice")))
        bob = await stack.enter_async_context(Client(url, Hello(nick="bob")))
        yield alice, bob


async def entries(client: Client, count: int) -> list[LogEvent]:
    found: list[LogEvent] = []
    async with asyncio.timeout(20):
        async for event in client.events():
            if isinstance(event, LogEvent):
                found.append(event)
            if len(found) == count:
                break
    return found


async def test_two_people_talk(people: tuple[Client, Client]) -> None:
    alice, bob = people
    sent = await alice.send("lobby", "hi 茶")
    (heard,) = await entries(bob, 1)
    assert (heard.seq, heard.text, heard.sender.nick) == (sent.seq, "hi 茶", "alice")
    private = await bob.send("@alice", "psst")
    (heard,) = await entries(alice, 1)
    assert (heard.conversation, heard.text) == (private.conversation, "psst")
    online = await alice.request(commands.Online(), OnlineList)
    assert {user.nick for user in online.users} == {"alice", "bob"}


async def test_all_changes_come_in_order(people: tuple[Client, Client]) -> None:
    alice, bob = people
    command = commands.Create(kind="group", title="Tea", members=["@bob"])
    made = await alice.request(command, Created)
    sent = await alice.send(made.conversation, "Assam?")
    place: dict[str, Any] = {"conversation": made.conversation, "seq": sent.seq}
    await bob.request(commands.React(**place, emoji="🍵"), dict)
    await alice.request(commands.Edit(**place, text="Darjeeling?"), dict)
    await alice.request(commands.Recall(**place), dict)
    heard = await entries(bob, 4)
    assert [entry.ev for entry in heard] == ["conversation", "message", "edit", "recall"]
    (reaction,) = await entries(alice, 1)
    assert (reaction.ev, reaction.ref, reaction.emoji) == ("reaction", sent.seq, "🍵")
    assert alice.cursors[made.conversation] == bob.cursors[made.conversation] == sent.seq + 3


async def test_the_same_cid_is_the_same_message(people: tuple[Client, Client]) -> None:
    alice, _ = people
    first = await alice.send("lobby", "once", cid="c1")
    again = await alice.send("lobby", "once", cid="c1")
    assert (again.seq, again.duplicate) == (first.seq, True)
    with pytest.raises(Problem, match="idempotency_conflict"):
        await alice.send("lobby", "another text", cid="c1")


async def test_whoever_has_the_secret_takes_over(url: str) -> None:
    first = Client(url, Hello(nick="carol"))
    welcome = await first.connect()
    second = Client(url, Hello(nick="carol", resume=welcome.resume))
    assert (await second.connect()).user == welcome.user
    with pytest.raises(Dismissed, match="replaced"):
        async for _ in first.events():
            pass
    await first.close()
    await second.close()


async def test_a_backlog_larger_than_a_page(url: str, people: tuple[Client, Client]) -> None:
    alice, _ = people
    sent = await alice.send("lobby", "first")
    await asyncio.gather(*(alice.send("lobby", f"{n}") for n in range(450)))
    async with Client(url, Hello(nick="dave", cursors={"lobby": sent.seq})) as dave:
        heard = [entry for entry in await entries(dave, 450) if entry.conversation == "lobby"]
    assert [entry.seq for entry in heard] == list(range(sent.seq + 1, sent.seq + 451))


async def test_killed_and_restarted_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """Three kills in the middle of 300 sends; the sender just awaits, the listener just listens."""
    rng = random.Random(7)
    with serving(tmp_path, "--limits", "off") as first:
        port = first.ready["tcp"].rpartition(":")[2]
        sender = Client(first.ready["tcp"], Hello(nick="alice"), timeout_s=3)
        listener = Client(first.ready["tcp"], Hello(nick="bob"), timeout_s=3)
        await sender.connect()
        await listener.connect()
        listening = asyncio.create_task(collect(listener, "last"))
        sending = asyncio.create_task(send_all(sender, 300))
        await asyncio.sleep(0.3)
        first.process.kill()
    for _ in range(2):
        with serving(tmp_path, "--limits", "off", "--tcp-port", port) as again:
            assert again.ready
            await asyncio.sleep(rng.uniform(0.5, 1.0))
            again.process.kill()
    with serving(tmp_path, "--limits", "off", "--tcp-port", port) as last:
        assert last.ready
        async with asyncio.timeout(60):
            seqs = await sending
            await sender.send("lobby", "last")
            heard = await listening
        await sender.close()
        await listener.close()
    assert sorted(seqs) == list(range(1, 301))
    assert [entry.seq for entry in heard] == list(range(1, 302))
    assert sorted(entry.text for entry in heard[:-1]) == sorted(f"{n}" for n in range(300))


async def send_all(client: Client, count: int) -> list[int]:
    """Ten at a time, a little slower than the server could."""
    free = asyncio.Semaphore(10)

    async def send(n: int) -> int:
        async with free:
            await asyncio.sleep(0.06)
            return (await client.send("lobby", f"{n}")).seq

    return await asyncio.gather(*(send(n) for n in range(count)))


async def collect(client: Client, last: str) -> list[LogEvent]:
    heard: list[LogEvent] = []
    event: Event
    async for event in client.events():
        if isinstance(event, LogEvent):
            heard.append(event)
            if event.text == last:
                break
    return heard
