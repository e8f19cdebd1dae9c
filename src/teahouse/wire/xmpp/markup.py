"""Making XML: text that is safe in it, and elements. Rule: what is made here is well-formed, whatever goes in, and has
no control characters, so that those are free to mark places in a stanza (frames.py). Called by all who make stanzas."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2
_MEANT = re.compile("[&<>\"'\t\n\r]|" + _FORBIDDEN.pattern)
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;"}
_IN_ATTRIBUTES = {**_WRITTEN, "\t": "&#9;", "\n": "&#10;"}


def _text_of(found: "re.Match[str]") -> str:
    character = found[0]
    return character if character in "\t\n" else _WRITTEN.get(character, "\ufffd")


def _attribute_of(found: "re.Match[str]") -> str:
    return _IN_ATTRIBUTES.get(found[0], "\ufffd")


def text(value: str) -> str:
    """`value` as the text of an element. What XML cannot carry becomes U+FFFD."""
    return _MEANT.sub(_text_of, value)


def attribute(value: str) -> str:
    """`value` as it stands between the quotes of an attribute; line ends and tabs survive."""
    return _MEANT.sub(_attribute_of, value)


def element(name: str, attributes: Mapping[str, str | None] | None = None, *children: str) -> str:
    """An element; `children` are markup already. An attribute that is None is left out."""
    given = attributes or {}
    written = "".join(f" {key}='{attribute(value)}'" for key, value in given.items() if value is not None)
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def stamp(ms: int) -> str:
    """A time as XEP-0082 writes it."""
    moment = datetime.fromtimestamp(min(ms, 253_402_300_799_000) / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def moment(written: str) -> int | None:
    """The milliseconds UTC that XEP-0082 writes so; None if it is no time."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    if read.tzinfo is None:
        return None
    return max(0, int(read.timestamp() * 1000))
