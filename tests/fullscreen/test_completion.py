"""What Tab offers."""

import pytest

from teahouse.fullscreen.completion import offer

NICKS = ["bob", "Bobby", "王芳", "al.ice"]
SLASH = ["me", "members", "edit"]


@pytest.mark.parametrize(
    ("before", "length", "words"),
    [
        ("@b", 2, ("@bob", "@Bobby")),
        ("hello @BOBB", 5, ("@Bobby",)),
        ("你好，@王", 2, ("@王芳",)),
        ("(@al.", 4, ("@al.ice",)),
        ("@", 1, ("@bob", "@Bobby", "@王芳", "@al.ice")),
        ("/me", 3, ("/me", "/members")),
        ("/", 1, ("/me", "/members", "/edit")),
    ],
)
def test_offers(before: str, length: int, words: tuple[str, ...]) -> None:
    found = offer(before, NICKS, SLASH)
    assert found is not None
    assert (found.length, found.words) == (length, words)


@pytest.mark.parametrize("before", ["", "b", "mail a@b", "@nobody", "hello /me", "/nope", "@bob "])
def test_nothing_to_offer(before: str) -> None:
    assert offer(before, NICKS, SLASH) is None
