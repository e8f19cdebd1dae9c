"""The audit log's unit: who did what to whom, when and from where. Never what was said, and no secret."""

from msgspec import Struct

Detail = str | int | bool
"""What a detail may be: a word or a number, nothing that holds others."""


class Record(Struct, frozen=True, gc=False):
    """`actor` is a user id, or empty where nobody is known (a login that failed) or the server itself acts. `action`
    is dotted, the subject first: `bot.created`. `target` is the id of what it was done to, `address` where the
    request came from."""

    at: int
    actor: str
    action: str
    target: str = ""
    address: str = ""
    details: dict[str, Detail] = {}


class Recorded(Struct, frozen=True, gc=False):
    """A record and its number, which rises in the order of recording."""

    number: int
    record: Record


class Search(Struct, frozen=True, gc=False):
    """Which records are wanted; empty: any. `action` finds its parts, too: `bot` finds `bot.created`. `since` and
    `until` are milliseconds UTC, the former included, the latter not."""

    actor: str = ""
    action: str = ""
    target: str = ""
    since: int = 0
    until: int = 2**53
