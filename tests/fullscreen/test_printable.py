"""Nothing that others write can do more to a terminal than be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.fullscreen.printable import LONGEST_NAME, bytes_as_words, file_name, on_one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve, 茶馆, 👩‍💻", "plain, naïve, 茶馆, 👩‍💻"),
        ("red \x1b[31m", "red \ufffd[31m"),
        ("\r\b\x07\t\x00\x7f\x9b", "\ufffd" * 7),
        ("right \u202e to left \u2066", "right \ufffd to left \ufffd"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(max_size=400))
def test_on_one_line(text: str) -> None:
    line = on_one_line(text, 50)
    assert len(line) <= 50
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("leaves.png", "leaves.png"),
        ("../../etc/passwd", "_.._etc_passwd"),
        (".bashrc", "bashrc"),
        ("a\x1b[0m\n.txt", "a[0m_.txt"),
        ("", "file"),
        ("...", "file"),
        ("茶单.pdf", "茶单.pdf"),
    ],
)
def test_file_names(name: str, safe: str) -> None:
    assert file_name(name) == safe


@given(st.text(max_size=300))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    safe = file_name(name)
    assert safe not in ("", ".", "..")
    assert "/" not in safe and "\0" not in safe
    assert len(safe) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1023 B"), (2048, "2.0 KiB"), (48213, "47 KiB"), (5 << 30, "5.0 GiB")],
)
def test_sizes(size: int, words: str) -> None:
    assert bytes_as_words(size) == words
