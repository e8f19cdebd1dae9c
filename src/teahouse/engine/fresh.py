"""Fresh ids and secrets: the only place of the engine where chance is used on purpose."""

import secrets
from hashlib import sha256

import uuid_utils


def user_id() -> str:
    return "u" + uuid_utils.uuid7().hex


def conversation_id() -> str:
    return "c" + uuid_utils.uuid7().hex


def session_id() -> str:
    return "s" + uuid_utils.uuid7().hex


def schedule_id() -> str:
    return "t" + uuid_utils.uuid7().hex


def stream_id() -> str:
    return "w" + uuid_utils.uuid7().hex


def scratch(kind: str) -> str:
    """The name of a file that lasts as long as the step that makes it."""
    return kind + uuid_utils.uuid7().hex


def file_id() -> str:
    """Not to be guessed (74 random bits), though being guessed would give no access."""
    return "f" + uuid_utils.uuid7().hex


def link_id() -> str:
    return "l" + uuid_utils.uuid7().hex


def device_id() -> str:
    return "p" + uuid_utils.uuid7().hex


def report_id() -> str:
    return "r" + uuid_utils.uuid7().hex


def hook_id() -> str:
    return "w" + uuid_utils.uuid7().hex


def outlet_id() -> str:
    return "o" + uuid_utils.uuid7().hex


def question_id() -> str:
    return "q" + uuid_utils.uuid7().hex


def replay_id() -> str:
    return "y" + uuid_utils.uuid7().hex


def round_id() -> str:
    return "g" + uuid_utils.uuid7().hex


def outlet_secret() -> str:
    """What an outgoing webhook signs with (256 bits). Kept as it is: a hash of it would sign nothing."""
    return "whs_" + secrets.token_urlsafe(32)


def hook_token() -> tuple[str, bytes]:
    """The last part of a webhook's address (192 bits) and what is stored of it."""
    token = "wh_" + secrets.token_urlsafe(24)
    return token, digest(token)


def resume_secret() -> tuple[str, bytes]:
    """A guest's resume secret (192 bits) and what is stored of it."""
    secret = secrets.token_urlsafe(24)
    return secret, digest(secret)


def digest(secret: str) -> bytes:
    """The stored form. A plain hash is enough for a secret nobody chose."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def backoff_ms(attempt: int, first: int, most: int) -> int:
    """How long to wait after so many attempts: twice as long each time, and up to half of it more by chance."""
    pause = min(first << min(attempt - 1, 32), most)
    return pause + secrets.randbelow(pause // 2 + 1)


def jitter_ms(most: int) -> int:
    """Up to `most` milliseconds, so that those who were sent away do not all come back at once."""
    return secrets.randbelow(most + 1)
