"""Operations: methods of resource classes that answer HTTP requests, declared by a decorator.

Rule: what a request must look like and what is answered is read from the method's own signature, and nowhere said
twice. `call` is the request itself; a parameter named in the path is a path parameter; `body`, `query` and `headers`
are structs that the JSON body, the query string and headers are made into. The answer is the annotated Result, or a
Response that is sent as it is. Read by binding.py, which serves operations, and openapi.py, which describes them.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from starlette.responses import Response

from teahouse.model.errors import Code

Method = TypeVar("Method", bound=Callable[..., Awaitable[Any]])

OPEN_TO_GUESTS = frozenset(
    {
        "messages:read",
        "messages:write",
        "conversations:read",
        "conversations:write",
        "files:read",
        "files:write",
        "users:read",
    }
)
"""The scopes of what guests do on their connections, too. All else is for accounts until it says that it is not."""

_PARTS = ("body", "query", "headers")
_ATTRIBUTE = "__operation__"


class Who(Enum):
    """Who may call an operation."""

    ANYBODY = "anybody"  # no token is looked at
    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True)
class Operation:
    """`path` is below /api/v1 unless it begins with two slashes. `scope` is what a bot's token must allow; None: no
    bot may. `takes` is the media type of a body that the method reads by itself, `gives` that of the answer; several
    with commas. `audited` is what it is called in the audit log, for what the binding records. `refuses` are the codes,
    beside those every operation of its kind may answer, that it explains. `also` are other statuses it may answer, with
    a sentence each. `optional`: a body it takes may be left out. `guests` may call it, too."""

    method: str
    path: str
    status: int
    who: Who
    scope: str | None
    refuses: tuple[Code, ...]
    takes: str | None
    gives: str | None
    audited: str | None
    examples: Mapping[str, Any]
    function: Callable[..., Awaitable[Any]] = field(repr=False)
    also: Mapping[int, str] = field(default_factory=dict)
    optional: bool = False
    guests: bool = False

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def text(self) -> str:
        return inspect.cleandoc(self.function.__doc__ or "")

    @cached_property
    def hints(self) -> dict[str, Any]:
        return get_type_hints(self.function, include_extras=True)

    @cached_property
    def path_parameters(self) -> dict[str, Any]:
        return {name: self.hints[name] for name in re.findall(r"\{(\w+)", self.path)}

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The structs of body, query and headers, by which of them it is."""
        return {name: self.hints[name] for name in _PARTS if name in self.hints}

    @cached_property
    def answers(self) -> tuple[Any, ...]:
        """The structs that may be answered: none for 204 and for a Response."""
        return tuple(option for option in self._options if not _is_response(option))

    @cached_property
    def responds(self) -> bool:
        """Whether it may answer with a Response of its own."""
        return any(_is_response(option) for option in self._options)

    @cached_property
    def _options(self) -> tuple[Any, ...]:
        annotated = self.hints.get("return")
        options = get_args(annotated) or (annotated,)
        return tuple(option for option in options if option not in (None, type(None)))


def _is_response(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Response)


def operation(
    route: str,
    status: int = 200,
    *,
    who: Who = Who.USER,
    scope: str | None = None,
    refuses: tuple[Code, ...] = (),
    **more: Any,
) -> Callable[[Method], Method]:
    """`route` is method and path, as in "GET /conversations/{conversation}". `more`: `takes`, `gives`, `audited`,
    `also`, `optional`, `guests`, and `example` (of the body) and `answer` (of the answer). Guests may do what is in
    OPEN_TO_GUESTS unless it is said otherwise."""
    method, _, path = route.partition(" ")
    examples: dict[str, Any] = {name: more.pop(name) for name in ("example", "answer") if name in more}
    takes, gives, audited = (more.pop(name, None) for name in ("takes", "gives", "audited"))
    also, optional = more.pop("also", {}), more.pop("optional", False)
    guests = more.pop("guests", scope in OPEN_TO_GUESTS)
    if more:
        raise TypeError(f"operation() got {', '.join(more)}")

    def declare(function: Method) -> Method:
        declared = Operation(
            *(method, path, status, who, scope, refuses, takes, gives, audited),
            *(examples, function, also, optional, guests),
        )
        setattr(function, _ATTRIBUTE, declared)
        return function

    return declare


def operations(resource: object) -> Iterator[tuple[Operation, Callable[..., Awaitable[Any]]]]:
    """The operations of a resource, in the order they are written, with the bound methods that do them."""
    for found in declared(type(resource)):
        yield found, getattr(resource, found.name)


def declared(kind: type) -> Iterator[Operation]:
    """The operations of a class of resources."""
    for member in vars(kind).values():
        found = getattr(member, _ATTRIBUTE, None)
        if found is not None:
            yield found
