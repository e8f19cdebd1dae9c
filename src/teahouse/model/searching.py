"""What is searched for, and what a message says to it.

Rule: whether a message is one that is searched for is decided here, for all backends alike; an index may only be
faster. Pure; called by the engine's search and by the backends of the Finder port.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from teahouse.model.entries import Entry, Kind
from teahouse.model.ids import fold_nick
from teahouse.model.query import TRAITS, Phrase
from teahouse.model.words import occurrences, words

SPOKEN = ("text", "caption", "title", "name", "description", "address")
"""The fields of a body that are words for people."""

_FILES = frozenset({"file", "image", "voice", "video", "audio"})
_LINK = re.compile(r"https?://[^\s/]|\bwww\.\w", re.IGNORECASE)


class Window(Struct, frozen=True, gc=False):
    """What somebody may read of a conversation: entries with after < seq <= upto."""

    conversation: str
    after: int
    upto: int


class Authors(Struct, frozen=True):
    """Whoever has one of these user ids, or wrote under one of these (folded) nicks."""

    users: tuple[str, ...] = ()
    nicks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.users or self.nicks)

    def wrote(self, entry: Entry) -> bool:
        return entry.sender in self.users or fold_nick(entry.nick) in self.nicks


class Criteria(Struct, frozen=True, kw_only=True):
    """Which messages are searched for: those with all `phrases` and `has`, by one of `authors` if any are named,
    after <= at < before (milliseconds UTC), and with nothing that is excluded."""

    phrases: tuple[Phrase, ...] = ()
    no_phrases: tuple[Phrase, ...] = ()
    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()
    authors: Authors | None = None
    no_authors: Authors = Authors()
    after: int | None = None
    before: int | None = None


class Said(Struct, frozen=True):
    """What a message says: its text, and which of TRAITS it has."""

    text: str = ""
    traits: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(dict[str, Any]).decode


def said(content: bytes) -> Said:
    """What the content of a message, or of an edit, says. Nothing for content that is none."""
    try:
        fields = _decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Said()
    body = fields.get("body")
    if not isinstance(body, dict):
        return Said()
    text = "\n".join(body[name] for name in SPOKEN if isinstance(body.get(name), str))
    return Said(text, tuple(_traits(body, text, bool(fields.get("mentions")))))


def _traits(body: dict[str, Any], text: str, mentions: bool) -> Iterable[str]:
    kind = body.get("type")
    if not isinstance(kind, str):
        kind = ""
    if _LINK.search(text):
        yield "link"
    if mentions:
        yield "mention"
    if kind in _FILES:
        yield "file"
    if kind == "audio":
        yield "voice"
    elif kind != "file" and kind in TRAITS:
        yield str(kind)


def fits(criteria: Criteria, entry: Entry, content: bytes) -> bool:
    """Whether a message that now has this content is one that is searched for."""
    if entry.kind is not Kind.MESSAGE or entry.redacted:
        return False
    if criteria.after is not None and entry.at < criteria.after:
        return False
    if criteria.before is not None and entry.at >= criteria.before:
        return False
    if criteria.authors is not None and not criteria.authors.wrote(entry):
        return False
    return not criteria.no_authors.wrote(entry) and _says(criteria, said(content))


def _says(criteria: Criteria, found: Said) -> bool:
    if not set(criteria.has) <= set(found.traits) or set(criteria.has_not) & set(found.traits):
        return False
    text = words(found.text)
    return all(contains(p, text) for p in criteria.phrases) and not any(
        contains(p, text) for p in criteria.no_phrases
    )


def contains(phrase: Phrase, text: Sequence[str]) -> bool:
    return next(iter(occurrences(phrase.words, phrase.prefix, text)), None) is not None
