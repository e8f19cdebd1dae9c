"""A model as bytes: nothing that is broken or hostile gets further than `BadModel`."""

import hashlib
import random

import pytest

np = pytest.importorskip("numpy", reason="the extra desk is not installed")

from teahouse.nlu.container import MAGIC, BadModel, Contents, pack, unpack  # noqa: E402
from teahouse.nlu.understanding import from_bytes  # noqa: E402


def sealed(body: bytes) -> bytes:
    """With a right checksum: what an attacker would send."""
    return MAGIC + hashlib.sha256(body).digest() + body


def with_header(header: bytes, rest: bytes = b"") -> bytes:
    return sealed(len(header).to_bytes(8, "little") + header + rest)


def test_what_goes_in_comes_out() -> None:
    arrays = {
        "a": np.arange(6, dtype=np.int32).reshape(2, 3),
        "b": np.ones(3, np.float16),
        "c": np.zeros(0, np.float32),
    }
    contents = unpack(pack(Contents({"name": "茶"}, arrays)))
    assert contents.about == {"name": "茶"}
    assert {name: array.tolist() for name, array in contents.arrays.items()} == {
        n: a.tolist() for n, a in arrays.items()
    }


def test_objects_are_not_kept() -> None:
    with pytest.raises(ValueError, match="not kept"):
        pack(Contents({}, {"a": np.array([object()])}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04pickle",
        MAGIC,
        MAGIC + bytes(60),
        with_header(b"{"),
        with_header(b"[]"),
        with_header(b'{"form":2,"parts":[],"about":{}}'),
        with_header(b'{"form":1,"parts":{},"about":{}}'),
        with_header(b'{"form":1,"parts":[1],"about":{}}'),
        with_header(b'{"form":1,"parts":[{"name":"a","type":"object","shape":[1]}],"about":{}}', bytes(8)),
        with_header(b'{"form":1,"parts":[{"name":"a","type":"float32","shape":[-1]}],"about":{}}', bytes(8)),
        with_header(b'{"form":1,"parts":[{"name":"a","type":"float32","shape":[1e9]}],"about":{}}', bytes(8)),
        with_header(
            b'{"form":1,"parts":[{"name":"a","type":"float32","shape":[99999999999]}],"about":{}}', bytes(8)
        ),
        with_header(b'{"form":1,"parts":[],"about":{"intents":{}}}'),
        with_header(b'{"form":1,"parts":[],"about":{"intents":[1]}}'),
        with_header(b'{"form":1,"parts":[],"about":{"slots":{"tags":[],"features":[]}}}'),
        sealed((2**62).to_bytes(8, "little")),
    ],
)
def test_what_is_no_model_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(BadModel):
        from_bytes(data)


def test_a_damaged_model_is_not_read(sparse_models) -> None:
    data = sparse_models["en"].to_bytes()
    dice = random.Random(3)
    for _ in range(50):
        at = dice.randrange(len(data))
        with pytest.raises(BadModel):
            from_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        with pytest.raises(BadModel):
            from_bytes(data[:at])


def test_lists_that_point_outside_are_refused(sparse_models) -> None:
    contents = unpack(sparse_models["en"].to_bytes())
    for name in ("intents.line", "slots.tag", "intents.start", "slots.start"):
        wrong = contents.arrays[name].copy()
        wrong[-1] += 1_000_000
        with pytest.raises(BadModel):
            from_bytes(pack(Contents(contents.about, {**contents.arrays, name: wrong})))
