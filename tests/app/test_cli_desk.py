"""`teahouse desk`: training in a process of its own, asking, evaluating, and mistakes said in one sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

for name in ("numpy", "sklearn", "pycrfsuite", "yaml"):
    pytest.importorskip(name, reason="the extra desk is not installed")

from teahouse.app.cli import app  # noqa: E402
from teahouse.app.learning import train_apart  # noqa: E402
from teahouse.nlu.examples import BadExamples, Example  # noqa: E402

CAFE = Path(__file__).parents[1] / "nlu" / "data" / "cafe_en.yaml"


def run(*arguments: object):
    return CliRunner().invoke(app, ["desk", *map(str, arguments)])


@pytest.mark.service
def test_what_was_trained_can_be_asked(tmp_path: Path) -> None:
    model = tmp_path / "cafe.model"
    trained = run("train", CAFE, "--out", model, "--sparse")
    assert trained.exit_code == 0, trained.output
    assert "slots: area, people" in trained.output
    asked = run("ask", model, "cancel the reservation for tomorrow")
    told = json.loads(asked.output.splitlines()[-1])
    assert next(iter(told["intents"])) == "cancel_booking"
    assert ["date", "tomorrow"] in [value[:2] for value in told["values"]]
    assert run("ask", model, "hi", "--share", "12").exit_code == 2


@pytest.mark.service
def test_an_evaluation_prints_figures_and_writes_a_page(tmp_path: Path) -> None:
    lines = {
        "order": ["where is my order", "track my order", "my order is late"],
        "open": ["when do you open", "are you open", "opening hours"],
    }
    rows = [
        {"split": "train", "text": text, "intent": intent} for intent, said in lines.items() for text in said
    ]
    rows += [
        {"split": "test", "text": text, "intent": intent}
        for text, intent in (("my order", "order"), ("zebra", "oos"))
    ]
    data, page = tmp_path / "shop.jsonl", tmp_path / "shop.html"
    data.write_text("\n".join(map(json.dumps, rows)))
    made = run("evaluate", data, "--sparse", "--html", page)
    assert made.exit_code == 0, made.output
    figures = dict(
        line.rsplit(maxsplit=1)
        for line in made.output.splitlines()
        if line.startswith(("acc", "out-of-scope"))
    )
    assert figures["accuracy"] == "1.0000"
    assert figures["out-of-scope recall, 95 % of inside kept"] == "1.000"
    assert page.read_text().startswith("<!doctype html>")


def test_a_library_is_measured(tmp_path: Path) -> None:
    (tmp_path / "kb_docs.jsonl").write_text(
        '{"id": 1, "text": "Beans are roasted weekly."}\n{"id": 2, "text": "Tea is green."}\n'
    )
    (tmp_path / "kb_queries.jsonl").write_text('{"text": "when are beans roasted", "rel": [1]}\n')
    made = run("evaluate", "--library", tmp_path / "kb", "--sparse")
    assert "hit@1 1.0000" in made.output


def test_a_mistake_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "x.yaml"
    broken.write_text("intents: 3")
    foreign = tmp_path / "x.model"
    foreign.write_bytes(b"\x80\x04")
    for arguments in (
        ("train", broken, "--out", tmp_path / "m"),
        ("ask", foreign, "hi"),
        ("evaluate",),
        ("evaluate", broken),
    ):
        made = run(*arguments)
        assert made.exit_code == 2, made.output


@pytest.mark.service
async def test_what_cannot_be_learned_is_said_across_the_processes() -> None:
    with pytest.raises(BadExamples, match="nothing to learn"):
        await train_apart([Example(f"line {n}", "only") for n in range(5)])
