"""Fuzz the JSON decoder: a frame is a command that can be encoded and decoded again, or a WireError that can be
answered; and what is accepted is JSON of the allowed depth to Python's own decoder, too."""

import json
from typing import Any

import msgspec

from fuzz import harness
from teahouse.wire.errors import WireError
from teahouse.wire.json import DEPTH, JsonWire, decode

SAMPLES = [
    b'{"op":"hello","id":1,"nick":"alice","cursors":{"lobby":5}}',
    b'{"op":"send","id":"x","to":"@bob","text":"h\xc3\xa9 \\u00e9 \\ud83d\\ude00","cid":"c1","reply_to":3}',
    b'{"op":"send","to":"lobby","body":{"type":"poll","options":[1,2.5,-1e3,null,true,{"a":[]}]}}',
    b'{"op":"history","conversation":"lobby","before":10,"limit":50,"id":2}',
    b'{"op":"create","kind":"group","title":"T","members":["u1","u2"]}',
    b'{"op":"ping","unknown":[[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]]}',
]

WIRE = JsonWire(lambda body: body)


def check(data: bytes) -> None:
    try:
        command = decode(data)
    except WireError as error:
        json.loads(WIRE.failure(error.re, error.problem))
        return
    assert decode(msgspec.json.encode(command)) == command
    value = json.loads(data)
    assert isinstance(value, dict)
    assert depth(value) <= DEPTH


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


if __name__ == "__main__":
    harness.main(check, SAMPLES)
