import pytest

from teahouse.identity.oidc.options import OidcOptions, is_safe


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://id.example.org", True),
        ("http://127.0.0.1:9400", True),
        ("http://[::1]:9400/x", True),
        ("http://id.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://127.0.0.1@example.org", False),
        ("https://", False),
        ("https://[", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_what_nobody_can_listen_to(url: str, safe: bool) -> None:
    assert is_safe(url) is safe


def test_a_provider_needs_an_id_for_us_and_a_safe_address() -> None:
    with pytest.raises(ValueError, match="client_id"):
        OidcOptions(issuer="https://id.example.org")
    with pytest.raises(ValueError, match="https"):
        OidcOptions(issuer="http://id.example.org", client_id="tea")
