"""Calls with one request and one answer: each command of the protocol for somebody who has a token.

Rule: what a call does is what the command does on a connection; a refusal is gRPC's status, with the protocol's own
code and sentence in the trailing metadata. Called by service.py.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import NoReturn, Protocol

import grpc
from google.protobuf.message import DecodeError, Message

from teahouse.gateways.grpc.link import Call
from teahouse.model.caller import Caller
from teahouse.model.commands import Command
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.results import Result
from teahouse.ports.identity import Tokens
from teahouse.v1 import chat_pb2 as pb
from teahouse.wire.errors import WireError
from teahouse.wire.proto import command_of, error_of, result_into

STREAM = "Connect"

ERROR = "teahouse-error-bin"

STATUS = {
    Code.BAD_FRAME: grpc.StatusCode.INVALID_ARGUMENT,
    Code.UNKNOWN_OP: grpc.StatusCode.UNIMPLEMENTED,
    Code.BAD_REQUEST: grpc.StatusCode.INVALID_ARGUMENT,
    Code.UNAUTHENTICATED: grpc.StatusCode.UNAUTHENTICATED,
    Code.FORBIDDEN: grpc.StatusCode.PERMISSION_DENIED,
    Code.NOT_FOUND: grpc.StatusCode.NOT_FOUND,
    Code.CONFLICT: grpc.StatusCode.FAILED_PRECONDITION,
    Code.IDEMPOTENCY_CONFLICT: grpc.StatusCode.ALREADY_EXISTS,
    Code.TOO_LARGE: grpc.StatusCode.INVALID_ARGUMENT,
    Code.RATE_LIMITED: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Code.MUTED: grpc.StatusCode.PERMISSION_DENIED,
    Code.BLOCKED: grpc.StatusCode.PERMISSION_DENIED,
    Code.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
    Code.INTERNAL: grpc.StatusCode.INTERNAL,
}
"""Complete: a test looks."""

Unary = Callable[[bytes, Call], Awaitable[bytes]]


def unary(request: type[Message], do: Callable[[Message, Call], Awaitable[Message]]) -> Unary:
    """The handler of a call: `do` is given the request, what it gives is the answer, and what it raises the refusal."""

    async def handle(data: bytes, call: Call) -> bytes:
        message = request()
        try:
            message.ParseFromString(data)
            return (await do(message, call)).SerializeToString()
        except DecodeError as error:
            await refuse(call, Problem(Code.BAD_FRAME, f"not a {request.DESCRIPTOR.name}: {error}"))
        except WireError as error:
            await refuse(call, error.problem)
        except Problem as problem:
            await refuse(call, problem)
        except StoreUnavailable:
            await refuse(call, Problem(Code.UNAVAILABLE, "the store does not answer; try again"))

    return handle


class Engine(Protocol):
    """The engine, as calls see it."""

    async def call(self, caller: Caller, command: Command, address: str = "") -> Result: ...


def bearer(call: Call) -> str | None:
    """The token in a call's metadata (RFC 6750, 2.1)."""
    for name, value in call.invocation_metadata() or ():
        if name == "authorization" and isinstance(value, str):
            scheme, _, token = value.partition(" ")
            return token.strip() if scheme.lower() == "bearer" else None
    return None


def address_of(peer: str) -> str:
    """The address in gRPC's way to name a peer: ipv4:127.0.0.1:5000, ipv6:%5B::1%5D:5000; of others empty."""
    kind, _, rest = peer.partition(":")
    if kind not in ("ipv4", "ipv6"):
        return ""
    return rest.rpartition(":")[0].replace("%5B", "").replace("%5D", "").strip("[]")


class Calls:
    """Makes the handler of each call."""

    def __init__(self, engine: Engine, tokens: Tokens | None) -> None:
        self._engine = engine
        self._tokens = tokens

    def methods(self) -> dict[str, Unary]:
        """The handlers of the service, by the name of the call, but for the stream."""
        made = {}
        for method in pb.DESCRIPTOR.services_by_name["Chat"].methods:
            if method.name != STREAM:
                do = self._doing(method.name.lower(), getattr(pb, method.output_type.name))
                made[method.name] = unary(getattr(pb, method.input_type.name), do)
        return made

    def _doing(self, op: str, response: type[Message]) -> Callable[[Message, Call], Awaitable[Message]]:
        async def do(message: Message, call: Call) -> Message:
            caller = await self._caller(call)
            result = await self._engine.call(caller, command_of(op, message, 0), address_of(call.peer()))
            answer = response()
            if answer.DESCRIPTOR.fields:  # typing is not answered
                result_into(answer, result)
            return answer

        return do

    async def _caller(self, call: Call) -> Caller:
        token = bearer(call)
        if token is None or self._tokens is None:
            raise Problem(
                Code.UNAUTHENTICATED, "log in first, and send the metadata authorization: Bearer <token>"
            )
        caller = self._tokens.known(token) or await self._tokens.verify(token)
        if caller is None:
            raise Problem(Code.UNAUTHENTICATED, "the token is not valid, or no longer")
        return caller


async def refuse(call: Call, problem: Problem) -> NoReturn:
    """End the call with the problem's status."""
    metadata: Sequence[tuple[str, str | bytes]] = ((ERROR, error_of(problem).SerializeToString()),)
    await call.abort(STATUS[problem.code], problem.message, trailing_metadata=tuple(metadata))
