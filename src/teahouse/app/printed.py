"""The effective settings, written out: as a teahouse.toml that explains itself, or as JSON.

Rule: what is printed as TOML can be fed back in and gives the same settings; secrets are masked, so they stand
in a comment. Called by `teahouse config`.
"""

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import msgspec

from teahouse.app.declared import Setting, declared
from teahouse.app.sources import Loaded

MASK = "********"

_WIDTH = 108

_HEAD = """\
# The effective settings of Teahouse. As teahouse.toml, this file gives them again.
# Later wins: default, teahouse.toml, environment variable, flag.
"""


def as_toml(loaded: Loaded[Any]) -> str:
    """The settings as a TOML document; each with what it is for, what is allowed, and where it comes from."""
    lines = [_HEAD]
    section: tuple[str, ...] = ()
    for setting in declared(type(loaded.settings)):
        if setting.path[:-1] != section:
            section = setting.path[:-1]
            lines += [f"[{'.'.join(section)}]", ""]
        lines += [*_explain(setting, loaded.origins.get(setting.name)), _assign(setting, loaded.settings), ""]
    return "\n".join(lines)


def as_json(loaded: Loaded[Any]) -> str:
    """{"settings": the tree, "set_by": {name: source}}, secrets masked."""
    tree: dict[str, Any] = {}
    for setting in declared(type(loaded.settings)):
        table = tree
        for part in setting.path[:-1]:
            table = table.setdefault(part, {})
        value = value_of(setting, loaded.settings)
        table[setting.path[-1]] = MASK if setting.secret and value is not None else value
    document = {"settings": tree, "set_by": dict(loaded.origins)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def value_of(setting: Setting, settings: Any) -> Any:
    for part in setting.path:
        settings = getattr(settings, part)
    return settings


def _explain(setting: Setting, origin: str | None) -> Iterator[str]:
    default = "not set" if setting.default is None else toml_value(setting.default)
    facts = f"{setting.allowed}; default: {MASK if setting.secret else default}; {setting.variable}"
    if origin is not None:
        facts += f"; set by {origin}"
    for paragraph in (setting.description, facts):
        yield from wrap(
            paragraph, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False
        )


def _assign(setting: Setting, settings: Any) -> str:
    key, value = setting.path[-1], value_of(setting, settings)
    if value is None:
        return f"# {key} ="
    if setting.secret:
        return f"# {key} = {toml_value(MASK)}"
    return f"{key} = {toml_value(value)}"


def toml_value(value: Any) -> str:
    """A bool, number, text or list as TOML 1.0 writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # JSON's escapes are TOML's, but TOML wants DEL escaped, too (TOML 1.0, "String")
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    raise TypeError(f"no setting is of the type {type(value).__name__}")
