"""The figures of an evaluation, against ones worked out by hand."""

import pytest

from teahouse.nlu.examples import Slot
from teahouse.nlu.report import page
from teahouse.nlu.scores import (
    Counts,
    IntentScores,
    by_label,
    confusions,
    macro_f1,
    ranking,
    refused_when_keeping,
    separation,
    slot_counts,
    together,
)

TRUE, SAID = ["a", "a", "b", "c"], ["a", "b", "b", "b"]


def test_macro_f1_is_the_mean_over_intents() -> None:
    counts = by_label(TRUE, SAID)
    assert counts["b"] == Counts(right=1, wrong=2, missed=0)
    assert macro_f1(counts, TRUE) == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert confusions(TRUE, SAID) == [("a", "b", 1), ("c", "b", 1)]


def test_a_slot_counts_if_place_and_kind_are_right() -> None:
    true = [{Slot(0, 2, "x"), Slot(3, 5, "y")}, set()]
    said = [{Slot(0, 2, "x"), Slot(3, 4, "y")}, {Slot(0, 1, "x")}]
    whole = together(list(slot_counts(true, said).values()))
    assert whole == Counts(right=1, wrong=2, missed=1)
    assert whole.f1 == pytest.approx(2 / 5)


def test_separation_counts_pairs() -> None:
    assert separation([3, 2], [1, 0]) == 1
    assert separation([1], [1]) == 0.5
    assert separation([0, 2], [1, 1]) == 0.5


def test_what_is_refused_while_most_is_kept() -> None:
    inside = [float(n) for n in range(100)]
    assert refused_when_keeping(0.95, inside, [4.0, 5.0, -1.0, 50.0]) == 0.5


def test_mrr_is_the_mean_of_one_over_the_place() -> None:
    found = ranking([1, 2, None, 4])
    assert found.hit_at_1 == 0.25
    assert found.reciprocal_rank == pytest.approx((1 + 0.5 + 0.25) / 4)
    assert ranking([]).hit_at_1 == 0


def test_the_report_escapes_what_people_wrote() -> None:
    name = "<script>alert(1)</script>"
    counts = by_label([name, "b"], ["b", "b"])
    scores = IntentScores(2, 0.5, 0.5, 1.0, 0, None, None, None, counts, [(name, "b", 1)])
    made = page(name, {name: name}, scores, {name: Counts(1, 0, 0)})
    assert "<script" not in made
    assert "&lt;script&gt;" in made
