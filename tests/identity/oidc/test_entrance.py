from typing import Any

import pytest

from teahouse.identity.oidc.entrance import challenge_of, name_of
from teahouse.model.ids import check_nick


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "ada"}, "ada"),
        ({"preferred_username": "Ada Lovelace"}, "Ada-Lovelace"),
        ({"preferred_username": "ada@example.org"}, "ada"),
        ({"preferred_username": "", "nickname": "al"}, "al"),
        ({"preferred_username": 7, "email": "ada.l@example.org"}, "ada.l"),
        ({"preferred_username": "../../<b>"}, "b"),
        ({"preferred_username": "@@@", "name": "阿达"}, "阿达"),
        ({"preferred_username": "a" * 99}, "a" * 24),
        ({"preferred_username": "-._-"}, "user"),
        ({}, "user"),
    ],
)
def test_a_name_is_made_of_what_the_provider_says(claims: dict[str, Any], name: str) -> None:
    assert name_of(claims, "preferred_username") == name
    assert check_nick(name) == name


def test_the_setting_comes_first() -> None:
    assert name_of({"upn": "ada@example.org", "preferred_username": "x"}, "upn") == "ada"


def test_the_challenge_is_that_of_rfc_7636() -> None:
    """Appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
