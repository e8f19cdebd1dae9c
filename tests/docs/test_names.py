"""What the documents name exists: files, classes, functions, settings, commands; and excerpts are what files say."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest
import typer

from teahouse.app.cli import app
from teahouse.app.cli_webhooks import SECRET
from teahouse.app.declared import declared
from teahouse.app.settings import Settings
from tests.docs.markdown import ROOT, SOURCE, Block, Document, document, documents

DOCUMENTS = documents()
ABOUT_CODE = [
    found
    for found in DOCUMENTS
    if found.name in ("CONTRIBUTING.md", "docs/tour.md", "docs/glossary.md", "docs/architecture.md")
    or found.name.startswith("docs/decisions/0")
]

FILE = re.compile(r"[\w/]+\.(py|md|json)|\.?[\w/]+/")
METHOD = re.compile(r"([A-Z]\w*)\.(\w+)(?:\(\))?")
FUNCTION = re.compile(r"(\w+)\(\)")
NAME = re.compile(r"[A-Z]\w*")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
MAKE = re.compile(r"make((?: [a-z-]+)+)(?= |$)")
VARIABLE = re.compile(r"TEAHOUSE_[A-Z_]*[A-Z]\b")

WRITTEN_LATER = {"teahouse.toml", "bench/results/", "docs/reference/", "desk/"}
OF_OTHERS = {"send()", "NNNN", "INSERT"}  # C functions and words of other programs
FLAGS_OF_OTHERS = {"--help"}

by_name = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda found: found.name)
about_code = pytest.mark.parametrize("document", ABOUT_CODE, ids=lambda found: found.name)


@cache
def defined() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """All names that modules and classes define, and (class, attribute) pairs."""
    names: set[str] = set()
    attributes: set[tuple[str, str]] = set()
    for path in SOURCE.rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        names |= set(bound(module.body))
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                inside = set(bound(node.body))
                names |= inside
                attributes |= {(node.name, name) for name in inside}
    return frozenset(names), frozenset(attributes)


def bound(body: list[ast.stmt]) -> list[str]:
    """The names that these statements define."""
    found = []
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found += [target.id for target in targets if isinstance(target, ast.Name)]
    return found


@cache
def settings() -> dict[str, Any]:
    """Defaults by name."""
    return {setting.name: setting.default for setting in declared(Settings)}


@about_code
def test_files_exist(document: Document) -> None:
    for span in document.spans():
        if FILE.fullmatch(span) and span not in WRITTEN_LATER:
            places = (ROOT / span, SOURCE / span, document.path.parent / span)
            assert any(place.exists() for place in places), span


@about_code
def test_classes_and_functions_exist(document: Document) -> None:
    names, attributes = defined()
    for span in set(document.spans()) - OF_OTHERS:
        if FILE.fullmatch(span) or VARIABLE.fullmatch(span):
            continue
        if method := METHOD.fullmatch(span):
            assert (method[1], method[2]) in attributes, span
        elif function := FUNCTION.fullmatch(span):
            assert function[1] in names, span
        elif NAME.fullmatch(span):
            assert span in names, span


EXCERPTS = list(document("docs/tour.md").blocks())


@pytest.mark.parametrize("block", EXCERPTS, ids=lambda block: block.text[:30].strip())
def test_excerpts_of_the_tour_are_what_the_files_say(block: Block) -> None:
    """An excerpt stands, but for its indentation, in a file named between it and the excerpt before."""
    files = re.findall(r"`([\w/]+\.py)`", block.before)
    wanted = [line.strip() for line in block.text.splitlines()]
    assert any(has_lines(name, wanted) for name in files), f"not in {files}:\n{block.text}"


def has_lines(name: str, wanted: list[str]) -> bool:
    lines = [line.strip() for line in (SOURCE / name).read_text(encoding="utf-8").splitlines()]
    return any(lines[start : start + len(wanted)] == wanted for start in range(len(lines)))


# --- settings and commands -----------------------------------------------------------------------------


@by_name
def test_settings_exist(document: Document) -> None:
    sections = {name.split(".")[0] for name in settings() if "." in name}
    for span in document.spans():
        section, dot, rest = span.partition(".")
        if dot and section in sections and re.fullmatch(r"[a-z_]+", rest) and rest not in ("py", "md"):
            assert span in settings(), span


UNITS = {"KiB": 1024, "hours": 3600, "days": 1, "s": 1}
DEFAULT = re.compile(
    r"(?P<number>\d[\d,]*)(?: (?P<unit>KiB|hours|days|s)\b)?[^.\d|()`]{0,50}\(`(?P<name>[a-z]+\.[a-z_]+)`"
    r"|`(?P<name2>[a-z]+\.[a-z_]+)` \((?P<number2>\d[\d,]*)(?: (?P<unit2>KiB|hours|days|s)\b)?"
)


@pytest.mark.parametrize("name", ["docs/behaviour.md", "docs/reference/protocol.md", "docs/architecture.md"])
def test_numbers_beside_settings_are_their_defaults(name: str) -> None:
    """`engine.catch_up` (10,000 entries), and: for 24 hours (`engine.edit_window_s`)."""
    found = list(DEFAULT.finditer(document(name).prose.replace("\n", " ")))
    for match in found:
        setting = match["name"] or match["name2"]
        number = int((match["number"] or match["number2"]).replace(",", ""))
        factor = UNITS[match["unit"] or match["unit2"] or "s"]
        assert number * factor == settings()[setting], match[0]
    assert found or name == "docs/architecture.md"


@pytest.mark.parametrize("name", ["docs/behaviour.md", "docs/reference/protocol.md"])
def test_tables_of_limits_have_the_defaults(name: str) -> None:
    """A row's numbers stand in the order of its settings."""
    rows = [row for row in document(name).section("Limits").splitlines() if row.startswith("|")]
    checked = 0
    for row in rows:
        numbers = [
            int(number.replace(",", "")) * UNITS[unit or "s"]
            for number, unit in re.findall(r"(\d[\d,]*)(?: (KiB))?", row.split("|")[2])
        ]
        names = re.findall(r"`([a-z]+\.[a-z_]+)`", row)
        for name, number in zip(names, numbers, strict=False):
            assert settings()[name] == number, row
            checked += 1
    assert checked >= 10


@by_name
def test_variables_exist(document: Document) -> None:
    known = {setting.variable for setting in declared(Settings)} | {
        "TEAHOUSE_CONFIG",
        "TEAHOUSE_TEST",
        "TEAHOUSE_TEST_MONGO_URL",
        SECRET,
    }
    assert set(VARIABLE.findall(document.text)) <= known


def commands_of(command: Any) -> Iterator[Any]:
    """A command, and those below it."""
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands_of(below)


@by_name
def test_flags_exist(document: Document) -> None:
    flags = {
        flag
        for command in commands_of(typer.main.get_command(app))
        for p in command.params
        for flag in p.opts
    }
    spans = [span for span in document.spans() if not span.startswith("nc ")]
    assert set(FLAG.findall(" ".join(spans))) <= flags | FLAGS_OF_OTHERS


@by_name
def test_make_targets_exist(document: Document) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    code = [*document.spans(), *re.findall(r"^ {4}(.+)$", document.text, re.MULTILINE)]
    for words in code:
        if command := MAKE.match(words):
            assert set(command[1].split()) <= targets, words


def test_the_ruler_itself() -> None:
    """The names are found at all, or the tests above would pass for nothing."""
    names, attributes = defined()
    assert {"Pipeline", "fold", "LOBBY"} <= names
    assert ("Engine", "submit") in attributes
    assert msgspec.structs.fields(Settings)
    assert settings()["engine.edit_window_s"] == 86400
    assert DEFAULT.search("edit: for 24 hours (`engine.edit_window_s`)")
