"""Names of things. Ids are opaque strings to clients; what they are made of is known only here.

Rule: pure functions; fresh ids need chance and a clock and are made in `engine/fresh.py`.
"""

import re
import unicodedata
from base64 import b32encode
from hashlib import blake2b

from teahouse.model.errors import Code, Problem

LOBBY = "lobby"
"""The conversation everybody is a member of."""

SYSTEM = "system"
"""The sender of entries that no person wrote."""

EVERYBODY = "*"
"""In `mentions`: all members of the conversation (`@all`)."""

TOPIC_PREFIX = "topic:"

_TIMED = re.compile(r"[a-z][0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
_NICK = re.compile(r"[^\W_](?:[\w.\-]{0,30}[\w])?")


def direct_id(one: str, other: str) -> str:
    """The id of the direct conversation of two users: the same whoever opens it, on any node.

    Derived, so that two nodes that open it at once cannot make two of it.
    """
    low, high = sorted((one, other))
    digest = blake2b(f"{low}\0{high}".encode(), digest_size=15).digest()
    return "d" + b32encode(digest).decode().lower()


def message_id(conversation: str, seq: int) -> str:
    """The id of an entry: its address in the log, so no index is needed to find it again."""
    return f"{conversation}.{seq}"


def parse_message_id(message: str) -> tuple[str, int]:
    """The inverse of `message_id`; `not_found` for anything else."""
    conversation, dot, seq = message.rpartition(".")
    if not dot or not conversation or not seq.isascii() or not seq.isdigit() or len(seq) > 18:
        raise Problem(Code.NOT_FOUND, f"no message has the id {message[:80]!r}")
    return conversation, int(seq)


def born(id_: str) -> int | None:
    """When an id was made that begins with its time (a letter and a UUIDv7), in milliseconds UTC; None of any other."""
    return int(id_[1:13], 16) if _TIMED.fullmatch(id_) else None


def check_nick(nick: str) -> str:
    """The nick in normal form (NFKC; as it is, if that is no nick any more, as for `½`), or `bad_request`.

    1 to 32 letters, digits, `_`, `-` and `.`, of any script; a letter or digit first, no `.` or `-` last:
    so that `@nick` ends where a reader thinks it does.
    """
    for form in (unicodedata.normalize("NFKC", nick).strip(), nick):
        if _NICK.fullmatch(form):
            return form
    raise Problem(
        Code.BAD_REQUEST,
        "a nick is 1 to 32 letters, digits, '_', '-' or '.', and begins with a letter or digit",
    )


def fold_nick(nick: str) -> str:
    """The form nicks are compared in: `Alice` and `alice` are one nick."""
    folded = unicodedata.normalize("NFKC", nick).casefold()
    return unicodedata.normalize("NFKC", folded)  # folding may take a letter apart
