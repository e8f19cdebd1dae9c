"""Fuzz the WebSocket handshake: any header values give a response or a Refusal, and no line of ours can be forged."""

from fuzz import harness
from teahouse.wire.handshake import Refusal, accept

GOOD = (
    b"Host: x\nUpgrade: websocket\nConnection: keep-alive, Upgrade\nSec-WebSocket-Version: 13\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
)
SAMPLES = [
    GOOD,
    GOOD + b"Sec-WebSocket-Protocol: chat, teahouse.v1\nOrigin: https://chat.example.org\n",
    GOOD + b"Content-Length: 0\nOrigin: null\n",
]


def check(data: bytes) -> None:
    headers = [
        (name.lower(), value.strip())
        for name, _, value in (line.partition(b":") for line in data.split(b"\n"))
    ]
    try:
        response = accept(b"GET", headers, ["https://chat.example.org"])
    except Refusal as refusal:
        assert 400 <= refusal.status < 500
        return
    lines = response.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 101 Switching Protocols"
    assert len(lines) in (6, 7)
    assert response.endswith(b"\r\n\r\n")


if __name__ == "__main__":
    harness.main(check, SAMPLES)
