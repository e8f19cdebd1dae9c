"""How streams end: whoever ends one, nothing of it is left, and nothing is said in the log."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import grpc
import pytest

from teahouse.gateways.grpc import link
from teahouse.v1 import chat_pb2 as pb
from tests.gateways.grpc.place import Metadata, Place, running

pytestmark = pytest.mark.service

SEED = 20_261_125
LONG = "x" * 3000


@pytest.fixture
async def place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Place]:
    """A place in whose log nothing may stand in the end: no exception that nobody retrieved, no task destroyed."""
    with caplog.at_level(logging.WARNING):
        async with running(tmp_path) as place:
            yield place
            await empty(place)
    assert not [
        record.getMessage() for record in caplog.records if record.name in ("asyncio", "grpc._cython.cygrpc")
    ]


async def empty(place: Place) -> None:
    async with asyncio.timeout(10):
        while len(place.house.admission):  # noqa: ASYNC110 - as the server does
            await asyncio.sleep(0.01)


async def entered(place: Place, nick: str, metadata: Metadata = ()) -> Any:
    """A stream of its own connection that has said hello."""
    call: Any = (await place.stub()).Connect(metadata=metadata)
    hello = pb.HelloRequest() if metadata else pb.HelloRequest(nick=nick)
    await call.write(pb.ClientFrame(id="h", hello=hello))
    assert (await call.read()).frames[0].answer.HasField("welcome")
    return call


async def rest_of(call: Any) -> list[pb.ServerFrame]:
    frames: list[pb.ServerFrame] = []
    while (batch := await call.read()) is not grpc.aio.EOF:
        frames += batch.frames
    return frames


async def send(place: Place, number: int, metadata: Metadata) -> None:
    """So many long messages to the lobby, more than HTTP/2's window takes."""
    stub = await place.stub()
    for n in range(number):
        while True:
            try:
                await stub.Send(pb.SendRequest(to="lobby", text=f"{n} {LONG}"), metadata=metadata)
                break
            except grpc.aio.AioRpcError as error:
                assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
                await asyncio.sleep(0.1)


async def test_who_is_sent_away_and_does_not_read_is_cut_off(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "LINGER_S", 1)
    deaf_ones, alice = await place.token("bob"), await place.token("alice")
    await entered(place, "", deaf_ones)
    await send(place, 150, alice)
    assert len(place.house.admission) == 1
    user = next(iter(place.house.engine.sessions)).user
    assert user is not None
    place.house.engine.revoke(user.id)
    await empty(place)


async def test_who_leaves_with_much_unread_is_gone(place: Place) -> None:
    alice = await place.token("alice")
    call = await entered(place, "romeo")
    await send(place, 150, alice)
    call.cancel()
    await empty(place)


async def test_many_commands_at_once_are_answered_in_order_though_nobody_waits(place: Place) -> None:
    """More than may be in flight: the stream is not read meanwhile (`hold`), and half closed before that."""
    call = await entered(place, "romeo")
    for n in range(300):
        await call.write(pb.ClientFrame(id=str(n), ping=pb.PingRequest()))
    await call.done_writing()
    answered = [frame.answer.re or frame.failure.re for frame in await rest_of(call)]
    assert [re for re in answered if re] == [str(n) for n in range(300)]
    assert await call.code() is grpc.StatusCode.OK


async def test_streams_that_end_in_any_way_at_any_moment(place: Place) -> None:
    """Client and server end them at once, in the middle of what is said."""
    moments = Random(SEED)
    print(f"SEED={SEED}")
    alice = await place.token("alice")
    talking = asyncio.create_task(send(place, 60, alice))

    async def live(n: int) -> None:
        call = await entered(place, f"guest{n}")
        await asyncio.sleep(moments.random() * 0.5)
        way = moments.randrange(4)
        if way == 0:
            call.cancel()
            return
        for _ in range(4):
            await call.write(pb.ClientFrame(id="x", ping=pb.PingRequest()))
        if way == 1:
            await call.done_writing()
        elif way == 2:
            await call.write(pb.ClientFrame(id="y", leave=pb.LeaveRequest(conversation="lobby")))
            call.cancel()
            return
        else:
            for session in list(place.house.engine.sessions):
                if session.user is not None and session.user.nick == f"guest{n}":
                    place.house.engine.revoke(session.user.id)
        frames = await rest_of(call)
        assert await call.code() is grpc.StatusCode.OK
        assert way == 1 or frames[-1].HasField("bye")

    async with asyncio.timeout(40), asyncio.TaskGroup() as group:
        for n in range(30):
            group.create_task(live(n))
    await talking
