"""gRPC with the library's own client, against a whole server in this process."""

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from teahouse.gateways.grpc.calls import STATUS, address_of
from teahouse.gateways.listening import CannotListen
from teahouse.model.errors import Code
from teahouse.v1 import chat_pb2 as pb
from tests.gateways.grpc.place import Place, detail, running

pytestmark = pytest.mark.service


class Stream:
    """A stream, frame by frame."""

    def __init__(self, call) -> None:
        self.call = call
        self._frames: list[pb.ServerFrame] = []

    async def say(self, **command: Any) -> None:
        await self.call.write(pb.ClientFrame(id="1", **command))

    async def hear(self) -> pb.ServerFrame | None:
        async with asyncio.timeout(10):
            while not self._frames:
                batch = await self.call.read()
                if batch is grpc.aio.EOF:
                    return None
                self._frames = list(batch.frames)
        return self._frames.pop(0)

    async def until(self, kind: str) -> pb.ServerFrame:
        while (frame := await self.hear()) is not None:
            if frame.WhichOneof("frame") == kind:
                return frame
        raise AssertionError(f"the stream ended before {kind}")


async def test_calls_and_a_stream_see_the_same_conversation(place: Place) -> None:
    alice, bob = await place.token("alice"), await place.token("bob")
    stub = await place.stub()
    stream = Stream(stub.Connect(metadata=bob))
    await stream.say(hello=pb.HelloRequest())
    assert (await stream.until("answer")).answer.welcome.user.nick == "bob"
    sent = await stub.Send(pb.SendRequest(to="@bob", text="hi", cid="k1"), metadata=alice)
    heard = (await stream.until("message")).message
    assert (heard.conversation, heard.seq, heard.body.text) == (sent.sent.conversation, sent.sent.seq, "hi")
    again = await stub.Send(pb.SendRequest(to="@bob", text="hi", cid="k1"), metadata=alice)
    assert (again.sent.seq, again.sent.duplicate) == (heard.seq, True)
    page = await stub.History(pb.HistoryRequest(conversation=heard.conversation), metadata=bob)
    assert [one.message.body.text for one in page.history_page.entries if one.HasField("message")] == ["hi"]
    await stub.Edit(
        pb.EditRequest(conversation=heard.conversation, seq=heard.seq, text="hello"), metadata=alice
    )
    assert (await stream.until("edit")).edit.body.text == "hello"
    await stub.Typing(pb.TypingRequest(conversation=heard.conversation), metadata=alice)
    assert (await stream.until("typing")).typing.on
    await stub.Recall(pb.RecallRequest(conversation=heard.conversation, seq=heard.seq), metadata=alice)
    assert (await stream.until("recall")).recall.ref == heard.seq


async def test_a_call_without_a_token_or_with_a_wrong_one(place: Place) -> None:
    stub = await place.stub()
    for metadata in ((), (("authorization", "Bearer nonsense"),), (("authorization", "Basic eDp5"),)):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await stub.Conversations(pb.ConversationsRequest(), metadata=metadata)
        assert error.value.code() is grpc.StatusCode.UNAUTHENTICATED
        assert detail(error.value).code == "unauthenticated"


async def test_a_refusal_has_the_code_and_the_sentence_of_the_protocol(place: Place) -> None:
    stub, alice = await place.stub(), await place.token("alice")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.History(pb.HistoryRequest(conversation="nowhere"), metadata=alice)
    assert error.value.code() is grpc.StatusCode.NOT_FOUND
    assert detail(error.value).code == "not_found"
    assert detail(error.value).message == error.value.details()
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.Send(pb.SendRequest(), metadata=alice)
    assert error.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_every_code_has_a_status() -> None:
    assert set(STATUS) == set(Code)


async def test_a_guest_says_hello_on_a_stream_and_comes_back(place: Place) -> None:
    stub = await place.stub()
    first = Stream(stub.Connect())
    await first.say(hello=pb.HelloRequest(nick="romeo"))
    welcome = (await first.until("answer")).answer.welcome
    first.call.cancel()
    again = Stream((await place.stub()).Connect())
    await again.say(hello=pb.HelloRequest(resume=welcome.resume))
    assert (await again.until("answer")).answer.welcome.user.id == welcome.user.id


async def test_who_says_no_hello_is_sent_away(tmp_path: Path) -> None:
    async with running(tmp_path, hello_s=1) as place:
        stream = Stream((await place.stub()).Connect())
        assert (await stream.until("failure")).failure.error.code == "unauthenticated"
        assert not (await stream.until("bye")).bye.reconnect
        assert await stream.hear() is None
        assert await stream.call.code() is grpc.StatusCode.OK


async def test_a_client_that_half_closes_hears_its_answers(place: Place) -> None:
    stream = Stream((await place.stub()).Connect())
    await stream.say(hello=pb.HelloRequest(nick="romeo"))
    await stream.say(ping=pb.PingRequest())
    await stream.call.done_writing()
    assert (await stream.until("answer")).answer.HasField("welcome")
    assert (await stream.until("answer")).answer.HasField("pong")
    while await stream.hear() is not None:
        pass
    assert await stream.call.code() is grpc.StatusCode.OK


async def test_frames_that_are_none_end_the_stream(place: Place) -> None:
    call: Any = (await place.channel()).stream_stream("/teahouse.v1.Chat/Connect")()
    for _ in range(3):
        await call.write(b"\xff\xff\xff")
    data = b""
    while (batch := await call.read()) is not grpc.aio.EOF:
        data += batch
    frames = pb.EventBatch.FromString(data).frames
    assert [frame.WhichOneof("frame") for frame in frames] == ["failure", "failure", "failure", "bye"]


async def test_a_frame_that_is_too_large_is_refused_by_its_size(place: Place) -> None:
    stream = Stream((await place.stub()).Connect())
    await stream.say(hello=pb.HelloRequest(nick="x" * 10_000))
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stream.hear()
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert len(place.house.admission) == 0


async def test_a_deadline_ends_a_stream_and_its_session(place: Place) -> None:
    stream = Stream((await place.stub()).Connect(timeout=0.5))
    await stream.say(hello=pb.HelloRequest(nick="romeo"))
    await stream.until("answer")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        while True:
            await stream.hear()
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    async with asyncio.timeout(5):
        while len(place.house.admission):  # noqa: ASYNC110 - as the server does
            await asyncio.sleep(0.01)


async def test_a_client_that_does_not_read_falls_behind_and_catches_up(place: Place) -> None:
    """The window of HTTP/2 is full, then the limit of unsent bytes: from there on it is the log that waits."""
    stub, alice = await place.stub(), await place.token("alice")
    slow = Stream((await place.stub()).Connect())
    await slow.say(hello=pb.HelloRequest(nick="romeo"))
    await slow.until("answer")
    text = "x" * 3000
    for n in range(400):
        while True:
            try:
                await stub.Send(pb.SendRequest(to="lobby", text=f"{n} {text}"), metadata=alice)
                break
            except grpc.aio.AioRpcError as error:
                assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
                await asyncio.sleep(detail(error).retry_after_ms / 1000)
    heard = [int((await slow.until("message")).message.body.text.split()[0]) for _ in range(400)]
    assert heard == list(range(400))


async def test_a_deadline_ends_a_call_and_a_cid_makes_it_safe_to_try_again(place: Place) -> None:
    stub, alice = await place.stub(), await place.token("alice")
    request = pb.SendRequest(to="lobby", text="hi", cid="k1")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.Send(request, metadata=alice, timeout=0.00001)
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    sent = await stub.Send(request, metadata=alice, timeout=10)
    page = await stub.History(pb.HistoryRequest(conversation="lobby"), metadata=alice)
    assert [one.message.seq for one in page.history_page.entries] == [sent.sent.seq]


async def test_what_is_set_to_nothing_is_not_what_is_not_set(place: Place) -> None:
    stub, alice = await place.stub(), await place.token("alice")
    created = await stub.Create(pb.CreateRequest(kind="group", title="Tea"), metadata=alice)
    here = created.created.conversation
    for description in ("Oolong, mostly.", ""):
        await stub.Update(pb.UpdateRequest(conversation=here, description=description), metadata=alice)
        view = await stub.Conversation(pb.ConversationRequest(conversation=here), metadata=alice)
        seen = view.conversation_view
        assert (seen.title, seen.description) == ("Tea", description)


async def test_health_and_reflection(place: Place) -> None:
    channel = await place.channel()
    health: Any = health_pb2_grpc.HealthStub(channel)
    for service in ("", "teahouse.v1.Chat", "teahouse.v1.Auth"):
        answer = await health.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
    mirror: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
    call = mirror.ServerReflectionInfo()
    await call.write(reflection_pb2.ServerReflectionRequest(list_services=""))
    listed = await call.read()
    named = {one.name for one in listed.list_services_response.service}
    assert named >= {f"teahouse.v1.{name}" for name in ("Chat", "Auth", "Account", "Users")}


async def test_a_server_that_goes_says_so(place: Place) -> None:
    stub = await place.stub()
    stream = Stream(stub.Connect())
    await stream.say(hello=pb.HelloRequest(nick="romeo"))
    await stream.until("answer")
    drained = asyncio.create_task(place.house.drain(2))
    assert (await stream.until("bye")).bye.reconnect
    assert await stream.hear() is None
    await drained
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await Stream(stub.Connect()).hear()
    assert error.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_a_port_that_is_taken_is_one_sentence(place: Place, tmp_path: Path) -> None:
    port = int(place.target.rpartition(":")[2])
    with pytest.raises(Exception, match=f"cannot listen on 127.0.0.1 port {port}") as error:
        async with running(tmp_path / "second", port=port):
            pass
    assert isinstance(error.value.__cause__, CannotListen)


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("ipv4:127.0.0.1:5000", "127.0.0.1"),
        ("ipv6:%5B::1%5D:5000", "::1"),
        ("ipv6:[::1]:5000", "::1"),
        ("unix:/run/x", ""),
        ("", ""),
    ],
)
def test_where_a_client_comes_from(peer: str, address: str) -> None:
    assert address_of(peer) == address
