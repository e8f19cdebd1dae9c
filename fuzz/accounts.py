"""Fuzz the requests of gRPC's calls about accounts: they become what REST's operations take, or are refused."""

from functools import cache

from google.protobuf.message import DecodeError, Message

from fuzz import harness
from teahouse.gateways.grpc.operations import SERVICES, arguments, carried, method_name
from teahouse.gateways.rest.operation import Operation
from teahouse.model.errors import Code, Problem
from teahouse.v1 import accounts_pb2 as pb

SAMPLES = [
    pb.AuthRegisterRequest(user="alice", password="correct horse", nick="Alice").SerializeToString(),
    pb.AuthRefreshRequest(refresh_token="a.b").SerializeToString(),
    pb.AccountChangeRequest(nick="Älice", bio="", locale="en").SerializeToString(),
    pb.UsersSearchRequest(query="b", limit=5).SerializeToString(),
]


@cache
def _requests() -> list[tuple[Operation, type[Message]]]:
    return [
        (operation, getattr(pb, f"{service}{method_name(operation)}Request"))
        for service, kind in SERVICES.items()
        for operation in carried(kind)
    ]


def check(data: bytes) -> None:
    for operation, request in _requests():
        message = request()
        try:
            message.ParseFromString(data)
            arguments(operation, message)
        except DecodeError:
            continue
        except Problem as problem:
            assert problem.code is Code.BAD_REQUEST


if __name__ == "__main__":
    harness.main(check, SAMPLES)
