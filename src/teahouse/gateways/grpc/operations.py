"""Accounts by gRPC: operations of REST as calls with one request and one answer.

Rule: nothing is decided here. Who may call, what a request must look like, what is recorded and what is answered is
what REST declares (rest/operation.py); a request's message has the parameters of the path and the fields of body and
query beside one another. tools/proto.py writes accounts.proto from the same declarations. Made by app/grpc_door.py.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import msgspec
from google.protobuf.message import Message
from starlette.requests import Request

from teahouse.gateways.grpc.calls import Unary, address_of, unary
from teahouse.gateways.grpc.link import Call as GrpcCall
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.auth import Auth
from teahouse.gateways.rest.binding import perform
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.me import OwnAccount
from teahouse.gateways.rest.operation import Operation, declared
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.users import Users
from teahouse.model.errors import Code, Problem
from teahouse.v1 import accounts_pb2 as pb
from teahouse.wire.proto import result_into, to_object

SERVICES: Mapping[str, type] = {"Auth": Auth, "Account": OwnAccount, "Users": Users}
"""Which resources are services, by the name of the service."""


def carried(kind: type) -> Iterator[Operation]:
    """The operations that are calls: those that take structs and answer structs. A document of any length is not."""
    return (
        found for found in declared(kind) if not (found.responds or found.takes or "headers" in found.parts)
    )


def method_name(operation: Operation) -> str:
    """What the call of an operation is named."""
    return "".join(word.capitalize() for word in operation.name.split("_"))


class Operations:
    """Makes the handler of each call."""

    def __init__(self, guard: Guard, scribe: Scribe | None) -> None:
        self._guard = guard
        self._scribe = scribe

    def methods(self, service: str, resource: object) -> dict[str, Unary]:
        """The handlers of a service, by the name of the call."""
        made = {}
        for operation in carried(SERVICES[service]):
            name = method_name(operation)
            request = getattr(pb, f"{service}{name}Request")
            response = getattr(pb, f"{service}{name}Response")
            do = self._doing(operation, getattr(resource, operation.name), response)
            made[name] = unary(request, do)
        return made

    def _doing(
        self, operation: Operation, method: Callable[..., Awaitable[Any]], response: type[Message]
    ) -> Callable[[Message, GrpcCall], Awaitable[Message]]:
        async def do(message: Message, call: GrpcCall) -> Message:
            request = request_of(call)
            made = Call(request, await self._guard.admit(request, operation), operation.status)
            result = await perform(operation, method, made, arguments(operation, message), self._scribe)
            answer = response()
            if result is not None:
                result_into(answer, result)
            return answer

        return do


def request_of(call: GrpcCall) -> Request:
    """A call as the request of HTTP that it is, as far as anybody looks: the token, and where it came from."""
    address = address_of(call.peer())
    metadata = call.invocation_metadata() or ()
    tokens = [value for name, value in metadata if name == "authorization" and isinstance(value, str)]
    return Request(
        {
            "type": "http",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": [(b"authorization", token.encode("latin-1", "replace")) for token in tokens[:1]],
            "client": (address, 0) if address else None,
        }
    )


def arguments(operation: Operation, message: Message) -> dict[str, Any]:
    """What the method is called with. Raises Problem `bad_request`."""
    try:
        fields = to_object(message)
        found = {
            name: msgspec.convert(fields.pop(name, ""), type_)
            for name, type_ in operation.path_parameters.items()
        }
        return found | {name: msgspec.convert(fields, type_) for name, type_ in operation.parts.items()}
    except ValueError as error:  # of msgspec, too
        raise Problem(Code.BAD_REQUEST, str(error)) from None
