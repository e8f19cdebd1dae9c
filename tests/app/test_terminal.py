"""Nothing that others write can do more to a terminal than be read."""

import pytest

from teahouse.app.terminal import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve, 茶馆, 👩‍💻", "plain, naïve, 茶馆, 👩‍💻"),
        ("red \x1b[31m", "red \ufffd[31m"),
        ("\r\b\x07\t\x00\x7f\x9b", "\ufffd" * 7),
        ("right \u202e to left \u2066", "right \ufffd to left \ufffd"),
        ("two\nlines", "two\n    lines"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown
