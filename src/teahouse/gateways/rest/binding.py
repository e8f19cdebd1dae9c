"""Binding: from an HTTP request to the call of an operation, and from its result to the response.

Rule: every part of a request is made into the type the operation declares, or the answer is `bad_request` that says
which part is wrong; what an operation returns is encoded once. Used by application.py.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.operation import Operation, operations
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.table import Handler, Table
from teahouse.model.errors import Code, Problem
from teahouse.wire.errors import WireError
from teahouse.wire.json import encode, read

PREFIX = "/api/v1"
JSON = "application/json"
_JSON_HEADERS = {"content-type": JSON}


def path_of(operation: Operation) -> str:
    """The whole path: below /api/v1, or from the root where it begins with two slashes."""
    return operation.path[1:] if operation.path.startswith("//") else PREFIX + operation.path


def table_of(resources: Iterable[object], guard: Guard, scribe: Scribe | None = None) -> Table:
    """All operations, by path and method. `scribe` records those that are to be."""
    by_path: dict[str, dict[str, Handler]] = {}
    for resource in resources:
        for operation, method in operations(resource):
            handlers = by_path.setdefault(path_of(operation), {})
            handlers[operation.method] = _Binding(operation, method, guard, scribe).serve
            if operation.method == "GET":
                handlers.setdefault("HEAD", handlers["GET"])
    return Table(by_path)


async def perform(
    operation: Operation,
    method: Callable[..., Awaitable[Any]],
    call: Call,
    arguments: Mapping[str, Any],
    scribe: Scribe | None,
) -> Any:
    """Call the method, and have it recorded where the operation is to be. Raises Problem."""
    if operation.audited is None or scribe is None:
        return await method(call, **arguments)
    target = next((str(arguments[name]) for name in operation.path_parameters), call.user)
    return await scribe.recorded(call, operation.audited, target, partial(method, call, **arguments))


class _Binding:
    def __init__(
        self,
        operation: Operation,
        method: Callable[..., Awaitable[Any]],
        guard: Guard,
        scribe: Scribe | None,
    ) -> None:
        self._operation = operation
        self._method = method
        self._guard = guard
        self._scribe = scribe
        self._path = operation.path_parameters
        parts = operation.parts
        self._body = msgspec.json.Decoder(parts["body"]) if "body" in parts else None
        self._query = _Fields(parts["query"], "query") if "query" in parts else None
        self._headers = _Fields(parts["headers"], "header") if "headers" in parts else None

    async def serve(self, request: Request) -> Response:
        operation = self._operation
        caller = await self._guard.admit(request, operation)
        call = Call(request, caller, operation.status)
        arguments: dict[str, Any] = {}
        if self._path:
            for name, type_ in self._path.items():
                arguments[name] = _convert(request.path_params[name], type_, name)
        if self._query is not None:
            arguments["query"] = self._query.read(request.query_params)
        elif request.scope["query_string"]:
            raise Problem(Code.BAD_REQUEST, "query: this operation takes no parameters in the query")
        if self._headers is not None:
            arguments["headers"] = self._headers.read(request.headers)
        if self._body is not None:
            arguments["body"] = await self._read_body(request)
        return _respond(call, await perform(operation, self._method, call, arguments, self._scribe))

    async def _read_body(self, request: Request) -> Any:
        """The JSON body. Only JSON: a form of a foreign page can send anything else without asking first."""
        media, _, _ = request.headers.get("content-type", JSON).partition(";")
        if media.strip().lower() != JSON:
            raise Problem(Code.BAD_REQUEST, f"the body must be {JSON}, not {media[:80]}")
        assert self._body is not None
        try:
            return read(await request.body() or b"{}", self._body.decode)
        except WireError as error:
            raise Problem(Code.BAD_REQUEST, f"body: {error.problem.message}") from None


class _Fields:
    """A struct that is read from named texts: of a query or of headers."""

    def __init__(self, struct: type[Struct], place: str) -> None:
        self._struct = struct
        self._place = place
        self._strict = place == "query" and not getattr(struct, "OPEN", False)
        self._lists = {field.encode_name for field in msgspec.structs.fields(struct) if _is_list(field.type)}
        self._names = [field.encode_name for field in msgspec.structs.fields(struct)]

    def read(self, given: QueryParams | Headers) -> Any:
        """The struct. In a query nothing is passed over: a parameter that does nothing is a typing error, unless
        others than our clients make the query (OPEN)."""
        if self._strict and (unknown := [name for name in given if name not in self._names]):
            raise Problem(Code.BAD_REQUEST, f"query: there is no parameter {unknown[0][:40]!r}")
        texts = {
            name: given.getlist(name) if name in self._lists else given[name]
            for name in self._names
            if name in given
        }
        return _convert(texts, self._struct, self._place)


def _is_list(type_: Any) -> bool:
    return any(get_origin(option) in (list, tuple) for option in (type_, *get_args(type_)))


def _convert(value: Any, type_: Any, place: str) -> Any:
    try:
        return msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as error:
        raise Problem(Code.BAD_REQUEST, f"{place}: {error}") from None


def _respond(call: Call, result: Any) -> Response:
    if isinstance(result, Response):
        result.headers.update(call.headers)
        return result
    if result is None:
        return Response(status_code=204 if call.status == 200 else call.status, headers=call.headers)
    headers = {**_JSON_HEADERS, **call.headers} if call.headers else _JSON_HEADERS
    return Response(encode(result), call.status, headers)
