"""Fresh ids and secrets of the desk: the only place of this room where chance is used on purpose."""

import secrets

import uuid_utils


def ticket_id() -> str:
    """In order of time."""
    return "k" + uuid_utils.uuid7().hex


def team_id() -> str:
    return "t" + uuid_utils.uuid7().hex


def visitor_id() -> str:
    """A user's."""
    return "u" + uuid_utils.uuid7().hex


def paper_id() -> str:
    return "n" + uuid_utils.uuid7().hex


def team_key() -> str:
    """Public; not to be guessed all the same."""
    return "tk_" + secrets.token_urlsafe(12)


def team_secret() -> str:
    return "ts_" + secrets.token_urlsafe(32)


def name_tail() -> str:
    """What makes the nick of a visitor one that nobody else has."""
    return secrets.token_hex(5)
