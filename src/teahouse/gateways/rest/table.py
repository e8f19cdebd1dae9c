"""The table of operations: which handlers a path has, found by its segments.

The framework tries one regular expression after the other, which takes long where there are a hundred of them.
Made by binding.py, asked by serving.py.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
Handlers = Mapping[str, Handler]
"""By method."""


class _Node:
    __slots__ = ("handlers", "literals", "names", "parameter")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.handlers: Handlers | None = None
        self.names: tuple[str, ...] = ()


class Table:
    """A segment that is written out goes before one that is a parameter. A parameter is never empty."""

    def __init__(self, by_path: Mapping[str, Handlers]) -> None:
        self._root = _Node()
        for path, handlers in by_path.items():
            self._add(path, handlers)

    def find(self, path: str) -> tuple[Handlers, dict[str, str]] | None:
        """The handlers of a path, percent-decoded, and what its parameters are."""
        values: list[str] = []
        node = _walk(self._root, path.split("/"), 1, values)
        if node is None or node.handlers is None:
            return None
        return node.handlers, dict(zip(node.names, values, strict=True))

    def _add(self, path: str, handlers: Handlers) -> None:
        node, names = self._root, []
        for segment in path.split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node = node.parameter or _Node()
            else:
                node = node.literals.setdefault(segment, _Node())
        node.handlers, node.names = handlers, tuple(names)


def _walk(node: _Node, segments: list[str], at: int, values: list[str]) -> _Node | None:
    if at == len(segments):
        return node if node.handlers is not None else None
    segment = segments[at]
    literal = node.literals.get(segment)
    if literal is not None and (found := _walk(literal, segments, at + 1, values)) is not None:
        return found
    if node.parameter is None or not segment:
        return None
    values.append(segment)
    found = _walk(node.parameter, segments, at + 1, values)
    if found is None:
        values.pop()
    return found
