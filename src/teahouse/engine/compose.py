"""Compose: turn what a client wrote into the content of an entry, encoded once."""

import re
from typing import Any, NamedTuple

import msgspec

from teahouse.engine.rosters import Roster
from teahouse.engine.sessions import Sessions
from teahouse.model import bodies
from teahouse.model.changes import Change
from teahouse.model.conversations import Role
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import EVERYBODY, LOBBY, fold_nick

_MENTION = re.compile(r"(?<![\w@.])@([^\W_](?:[\w.\-]{0,30}[\w])?)(?!\w)")
_MOST_MENTIONS = 50
_encode = msgspec.json.Encoder().encode


class TextBody(msgspec.Struct, frozen=True, gc=False):
    type: str
    text: str


class Forwarded(msgspec.Struct, frozen=True, gc=False):
    """Who wrote it first, by the nick they had, and when. Not where: that is nobody's business who was not there."""

    nick: str
    at: int


class Streamed(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The stream that told of a message while it was written. `unfinished`: it broke off."""

    id: str
    unfinished: bool = False


class Via(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """By which webhook a message came, and the name and picture it asked to be shown with."""

    id: str
    nick: str = ""
    avatar: str = ""


class Content(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The content of a message or an edit: the JSON that the log keeps and events carry."""

    body: TextBody | dict[str, Any]
    mentions: tuple[str, ...] = ()
    topic: str = ""
    priority: str = ""
    thread: int = 0
    forwarded: Forwarded | None = None
    expires_s: int = 0
    stream: Streamed | None = None
    bot: bool = False
    command: msgspec.Struct | None = None
    webhook: Via | None = None


class Extra(NamedTuple):
    """What was found out about a send before it is composed. `lasts_s`: it stays no longer than that; 0: it may."""

    body: TextBody | dict[str, Any] | None = None
    thread: int = 0
    forwarded: Forwarded | None = None
    lasts_s: int = 0
    stream: Streamed | None = None
    changes: tuple[Change, ...] = ()


NOTHING = Extra()


class Composer:
    """`text_bytes` and `content_bytes` are the size limits, in bytes of UTF-8 and of JSON."""

    def __init__(self, sessions: Sessions, text_bytes: int, content_bytes: int) -> None:
        self._sessions = sessions
        self._text_bytes = text_bytes
        self._content_bytes = content_bytes

    def body(self, text: str | None, body: dict[str, Any] | None) -> TextBody | dict[str, Any]:
        """The body a command carries, checked: `text` for short, or `body` with a `type`."""
        if text is not None:
            if body is not None:
                raise Problem(Code.BAD_REQUEST, "give either text or body, not both")
            self._check_text(text)
            return TextBody("text", text)
        if body is None:
            raise Problem(Code.BAD_REQUEST, "a message needs text or body")
        bodies.check(body)
        words = body.get("text")
        if words is not None:
            if not isinstance(words, str):
                raise Problem(Code.BAD_REQUEST, "body.text must be a string")
            self._check_text(words)
        return body

    def _check_text(self, text: str) -> None:
        if not text.strip():
            raise Problem(Code.BAD_REQUEST, "the text is empty")
        if len(text) * 4 > self._text_bytes and len(text.encode()) > self._text_bytes:
            raise Problem(Code.TOO_LARGE, f"the text is larger than {self._text_bytes} bytes")

    def mentions(self, body: TextBody | dict[str, Any], roster: Roster, sender: str) -> tuple[str, ...]:
        """The members whose `@nick` stands in the text; EVERYBODY for `@all` by those who may."""
        text = body.text if isinstance(body, TextBody) else body.get("text", "")
        if "@" not in text:
            return ()
        found: dict[str, None] = {}
        for match in _MENTION.finditer(text):
            user = self._mentioned(fold_nick(match[1]), roster, sender)
            if user is not None and user != sender:
                found[user] = None
            if len(found) == _MOST_MENTIONS:
                break
        return tuple(found)

    def _mentioned(self, folded: str, roster: Roster, sender: str) -> str | None:
        if folded == "all":
            member = roster.members.get(sender)
            return EVERYBODY if member is not None and member.role is not Role.MEMBER else None
        user = roster.named(folded)
        if user is None and roster.conversation.id == LOBBY:
            return self._sessions.around(folded)
        return user

    def encode(self, content: Content) -> bytes:
        encoded = _encode(content)
        if len(encoded) > self._content_bytes:
            raise Problem(Code.TOO_LARGE, f"the body is larger than {self._content_bytes} bytes")
        return encoded
