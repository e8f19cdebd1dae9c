"""The contract of Callers (ports/calls.py), over the socket and over a real RabbitMQ, and what stands on it: push
services and the web outside from afar."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aio_pika
import pytest

from teahouse.backends.calls import asking, far
from teahouse.backends.calls.far import Away, FarOutside, FarPusher
from teahouse.backends.calls.frames import FILE, Room, frame, read
from teahouse.backends.calls.making import Making
from teahouse.backends.calls.offering import CallSocket
from teahouse.backends.calls.taking import CallTaker
from teahouse.backends.clock import SystemClock
from teahouse.backends.rabbitmq.caller import RabbitCaller
from teahouse.backends.rabbitmq.calls import RabbitCallers, queue_of
from teahouse.model.push import Notice, PushDevice, PushKind
from teahouse.ports.calls import Callers, Failed, FetchCall, Found, PushCall, Pushed, Unanswered, Untaken
from teahouse.ports.outside import Asked, Fetched, NotAllowed, NotCalled, Unreachable
from teahouse.ports.push import DeviceGone, NotTaken, TryLater
from tests.contract.backends import parameters
from tests.contract.rabbitmq import options
from tests.support.rabbit import Rabbit

PHONE = PushDevice(id="p1", user="u1", kind=PushKind.FCM, address="a-token", grant="g1", secret=b"\x00\xff")


@dataclass
class World:
    """What a worker calls. `asked` are the bodies it got; `hangs` it answers never."""

    asked: list[bytes] = field(default_factory=list)
    hangs: set[bytes] = field(default_factory=set)
    raises: Exception | None = None
    rests: float = 0.0

    async def fetch(self, asked: Asked) -> Fetched:
        self.asked.append(asked.body)
        if self.raises is not None:
            raise self.raises
        if asked.body in self.hangs:
            await asyncio.sleep(60)
        return Fetched(asked.url, 200, {"x": "y"}, asked.body[::-1])

    def check(self, device: PushDevice) -> None:
        pass

    def rests_s(self, device: PushDevice) -> float:
        return self.rests

    async def push(self, device: PushDevice, notice: Notice) -> None:
        await self.fetch(Asked("", body=device.secret))


class Place:
    """`callers` is the server; `work` adds a worker, which can be stopped (`stop`) or dies (`die`)."""

    callers: Callers

    def __init__(self, make: Callable[[Making], Any]) -> None:
        self._make = make
        self.workers: list[tuple[Any, World, Making]] = []

    async def work(self) -> World:
        world = World()
        making = Making({PushKind.FCM: world}, {"outgoing": world})
        worker = self._make(making)
        worker.start()
        self.workers.append((worker, world, making))
        async with asyncio.timeout(20):
            await worker.connected()
        await asyncio.sleep(0.1)  # the server hears of it, too
        return world

    async def die(self, number: int) -> None:
        """As a process that is killed: its connections end, and nothing more is said."""
        worker, _, making = self.workers.pop(number)
        for task in tuple(making._tasks):
            task.cancel()
        if isinstance(worker, CallTaker):
            for writer in tuple(worker._writers):
                writer.transport.abort()
            await worker.stop(0)
        else:
            await worker.carrier.stop()

    async def close(self) -> None:
        for worker, _, _ in self.workers:
            await worker.stop(0)


@pytest.fixture(params=parameters(["socket", "rabbitmq"]))
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        if request.param == "socket":
            callers: Any = CallSocket(tmp_path)
            found = Place(lambda making: CallTaker(tmp_path, making, 200))
        else:
            rabbit: Rabbit = request.getfixturevalue("rabbit")
            await rabbit.ready()
            chosen = options(rabbit)
            callers = RabbitCallers(chosen)
            found = Place(lambda making: RabbitCaller(chosen, making))
            stack.push_async_callback(_clear, chosen.url, queue_of(chosen.name))
        await callers.start()
        stack.push_async_callback(callers.stop)
        if request.param != "socket":
            await callers.carrier.connected()
        found.callers = callers
        stack.push_async_callback(found.close)
        yield found


async def _clear(url: str, queue: str) -> None:
    async with await aio_pika.connect(url) as connection:
        await (await connection.channel()).queue_delete(queue)


def fetching(body: bytes) -> FetchCall:
    return FetchCall("outgoing", Asked("https://example.org/", "POST", (("A", "b"),), body))


async def test_a_call_is_made_and_answered(place: Place) -> None:
    """Whatever bytes it has; beside others; the time that nobody was there is waited for."""
    early = asyncio.create_task(place.callers.ask(fetching(b"early"), 5))
    await asyncio.sleep(0.3)
    world = await place.work()
    assert await early == Found(Fetched("https://example.org/", 200, {"x": "y"}, b"ylrae"))
    answers = await asyncio.gather(*(place.callers.ask(fetching(bytes([n, 255])), 5) for n in range(100)))
    assert [a.fetched.body for a in answers if isinstance(a, Found)] == [bytes([255, n]) for n in range(100)]
    assert len(world.asked) == 101
    assert await place.callers.ask(PushCall(PHONE, Notice(type="test")), 5) == Pushed("taken")
    assert world.asked[-1] == PHONE.secret
    large = b"x" * 5_000_000
    assert isinstance(await place.callers.ask(fetching(large), 20), Found)


async def test_workers_share_calls_and_each_is_made_once(place: Place) -> None:
    worlds = [await place.work(), await place.work()]
    for world in worlds:
        world.hangs.add(b"hangs")
    hanging = asyncio.create_task(place.callers.ask(fetching(b"hangs"), 20))
    await asyncio.gather(*(place.callers.ask(fetching(b"%d" % n), 10) for n in range(60)))
    assert sorted(worlds[0].asked + worlds[1].asked) == sorted([b"hangs", *(b"%d" % n for n in range(60))])
    assert all(world.asked for world in worlds)
    hanging.cancel()


async def test_q1_what_a_worker_had_when_it_died_another_makes(place: Place) -> None:
    first = await place.work()
    first.hangs |= {b"%d" % n for n in range(20)}
    asking_ = [asyncio.create_task(place.callers.ask(fetching(b"%d" % n), 20)) for n in range(20)]
    while len(first.asked) < 20:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    second = await place.work()
    await place.die(0)
    assert all(isinstance(answer, Found) for answer in await asyncio.gather(*asking_))
    assert sorted(second.asked) == sorted(first.asked)


async def test_q2_nobody_takes_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TAKE_S", 0.3)
    with pytest.raises(Untaken):
        await place.callers.ask(fetching(b"nobody"), 5)
    many = [asyncio.create_task(place.callers.ask(fetching(b"many"), 5)) for _ in range(asking.MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Untaken, match="too many"):
        await place.callers.ask(fetching(b"more"), 5)
    for task in many:
        task.cancel()
    await asyncio.gather(*many, return_exceptions=True)


async def test_q2_nobody_answers(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked hears it in time, and others are not held up."""
    monkeypatch.setattr(asking, "GRACE_S", 0.1)
    first = await place.work()
    first.hangs.add(b"hangs")
    with pytest.raises(Unanswered):
        await place.callers.ask(fetching(b"hangs"), 0.2)
    assert isinstance(await place.callers.ask(fetching(b"next"), 5), Found)


async def test_a_worker_that_stops_finishes_what_it_makes(place: Place) -> None:
    world = await place.work()
    asked = asyncio.create_task(place.callers.ask(fetching(b"last"), 10))
    held = asyncio.Event()
    fetch = world.fetch

    async def slow(asked: Asked) -> Fetched:
        held.set()
        await asyncio.sleep(0.3)
        return await fetch(asked)

    world.fetch = slow  # type: ignore[method-assign]
    await held.wait()
    worker, _, _ = place.workers.pop()
    stopping = asyncio.create_task(worker.stop(5))
    await asyncio.sleep(0.1)
    late = asyncio.create_task(place.callers.ask(fetching(b"late"), 10))
    assert isinstance(await asked, Found)
    await stopping
    assert world.asked == [b"last"]
    second = await place.work()
    assert isinstance(await late, Found)
    assert second.asked == [b"late"]


async def test_the_ports_from_afar(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker's say, ours say."""
    monkeypatch.setattr(asking, "TAKE_S", 0.5)
    monkeypatch.setattr(far, "ALONE_S", 0.3)
    away = Away(place.callers, SystemClock(), 5.0)
    outside = FarOutside(away, "outgoing")
    alerts = FarOutside(away, "outgoing", near=World())
    pusher, notice = FarPusher(World(), away, SystemClock()), Notice(type="test")
    with pytest.raises(NotCalled) as not_called:
        await outside.fetch(Asked("https://example.org/"))
    assert not_called.value.after_s > 0 and "teahouse worker" in away.trouble
    assert pusher.rests_s(PHONE) > 0
    with pytest.raises(TryLater, match="no worker"):
        await pusher.push(PHONE, notice)  # at once
    assert (await alerts.fetch(Asked("https://example.org/"))).status == 200  # by ourselves
    await asyncio.sleep(0.4)
    world = await place.work()
    assert (await outside.fetch(Asked("https://example.org/", body=b"ab"))).body == b"ba"
    assert away.trouble == "" and pusher.rests_s(PHONE) == 0
    for raised in (NotAllowed("no"), Unreachable("nobody")):
        world.raises = raised
        with pytest.raises(type(raised), match=str(raised)):
            await outside.fetch(Asked("https://example.org/"))
    world.rests = 60.0
    for said in (DeviceGone(), TryLater("busy", 7.0), NotTaken("wrong")):
        world.raises = said
        with pytest.raises(type(said)):
            await pusher.push(PHONE, notice)
    assert 50 < pusher.rests_s(PHONE) <= 60
    world.raises = RuntimeError("a defect")
    with pytest.raises(TryLater, match="RuntimeError in the worker"):
        await pusher.push(PHONE, notice)
    world.raises, world.rests = None, 0.0
    await pusher.push(PHONE, notice)
    assert pusher.rests_s(PHONE) == 0
    apple = PushDevice(id="p2", user="u1", kind=PushKind.APNS, address="t", grant="g1")
    with pytest.raises(NotTaken, match="not set up in the worker"):
        await pusher.push(apple, notice)


async def test_q4_a_worker_that_hangs_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has room and says nothing: the call of the one who finds out is lost to it, and all others are not."""
    monkeypatch.setattr(asking, "TAKE_S", 0.3)
    callers = CallSocket(tmp_path)
    await callers.start()
    reader, writer = await asyncio.open_unix_connection(str(tmp_path / FILE))
    writer.write(frame(Room(100)))
    await asyncio.sleep(0.1)
    with pytest.raises(Untaken):
        await callers.ask(fetching(b"one"), 5)
    while await read(reader) is not None:
        pass  # the end: it was cut off
    world = World()
    taker = CallTaker(tmp_path, Making({}, {"outgoing": world}), 10)
    taker.start()
    await taker.connected()
    assert isinstance(await callers.ask(fetching(b"two"), 5), Found)
    await taker.stop(1)
    await callers.stop()
    assert not (tmp_path / FILE).exists()


async def test_a_server_that_comes_again_finds_its_workers(tmp_path: Path) -> None:
    """Killed, it leaves its socket; the next one's has the same name. A worker that was first waits for it."""
    world = World()
    taker = CallTaker(tmp_path, Making({}, {"outgoing": world}), 10)
    taker.start()
    for number in range(3):
        callers = CallSocket(tmp_path)
        await callers.start()
        assert isinstance(await callers.ask(fetching(b"%d" % number), 5), Found)
        assert callers._server is not None
        callers._server.close()
        for hand in tuple(callers._hands):
            hand.writer.transport.abort()
    assert world.asked == [b"0", b"1", b"2"]
    await taker.stop(1)


async def test_what_is_not_understood(tmp_path: Path) -> None:
    """The connection ends, and nothing else does."""
    callers = CallSocket(tmp_path)
    await callers.start()
    for said in (b"\xff\xff\xff\xff", b"\x00\x00\x00\x01\xc1", b"GET / HTTP/1.1\r\n\r\n"):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / FILE))
        writer.write(said)
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 2) == b""
        writer.close()
    taker = CallTaker(tmp_path, Making({}, {"outgoing": World()}), 10)
    taker.start()
    assert isinstance(await callers.ask(fetching(b"one"), 5), Found)
    assert await callers.ask(FetchCall("alerts", Asked("")), 5) == Failed("KeyError in the worker")
    await taker.stop(1)
    await callers.stop()


async def test_a_worker_serves_all_nodes_of_its_directory(tmp_path: Path) -> None:
    world = World()
    taker = CallTaker(tmp_path, Making({}, {"outgoing": world}), 10)
    taker.start()
    nodes = [CallSocket(tmp_path, name) for name in ("tea-1", "tea-2")]
    for node in nodes:
        await node.start()
    answers = [await node.ask(fetching(b"ab"), 5) for node in nodes]
    assert [a.fetched.body for a in answers if isinstance(a, Found)] == [b"ba", b"ba"]
    for node in nodes:
        await node.stop()
    await taker.stop(1)
