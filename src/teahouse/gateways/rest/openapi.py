"""The OpenAPI document of all operations, from the same signatures that bind them.

Rule: written by hand are only the sentences; schemas come from the structs. Called by application.py, once.
"""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec
from msgspec import Struct

from teahouse.gateways import problems
from teahouse.gateways.rest.binding import JSON, path_of
from teahouse.gateways.rest.operation import Operation, Who
from teahouse.model.errors import Code
from teahouse.model.results import View
from teahouse.wire.schema import LoggedEvent

Schema = dict[str, Any]

_REF = "#/components/schemas/{name}"
_ENTRY = "Entry"
_PROBLEM = "Document"
_ALWAYS = (Code.BAD_REQUEST, Code.RATE_LIMITED, Code.UNAVAILABLE)
"""What any operation may answer."""

SECURITY_SCHEMES: Schema = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token."},
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-teahouse",
        "description": "The login of a browser (`/auth/web/login`); `teahouse` without TLS. What changes something "
        "takes its `csrf_token` in the header X-CSRF-Token, too.",
    },
}


def describe(tagged: Iterable[tuple[str, Operation]]) -> tuple[Schema, Schema]:
    """`paths` and `components` of the operations, each under its tag."""
    tagged = tuple(tagged)
    references = _References([operation for _, operation in tagged])
    paths: Schema = {}
    for tag, operation in tagged:
        described = _operation(tag, operation, references)
        paths.setdefault(path_of(operation), {})[operation.method.lower()] = described
    return paths, {"schemas": references.components, "securitySchemes": SECURITY_SCHEMES}


class _References:
    """Schemas of all structs the operations speak of, in one set of components."""

    def __init__(self, found: Iterable[Operation]) -> None:
        types: dict[Any, None] = {problems.Document: None}
        for operation in found:
            types.update(dict.fromkeys(_types(operation)))
        wanted = (*types, *get_args(LoggedEvent))
        schemas, components = msgspec.json.schema_components(wanted, schema_hook=_foreign, ref_template=_REF)
        self._by_type: dict[Any, Schema] = dict(zip(wanted, schemas, strict=True))
        self.components: Schema = dict(components)
        events = [self._by_type[event] for event in get_args(LoggedEvent)]
        self.components[_ENTRY] = {
            "description": "An entry of a conversation's log, as one reader may see it.",
            "anyOf": events,
        }

    def __getitem__(self, type_: Any) -> Schema:
        return self._by_type[type_]

    def any_of(self, types: tuple[Any, ...]) -> Schema:
        options = [self[type_] for type_ in types]
        return options[0] if len(options) == 1 else {"anyOf": options}


def _types(operation: Operation) -> Iterator[Any]:
    yield from operation.path_parameters.values()
    if "body" in operation.parts:
        yield operation.parts["body"]
    for part in ("query", "headers"):
        if part in operation.parts:
            yield from (field.type for field in msgspec.structs.fields(operation.parts[part]))
    yield from operation.answers


def _foreign(type_: type) -> Schema:
    if type_ is View:
        return {"$ref": _REF.format(name=_ENTRY)}
    raise NotImplementedError


def _operation(tag: str, operation: Operation, references: _References) -> Schema:
    summary, _, description = operation.text.partition("\n")
    described: Schema = {
        "tags": [tag],
        "operationId": f"{tag}_{operation.name}",
        "summary": summary,
        "responses": dict(_responses(operation, references)),
        "security": [] if operation.who is Who.ANYBODY else [{"bearer": []}, {"cookie": []}],
    }
    if description.strip():
        described["description"] = description.strip()
    if operation.scope:
        described["x-scope"] = operation.scope
    if operation.guests:
        described["x-guests"] = True
    if parameters := list(_parameters(operation, references)):
        described["parameters"] = parameters
    if (body := _body(operation, references)) is not None:
        described["requestBody"] = body
    return described


def _parameters(operation: Operation, references: _References) -> Iterator[Schema]:
    for name, type_ in operation.path_parameters.items():
        yield {"name": name, "in": "path", "required": True, "schema": references[type_]}
    for part, place in (("query", "query"), ("headers", "header")):
        if part not in operation.parts:
            continue
        for field in msgspec.structs.fields(operation.parts[part]):
            schema = dict(references[field.type])
            if field.default is not msgspec.NODEFAULT and field.default is not None:
                schema["default"] = msgspec.to_builtins(field.default)
            yield {"name": field.encode_name, "in": place, "required": field.required, "schema": schema}


def _body(operation: Operation, references: _References) -> Schema | None:
    if operation.takes is not None:
        return {"required": not operation.optional, "content": _binary(operation.takes)}
    if "body" not in operation.parts:
        return None
    struct = operation.parts["body"]
    fields = msgspec.structs.fields(struct) if isinstance(struct, type) and issubclass(struct, Struct) else ()
    content: Schema = {"schema": references[struct]}
    if "example" in operation.examples:
        content["example"] = operation.examples["example"]
    required = any(field.required for field in fields)
    return {"required": required, "content": {JSON: content}}


def _binary(media: str) -> Schema:
    return {one.strip(): {"schema": _opaque(one.strip())} for one in media.split(",")}


def _responses(operation: Operation, references: _References) -> Iterator[tuple[str, Schema]]:
    yield _success(operation, references)
    for status, sentence in operation.also.items():
        yield str(status), _other(operation, status, sentence, references)
    for status, sentence in sorted(_refusals(operation).items()):
        content = {problems.MEDIA_TYPE: {"schema": references[problems.Document]}}
        yield str(status), {"description": sentence, "content": content}


def _success(operation: Operation, references: _References) -> tuple[str, Schema]:
    if operation.gives is not None:
        return str(operation.status), {"description": "Done.", "content": _binary(operation.gives)}
    if not operation.answers:
        status = 204 if operation.status == 200 else operation.status
        return str(status), {"description": "Done."}
    answered: Schema = {"schema": references.any_of(operation.answers)}
    if "answer" in operation.examples:
        answered["example"] = operation.examples["answer"]
    return str(operation.status), {"description": "Done.", "content": {JSON: answered}}


def _opaque(media: str) -> Schema:
    """Of what an operation reads or writes by itself."""
    return {"type": "object"} if media.endswith("json") else {"type": "string", "format": "binary"}


def _other(operation: Operation, status: int, sentence: str, references: _References) -> Schema:
    described: Schema = {"description": sentence}
    if status >= 400:
        described["content"] = {problems.MEDIA_TYPE: {"schema": references[problems.Document]}}
    elif status in (200, 206) and operation.gives is not None:
        described["content"] = _binary(operation.gives)
    return described


def _refusals(operation: Operation) -> dict[int, str]:
    """Status to the codes that come with it."""
    codes = [*_ALWAYS, *operation.refuses]
    if operation.who is not Who.ANYBODY:
        codes += [Code.UNAUTHENTICATED, Code.FORBIDDEN]
    if operation.path_parameters:
        codes.append(Code.NOT_FOUND)
    if "body" in operation.parts or operation.takes is not None:
        codes.append(Code.TOO_LARGE)
    found: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        found.setdefault(int(problems.STATUS[code]), []).append(f"`{code}`")
    return {status: ", ".join(names) for status, names in found.items()}
