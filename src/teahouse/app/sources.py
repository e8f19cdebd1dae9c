"""Where settings come from: defaults, then a TOML file, then the environment, then flags; later wins.

Rule: every complaint is collected, and says where the wrong value stands, what is wrong with it and what would
be right. Nothing unknown is passed over: a setting that does nothing because of a typing error is worse than a
server that does not start. Called by settings.py.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from teahouse.app.declared import ENVIRONMENT, Setting, declared, is_section, sections

Tree = TypeVar("Tree", bound=msgspec.Struct)

CONFIG = ENVIRONMENT + "CONFIG"
"""Names the file; not itself a setting."""

TESTS = ENVIRONMENT + "TEST_"
"""Variables that begin so belong to the test suite."""

_SHOWN = 60  # characters of a wrong value that a message quotes


class WrongSettings(Exception):
    """`complaints` are sentences, one a mistake."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(*complaints)
        self.complaints = complaints


@dataclass(frozen=True)
class Loaded(Generic[Tree]):
    """The settings, and by name where each one that was given comes from (a file, variable or flag)."""

    settings: Tree
    origins: Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """A value somebody gave. `text`: it comes from where everything is text, and may stand for a number."""

    setting: Setting
    value: object
    source: str
    text: bool = False


def load(
    tree: type[Tree], file: Path | None, environ: Mapping[str, str], flags: Mapping[str, tuple[str, object]]
) -> Loaded[Tree]:
    """Settings of the type `tree`. `flags` are (flag, value) by the name of the setting.

    WrongSettings, with all that is wrong, unless everything is right.
    """
    reader = _Reader(tree)
    for given in (*reader.from_file(file), *reader.from_environment(environ), *reader.from_flags(flags)):
        reader.take(given)
    settings = reader.build(tree)
    if settings is None or reader.complaints:
        raise WrongSettings(reader.complaints)
    return Loaded(settings, reader.origins)


class _Reader:
    def __init__(self, tree: type[msgspec.Struct]) -> None:
        self.complaints: list[str] = []
        self.origins: dict[str, str] = {}
        self._values: dict[tuple[str, ...], object] = {}
        self._settings = {setting.path: setting for setting in declared(tree)}
        self._variables = {setting.variable: setting for setting in self._settings.values()}
        self._sections = sections(tree)

    def from_file(self, file: Path | None) -> list[Given]:
        if file is None:
            return []
        try:
            with file.open("rb") as opened:
                table = tomllib.load(opened)
        except OSError as error:
            self.complaints.append(f"{file}: cannot be read: {error.strerror}")
            return []
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.complaints.append(f"{file}: not valid TOML: {error}")
            return []
        return list(self._from_table(str(file), table, ()))

    def _from_table(self, file: str, table: dict[str, Any], path: tuple[str, ...]) -> Iterator[Given]:
        for key, value in table.items():
            here = (*path, key)
            if here in self._settings:
                yield Given(self._settings[here], value, file)
            elif here not in self._sections:
                names = [".".join(known) for known in (*self._settings, *self._sections)]
                self._unknown(file, "setting", ".".join(here), names)
            elif isinstance(value, dict):
                yield from self._from_table(file, value, here)
            else:
                self.complaints.append(f"{file}: {'.'.join(here)} is a section, not a setting")

    def from_environment(self, environ: Mapping[str, str]) -> Iterator[Given]:
        for variable in sorted(name for name in environ if name.startswith(ENVIRONMENT)):
            if variable == CONFIG or variable.startswith(TESTS):
                continue
            if variable in self._variables:
                yield Given(self._variables[variable], environ[variable], variable, text=True)
            else:
                self._unknown("environment", "variable", variable, list(self._variables))

    def from_flags(self, flags: Mapping[str, tuple[str, object]]) -> list[Given]:
        by_name = {setting.name: setting for setting in self._settings.values()}
        return [Given(by_name[name], value, flag, text=True) for name, (flag, value) in flags.items()]

    def _unknown(self, source: str, noun: str, name: str, known: list[str]) -> None:
        close = get_close_matches(name, known, n=1)
        hint = f"; did you mean {close[0]}?" if close else "; `teahouse config` lists all there are"
        self.complaints.append(f"{source}: unknown {noun} {name}{hint}")

    def take(self, given: Given) -> None:
        """Keep the value if it is right, complain if not."""
        setting = given.setting
        try:
            value = _convert(given)
        except (msgspec.ValidationError, ValueError):
            shown = "what was given (not shown)" if setting.secret else _quote(given.value)
            self.complaints.append(f"{given.source}: {setting.name} must be {setting.allowed}; it is {shown}")
            return
        self._values[setting.path] = value
        self.origins[setting.name] = given.source

    def build(self, tree: type[Tree], path: tuple[str, ...] = ()) -> Tree | None:
        """The struct at `path`, or None with a complaint if its values do not go together."""
        values: dict[str, object] = {}
        broken = False
        for field in msgspec.structs.fields(tree):
            here = (*path, field.name)
            if is_section(field.type):
                values[field.name] = section = self.build(field.type, here)
                broken = broken or section is None
            elif here in self._values:
                values[field.name] = self._values[here]
        if broken:
            return None
        try:
            return tree(**values)
        except ValueError as error:
            self.complaints.append(self._disagreement(path, error))
            return None

    def _disagreement(self, path: tuple[str, ...], error: ValueError) -> str:
        """A struct refused a combination of values that are right each by itself."""
        prefix = "".join(f"{part}." for part in path)
        sources = sorted({source for name, source in self.origins.items() if name.startswith(prefix)})
        return f"{', '.join(sources) or 'default'}: {error}"


def _convert(given: Given) -> object:
    value = given.value
    if isinstance(value, str):
        value.encode()  # a variable that is not UTF-8 holds lone surrogates, which no file can store
        if given.text and given.setting.is_list:
            value = [part.strip() for part in value.split(",") if part.strip()]
    converted: object = msgspec.convert(value, given.setting.type, strict=not given.text)
    if isinstance(converted, float) and not math.isfinite(converted):
        raise ValueError("not a finite number")
    return converted


def _quote(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
