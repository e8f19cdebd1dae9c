"""Fuzz the decoder of gRPC's frames: a frame is a command that can be encoded and decoded again, or a WireError that
can be answered."""

import msgspec

from fuzz import harness
from teahouse.v1 import chat_pb2 as pb
from teahouse.wire.errors import WireError
from teahouse.wire.proto import ProtoWire, decode

_BODY = pb.Body(type="poll", text="tea?")
_BODY.other.update({"options": [1, 2.5, None, True, {"a": []}], "title": 3})

SAMPLES = [
    pb.ClientFrame(id="1", hello=pb.HelloRequest(nick="alice", cursors={"lobby": 5})).SerializeToString(),
    pb.ClientFrame(id="x", send=pb.SendRequest(to="@bob", text="hé", cid="c1")).SerializeToString(),
    pb.ClientFrame(send=pb.SendRequest(to="lobby", body=_BODY)).SerializeToString(),
    pb.ClientFrame(id="2", history=pb.HistoryRequest(conversation="lobby", before=10)).SerializeToString(),
    pb.ClientFrame(create=pb.CreateRequest(kind="group", title="T", members=["u1"])).SerializeToString(),
]

WIRE = ProtoWire()


def check(data: bytes) -> None:
    try:
        command = decode(data)
    except WireError as error:
        batch = pb.EventBatch.FromString(WIRE.failure(error.re, error.problem))
        assert batch.frames[0].failure.error.code == error.problem.code
        return
    assert msgspec.json.decode(msgspec.json.encode(command), type=type(command)) == command


if __name__ == "__main__":
    harness.main(check, SAMPLES)
