"""What others wrote, made harmless: nothing that comes from the server can move the cursor or change colours.

Rule: pure; everything that is shown goes through here. Called by the full-screen client and by the line client.
"""

import re
import unicodedata

# C0 and C1 controls but the line feed, and the marks that turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_NAME = re.compile(r"[/\\:\0<>|?*\"]")

LONGEST_NAME = 120
"""Characters of a file's name, at most."""


def printable(text: str) -> str:
    """`text` with what a terminal would obey replaced, further lines as they are."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def on_one_line(text: str, longest: int = 200) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(printable(text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def file_name(name: str) -> str:
    """A name that is safe in any folder: no path, not hidden, nothing invisible."""
    plain = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", name))
    plain = _NO_NAME.sub("_", plain).replace("\n", "_").strip().lstrip(".")
    return plain[-LONGEST_NAME:] or "file"


def bytes_as_words(size: int) -> str:
    """`48213` as `47 KiB`."""
    number = float(size)
    for unit in ("B", "KiB", "MiB"):
        if number < 1024:
            return f"{number:.0f} {unit}" if unit == "B" or number >= 10 else f"{number:.1f} {unit}"
        number /= 1024
    return f"{number:.1f} GiB"
