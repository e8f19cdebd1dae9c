"""Which settings there are: a tree of msgspec Structs, read as a flat list.

Rule: a setting is a field `name: Annotated[type, Meta(description=...)] = default` of a struct; a field whose
type is itself a struct is a section. Everything else (environment name, allowed values) follows from that.
Called by sources.py to read settings and by printed.py to show them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from msgspec import inspect

ENVIRONMENT = "TEAHOUSE_"

_BOUNDS = (("gt", "above"), ("ge", "at least"), ("lt", "below"), ("le", "at most"))


@dataclass(frozen=True)
class Setting:
    """One setting. `secret` ones are declared with `Meta(extra={"secret": True})` and never shown."""

    path: tuple[str, ...]
    type: Any
    default: Any
    description: str
    secret: bool

    @cached_property
    def name(self) -> str:
        """As in messages and, split at the dots, in teahouse.toml: `http.port`."""
        return ".".join(self.path)

    @cached_property
    def variable(self) -> str:
        """The environment variable: `TEAHOUSE_HTTP_PORT`."""
        return ENVIRONMENT + "_".join(self.path).upper()

    @cached_property
    def allowed(self) -> str:
        """What a value must be, for a person: `a whole number, at least 0, at most 65535`."""
        return _describe(inspect.type_info(self.type))

    @property
    def is_list(self) -> bool:
        info = _plain(inspect.type_info(self.type))
        return isinstance(info, inspect.ListType | inspect.VarTupleType)


def declared(tree: type[msgspec.Struct]) -> list[Setting]:
    """The settings of a tree in order of declaration, those of a section before its sub-sections (as TOML
    wants them)."""
    return list(_walk(tree, ()))


def sections(
    tree: type[msgspec.Struct], path: tuple[str, ...] = ()
) -> dict[tuple[str, ...], type[msgspec.Struct]]:
    """Every section with its struct, by path; the tree itself has the empty path."""
    found = {path: tree}
    for field in msgspec.structs.fields(tree):
        if is_section(field.type):
            found |= sections(field.type, (*path, field.name))
    return found


def is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _walk(tree: type[msgspec.Struct], path: tuple[str, ...]) -> Iterator[Setting]:
    fields = msgspec.structs.fields(tree)
    for field in fields:
        if not is_section(field.type):
            yield _setting(field, (*path, field.name))
    for field in fields:
        if is_section(field.type):
            yield from _walk(field.type, (*path, field.name))


def _setting(field: msgspec.structs.FieldInfo, path: tuple[str, ...]) -> Setting:
    info = inspect.type_info(field.type)
    schema: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    if isinstance(info, inspect.Metadata):
        schema, extra = info.extra_json_schema or {}, info.extra or {}
    description = schema.get("description", "")
    return Setting(path, field.type, _default(field), description, bool(extra.get("secret")))


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    raise TypeError(f"the setting {field.name!r} has no default")


def _plain(info: inspect.Type) -> inspect.Type:
    """Without annotations, and without the None of an optional setting."""
    if isinstance(info, inspect.Metadata):
        return _plain(info.type)
    if isinstance(info, inspect.UnionType):
        rest = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
        if len(rest) == 1:
            return _plain(rest[0])
    return info


def _describe(info: inspect.Type) -> str:
    info = _plain(info)
    match info:
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType() | inspect.FloatType():
            noun = "a whole number" if isinstance(info, inspect.IntType) else "a number"
            limits = [(word, getattr(info, bound)) for bound, word in _BOUNDS]
            return ", ".join([noun, *(f"{word} {limit}" for word, limit in limits if limit is not None)])
        case inspect.LiteralType():
            return " or ".join(str(value) for value in info.values)
        case inspect.EnumType():
            return " or ".join(str(member.value) for member in info.cls)
        case inspect.ListType() | inspect.VarTupleType():
            return f"a list, each {_describe(info.item_type)}"
        case inspect.StrType():
            return _describe_text(info)
    raise TypeError(f"settings cannot be of the type {info}")


def _describe_text(info: inspect.StrType) -> str:
    words = ["text"]
    if info.min_length:
        words.append("not empty" if info.min_length == 1 else f"at least {info.min_length} characters")
    if info.max_length is not None:
        words.append(f"at most {info.max_length} characters")
    if info.pattern is not None:
        words.append(f"matching {info.pattern}")
    return ", ".join(words)
