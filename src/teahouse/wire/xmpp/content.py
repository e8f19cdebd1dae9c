"""What an entry says, as XMPP says it: the children of a `<message/>`.

Rule: one place for the live stream (wire.py) and for the archive (gateways/xmpp/archive.py), so that a message looks
the same in both. The id of a message is that of the house, `<conversation>.<seq>`.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from teahouse.model.bodies import file_of
from teahouse.model.entries import Kind
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import (
    CORRECT,
    FALLBACK,
    HINTS,
    MARKERS,
    OOB,
    REACTIONS,
    RECEIPTS,
    REPLY,
    RETRACT,
    SID,
)

STORE = element("store", {"xmlns": HINTS})
RECALLED = "This message was recalled, but your client does not know how to take it away."


class Said(Struct, frozen=True, gc=False):
    """What is needed of an entry. `ref` is the seq it speaks of or answers, `url` where the file is got that it
    carries."""

    conversation: str
    seq: int
    kind: str
    body: dict[str, Any] = {}
    ref: int = 0
    emojis: tuple[str, ...] = ()
    recalled: bool = False
    cid: str = ""
    url: str = ""

    @property
    def id(self) -> str:
        return f"{self.conversation}.{self.seq}"


class _Content(Struct):
    body: dict[str, Any] = {}
    emoji: str = ""
    on: bool = True


_content = msgspec.json.Decoder(_Content)


Links = Callable[[str, str], str]
"""Where a file is got, by its id and name; nothing where it is not."""


def link(body: dict[str, Any], links: Links | None) -> str:
    """Where the file is got that a body carries."""
    if links is None or (file := file_of(body)) is None:
        return ""
    return links(file, _line(body, "name") or "file")


def said(conversation: str, seq: int, kind: str, content: bytes, ref: int | None = None) -> Said:
    """Of an entry's stored content."""
    told = _content.decode(content)
    emojis = (told.emoji,) if told.emoji and told.on else ()
    return Said(conversation, seq, kind, told.body, ref or 0, emojis)


def words(body: dict[str, Any], url: str = "") -> str:
    """What a body of any type says to who can only read. `url` is where its file is got."""
    if url:
        return "\n".join(line for line in (_line(body, "text"), url) if line)
    lines = [_line(body, name) for name in ("title", "text")]
    if body.get("type") in ("image", "file", "voice") or not any(lines):
        lines.append(f"[{_line(body, 'name') or _line(body, 'type') or 'message'}]")
    if body.get("type") == "location":
        lines = [*lines[:2], f"geo:{body.get('lat')},{body.get('lon')}"]
    lines.append(_line(body, "url"))
    return "\n".join(line for line in lines if line)


def _line(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def children(entry: Said, direct: bool) -> str | None:
    """What stands in the message; None for an entry that is told by other stanzas, or by none."""
    about = f"{entry.conversation}.{entry.ref}" if direct else str(entry.ref)
    match entry.kind:
        case Kind.MESSAGE:
            return _message(entry, direct)
        case Kind.EDIT:
            replaced = element("replace", {"xmlns": CORRECT, "id": f"{entry.conversation}.{entry.ref}"})
            return element("body", None, text(words(entry.body, entry.url))) + replaced
        case Kind.RECALL:
            retract = element("retract", {"xmlns": RETRACT, "id": about})
            fallback = element("fallback", {"xmlns": FALLBACK, "for": RETRACT})
            return retract + fallback + element("body", None, text(RECALLED)) + STORE
        case Kind.REACTION:
            emojis = (element("reaction", None, text(emoji)) for emoji in entry.emojis)
            return element("reactions", {"xmlns": REACTIONS, "id": about}, *emojis) + STORE
        case _:
            return None


def _message(entry: Said, direct: bool) -> str:
    if entry.recalled:
        return element("retracted", {"xmlns": RETRACT})
    made = element("body", None, text(words(entry.body, entry.url)))
    if entry.url:
        made += element("x", {"xmlns": OOB}, element("url", None, text(entry.url)))
    if entry.ref:
        about = f"{entry.conversation}.{entry.ref}" if direct else str(entry.ref)
        made += element("reply", {"xmlns": REPLY, "id": about})
    if direct:
        made += element("request", {"xmlns": RECEIPTS})
    return made + element("markable", {"xmlns": MARKERS})


def identity(entry: Said, by: str, direct: bool) -> str:
    """XEP-0359: the ids that a room, or the archive of one's own account, gave; for the sender's own eyes the cid."""
    given = entry.id if direct else str(entry.seq)
    made = f"<stanza-id xmlns='{SID}' by='{by}' id='{given}'/>"
    return made + element("origin-id", {"xmlns": SID, "id": entry.cid}) if entry.cid else made


def subject(title: str) -> str:
    return element("subject", None, text(title))
