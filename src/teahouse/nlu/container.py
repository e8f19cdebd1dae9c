"""A model as bytes: a header of JSON, then plain arrays, one after the other.

Rule: reading executes nothing. There is no pickle; an array is a type of a short list, a shape and its bytes, and every
number in the header is checked against the bytes that are there. A checksum finds what was cut off or overwritten. What
is broken, foreign or of a newer form is a `BadModel`.
Callers: `understanding.py`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"TEAHOUSE-NLU\n"
FORM = 1  # rises when an older reader would misunderstand
_DIGEST = hashlib.sha256().digest_size
_TYPES = {"float32": np.float32, "float16": np.float16, "int32": np.int32, "uint8": np.uint8}
_HEADER_LIMIT = 64 * 2**20


class BadModel(Exception):
    """These bytes are no model this version can read; the message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """`about` is anything JSON can say; `arrays` are numbers."""

    about: dict[str, Any]
    arrays: Mapping[str, NDArray[Any]]


def pack(contents: Contents) -> bytes:
    entries: list[dict[str, Any]] = []
    parts: list[bytes] = []
    for name, array in contents.arrays.items():
        if array.dtype.name not in _TYPES:
            raise ValueError(f"{name}: arrays of {array.dtype.name} are not kept")
        parts.append(np.ascontiguousarray(array).tobytes())
        entries.append({"name": name, "type": array.dtype.name, "shape": list(array.shape)})
    told = {"form": FORM, "about": contents.about, "parts": entries}
    header = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join([len(header).to_bytes(8, "little"), header, *parts])
    return b"".join([MAGIC, hashlib.sha256(body).digest(), body])


def unpack(data: bytes) -> Contents:
    header, rest = _header(data)
    arrays: dict[str, NDArray[Any]] = {}
    for entry in header["parts"]:
        name, shape, size = _entry(entry)
        if size > len(rest):
            raise BadModel(f"the part {name!r} is cut off")
        arrays[name] = np.frombuffer(rest[:size], dtype=_TYPES[entry["type"]]).reshape(shape)
        rest = rest[size:]
    return Contents(header["about"], arrays)


def _entry(entry: Any) -> tuple[str, list[int], int]:
    """(name, shape, bytes) of a part."""
    try:
        name, kind, shape = entry["name"], entry["type"], entry["shape"]
        if all(isinstance(n, int) and n >= 0 for n in shape):
            return name, shape, prod(shape) * np.dtype(_TYPES[kind]).itemsize
    except (KeyError, TypeError):
        pass
    raise BadModel("a part of the model is of no known type")


def _header(data: bytes) -> tuple[dict[str, Any], memoryview]:
    view = memoryview(data)
    start = len(MAGIC) + _DIGEST + 8
    if len(data) < start or bytes(view[: len(MAGIC)]) != MAGIC:
        raise BadModel("this is not a model of Teahouse")
    body = view[len(MAGIC) + _DIGEST :]
    if hashlib.sha256(body).digest() != bytes(view[len(MAGIC) : len(MAGIC) + _DIGEST]):
        raise BadModel("the model is damaged: its checksum is wrong")
    length = int.from_bytes(body[:8], "little")
    if length > min(len(body) - 8, _HEADER_LIMIT):
        raise BadModel("the model's header is longer than the model")
    try:
        header = json.loads(bytes(body[8 : 8 + length]))
        form = header["form"], header["parts"], header["about"]
    except (ValueError, TypeError, KeyError) as error:
        raise BadModel("the model's header is not readable") from error
    if form[0] != FORM or not isinstance(form[1], list) or not isinstance(form[2], dict):
        raise BadModel(f"the model is of form {form[0]}, this version reads {FORM}: train it anew")
    return header, body[8 + length :]
