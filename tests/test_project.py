"""What must be true of the project as a whole: sizes, names, layers, locks.

These tests read the source, they do not run it. What is over a budget is split, or excused in ALLOWED with a
reason and a date; an excuse that is no longer needed must go.
"""

import ast
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "teahouse"

FILE_LINES = 400
FUNCTION_LINES = 40
PARAMETERS = 6  # not counting self and cls
PORT_METHODS = 7

# A name of this kind says nothing about what is inside.
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "base"}

# These rooms compute; they neither wait, nor look at a clock, nor throw dice.
PURE_ROOMS = ("model", "ports", "wire", "nlu")
IMPURE_MODULES = {"asyncio", "socket", "ssl", "time", "random"}

# What is over its budget, why, and since when. Keys as the test prints them:
#   "engine/route.py" (a file) or "engine/route.py:Router.route" (a function or a port)
ALLOWED: dict[str, tuple[str, str]] = {
    "app/cli.py:serve": ("typer reads the flags of `teahouse serve` from the parameters", "2026-11-23"),
    "app/cli_webhooks.py:replay": ("typer reads the flags from the parameters", "2026-11-25"),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def source_files() -> list[Path]:
    """Those that people write: protoc writes v1/."""
    return sorted(path for path in SOURCE.rglob("*.py") if path.parent.name != "v1")


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


# --- budgets -------------------------------------------------------------------------------------------


def definitions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.AST, Function | ast.ClassDef]]:
    """Every function and class below `node`: its dotted name, what it stands in, itself."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            yield prefix + child.name, node, child
            yield from definitions(child, f"{prefix}{child.name}.")
        else:  # an `if` or a `try` adds nothing to the name
            for name, parent, found in definitions(child, prefix):
                yield name, node if parent is child else parent, found


def is_static(function: Function) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)


def parameters(function: Function, *, method: bool) -> int:
    a = function.args
    named = len(a.posonlyargs) + len(a.args) + len(a.kwonlyargs)
    starred = (a.vararg is not None) + (a.kwarg is not None)
    return named + starred - (method and not is_static(function))


def is_protocol(cls: ast.ClassDef) -> bool:
    bases = [b.value if isinstance(b, ast.Subscript) else b for b in cls.bases]
    return any(getattr(b, "id", getattr(b, "attr", "")) == "Protocol" for b in bases)


def over_budget(name: str, text: str) -> Iterator[tuple[str, str]]:
    """(key, complaint) for all in one file that is too big."""
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        yield name, f"{lines} lines, allowed {FILE_LINES}"
    for dotted, parent, node in definitions(ast.parse(text, filename=name)):
        key = f"{name}:{dotted}"
        if isinstance(node, ast.ClassDef):
            methods = {m.name for m in node.body if isinstance(m, Function)}
            if name.startswith("ports/") and is_protocol(node) and len(methods) > PORT_METHODS:
                yield key, f"{len(methods)} methods, allowed {PORT_METHODS}"
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > FUNCTION_LINES:
            yield key, f"{length} lines, allowed {FUNCTION_LINES}"
        count = parameters(node, method=isinstance(parent, ast.ClassDef))
        if count > PARAMETERS:
            yield key, f"{count} parameters, allowed {PARAMETERS}"


def test_budgets() -> None:
    found: dict[str, list[str]] = {}
    for path in source_files():
        for key, complaint in over_budget(name_of(path), path.read_text(encoding="utf-8")):
            found.setdefault(key, []).append(complaint)

    too_big = [f"{key}: {'; '.join(found[key])}" for key in sorted(found.keys() - ALLOWED.keys())]
    assert not too_big, "over budget (split it by what it is about):\n" + "\n".join(too_big)
    needless = sorted(ALLOWED.keys() - found.keys())
    assert not needless, f"within budget again, take out of ALLOWED: {needless}"


def test_excuses_have_a_reason_and_a_past_date() -> None:
    for key, (reason, since) in ALLOWED.items():
        assert reason.strip(), key
        assert date.fromisoformat(since) <= date.today(), key


def test_the_ruler_itself() -> None:
    """The measuring code finds what it should, or the tests above would pass for nothing."""
    long = "def long():\n" + "    x = 1\n" * FUNCTION_LINES
    wide = "class C:\n  def m(self, a, b, c, d, *e, f, **g): ...\n  def ok(self, a, b, c, d, e, f): ...\n"
    port = "class P(Protocol[T]):\n" + "".join(f"  def m{i}(self): ...\n" for i in range(PORT_METHODS + 1))
    assert [key for key, _ in over_budget("x.py", long)] == ["x.py:long"]
    assert [key for key, _ in over_budget("x.py", f"if 1:\n  pass\n{wide}")] == ["x.py:C.m"]
    assert [key for key, _ in over_budget("ports/x.py", port)] == ["ports/x.py:P"]
    assert [key for key, _ in over_budget("x.py", "\n" * (FILE_LINES + 1))] == ["x.py"]


# --- names, docstrings, layers -------------------------------------------------------------------------


def test_no_module_has_an_empty_name() -> None:
    named = [p.relative_to(SOURCE).with_suffix("").parts for p in source_files()]
    assert not [parts for parts in named if EMPTY_NAMES & set(parts)]


def test_every_module_says_what_it_is_for() -> None:
    silent = [name_of(p) for p in source_files() if not is_generated(p) and not ast.get_docstring(parse(p))]
    assert not silent, f"no docstring: {silent}"


def is_generated(path: Path) -> bool:
    return path.name.endswith(("_pb2.py", "_pb2_grpc.py"))


def test_every_folder_is_a_package() -> None:
    """import-linter does not see a folder without __init__.py, so its layers would go unchecked."""
    folders = {p.parent for p in source_files()}
    assert not [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()]


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_pure_rooms_import_nothing_that_waits(room: str) -> None:
    broken = [
        f"{name_of(path)}:{line} imports {module}"
        for path in source_files()
        if path.relative_to(SOURCE).parts[0] in (room, f"{room}.py")
        for line, module in imported(parse(path))
        if module.split(".")[0] in IMPURE_MODULES
    ]
    assert not broken, "\n".join(broken)


# --- dependencies and locks ----------------------------------------------------------------------------


def requirement_names(path: Path) -> set[str]:
    """The names a requirements file gives itself, without what it includes, pins and markers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", m.group()).lower() for m in found if m}


def pins(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


def test_base_in_names_the_dependencies_of_the_project() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = pyproject["project"]["dependencies"] + pyproject["build-system"]["requires"]
    assert requirement_names(ROOT / "requirements/base.in") == set(wanted)


@pytest.mark.parametrize("source", sorted((ROOT / "requirements").glob("*.in")), ids=lambda p: p.stem)
def test_lock_is_complete(source: Path) -> None:
    lock = source.with_suffix(".lock")
    assert requirement_names(source) <= pins(lock).keys(), "run `make lock`"
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    loose = [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e]
    assert not loose, f"not pinned to a version and a hash: {loose}"


def test_locks_agree() -> None:
    """`make setup-test` installs over `make setup`: the tests must meet the versions that are shipped."""
    base, test = pins(ROOT / "requirements/base.lock"), pins(ROOT / "requirements/test.lock")
    assert {name: test.get(name) for name in base} == base


# A lock that names a host works only where that host is reached; the installer knows its own index.
REGISTRY = re.compile(r"(?<!no-emit-)index-url|find-links|pypi\.org|pythonhosted\.org|npmjs\.(org|com)")


def test_nothing_names_a_registry() -> None:
    requirements = sorted((ROOT / "requirements").iterdir())
    named = ("pyproject.toml", "Makefile", ".ci/run", "tools/debian.sh", "tools/node.sh")
    settings = [ROOT / name for name in named]
    settings += [p for name in ("package.json", ".npmrc") for p in node_projects(name)]
    for path in requirements:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path
    for path in requirements + [p for p in settings if p.exists()]:
        assert not REGISTRY.search(path.read_text(encoding="utf-8")), path


def node_projects(name: str) -> list[Path]:
    """This file of every Node project here, without those of what is installed."""
    return [path for path in ROOT.glob(f"**/{name}") if "node_modules" not in path.parts]


def test_package_locks_name_no_host() -> None:
    paths = node_projects("package-lock.json")
    assert paths
    for path in paths:
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        hosts = [name for name, entry in packages.items() if "resolved" in entry and not entry.get("link")]
        assert not hosts, path


# --- the repository ------------------------------------------------------------------------------------


def test_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Copyright 2026 The Teahouse authors" in text


def test_no_file_refers_to_a_place_outside() -> None:
    """A clone must work anywhere: no path of the machine it was written on."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    command = "git -c safe.directory=* ls-files -z --cached --others --exclude-standard"
    listed = subprocess.run(command.split(), cwd=ROOT, capture_output=True, check=True).stdout.decode()
    outside = re.compile(rb"\.\./shared\b|(?<![\w.-])/work/")  # "/work/" inside a longer path is fine
    paths = [ROOT / name for name in listed.split("\0") if name]
    found = [  # this file has to name them
        str(p.relative_to(ROOT))
        for p in paths
        if p.is_file() and p != Path(__file__).resolve() and outside.search(p.read_bytes())
    ]
    assert not found, f"these name a place outside the project: {found}"
