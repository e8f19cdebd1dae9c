"""Fuzz the WebSocket decoder: any cut of the bytes gives the same messages and the same violation, texts are UTF-8,
and nothing is larger than the limit."""

from random import Random

from fuzz import harness
from teahouse.wire import websocket as ws

LIMIT = 300

KEY = b"\x00\x00\x00\x00"  # leaves the payload as it is, so that mutations of it stay mutations of it
SAMPLES = [
    b"\x81\x85" + KEY + b"Hello",
    b"\x01\x83" + KEY + b"Hel" + b"\x89\x82" + KEY + b"hi" + b"\x80\x82" + KEY + b"lo",
    b"\x81\xfe\x00\xc8" + KEY + b"x" * 200 + b"\x8a\x80" + KEY,
    b"\x82\xff" + (150).to_bytes(8, "big") + KEY + b"y" * 150,
    b"\x88\x87" + KEY + b"\x03\xe8close" + b"\x81\x80" + KEY,
    b"\x01\x82\x12\x34\x56\x78\xc1\x9b" + b"\x00\x80" + KEY + b"\x80\x81" + KEY + b"\x80",
]


def decode(pieces: list[bytes]) -> tuple[list[tuple[int, bytes]], int]:
    decoder = ws.Decoder(LIMIT)
    messages: list[tuple[int, bytes]] = []
    try:
        for piece in pieces:
            for opcode, payload in decoder.feed(piece):
                assert len(payload) <= (LIMIT if opcode in (ws.TEXT, ws.BINARY) else 125)
                if opcode == ws.TEXT:
                    payload.decode()
                messages.append((opcode, payload))
            assert decoder._partial is None or len(decoder._partial) < LIMIT + 14
    except ws.Violation as violation:
        ws.close_frame(violation.code, violation.reason)
        return messages, violation.code
    return messages, 0


def check(data: bytes) -> None:
    assert decode([data]) == decode(harness.cuts(data, Random(len(data))))


if __name__ == "__main__":
    harness.main(check, SAMPLES)
