import pytest

from teahouse.wire import handshake
from teahouse.wire.handshake import Refusal, accept

HEADERS = {
    b"host": b"server.example.com",
    b"upgrade": b"websocket",
    b"connection": b"Upgrade",
    b"sec-websocket-key": b"dGhlIHNhbXBsZSBub25jZQ==",
    b"sec-websocket-version": b"13",
}


def request(**changes: bytes | None) -> list[tuple[bytes, bytes]]:
    """The headers of RFC 6455, 1.3, with some changed, or left out for None."""
    headers: dict[bytes, bytes | None] = {**HEADERS}
    headers |= {name.replace("_", "-").encode(): value for name, value in changes.items()}
    return [(name, value) for name, value in headers.items() if value is not None]


def test_the_example_of_the_rfc() -> None:
    response = accept(b"GET", request())
    assert response.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in response
    assert response.endswith(b"\r\n\r\n")


def test_no_extension_is_accepted() -> None:
    response = accept(b"GET", request(sec_websocket_extensions=b"permessage-deflate"))
    assert b"extensions" not in response.lower()


def test_our_subprotocol_is_chosen_if_offered() -> None:
    assert b"Protocol:" not in accept(b"GET", request(sec_websocket_protocol=b"chat"))
    response = accept(b"GET", request(sec_websocket_protocol=b"chat, teahouse.v1"))
    assert b"Sec-WebSocket-Protocol: " + handshake.SUBPROTOCOL in response


def test_tokens_are_found_in_lists_and_any_case() -> None:
    accept(b"GET", request(upgrade=b"WebSocket", connection=b"keep-alive, UPGRADE"))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"upgrade": b"h2c"}, 400),
        ({"connection": b"close"}, 400),
        ({"host": None}, 400),
        ({"sec_websocket_version": b"8"}, 426),
        ({"sec_websocket_version": None}, 426),
        ({"sec_websocket_key": None}, 400),
        ({"sec_websocket_key": b"short"}, 400),
        ({"sec_websocket_key": b"dGhlIHNhbXBsZSBub25jZQ=!"}, 400),
        ({"sec_websocket_key": b"\xff" * 24}, 400),
        ({"content_length": b"5"}, 400),
        ({"transfer_encoding": b"chunked"}, 400),
    ],
)
def test_what_is_refused(changes: dict[str, bytes | None], status: int) -> None:
    with pytest.raises(Refusal) as refused:
        accept(b"GET", request(**changes))
    assert refused.value.status == status


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(Refusal):
        accept(b"GET", [*request(), (b"sec-websocket-key", HEADERS[b"sec-websocket-key"])])


def test_only_get() -> None:
    with pytest.raises(Refusal) as refused:
        accept(b"POST", request())
    assert refused.value.status == 405


def test_origins() -> None:
    allowed = ("https://chat.example.org",)
    accept(b"GET", request(origin=b"https://chat.example.org"), allowed)
    accept(b"GET", request(origin=b"HTTPS://Chat.Example.org"), allowed)
    accept(b"GET", request(), allowed)  # not a browser
    accept(b"GET", request(origin=b"https://evil.example.org"))  # any is allowed
    for origin in (b"https://evil.example.org", b"null", b"\xff", b"https://chat.example.org.evil.org"):
        with pytest.raises(Refusal) as refused:
            accept(b"GET", request(origin=origin), allowed)
        assert refused.value.status == 403
