"""What an installation is made of, kind by kind, as any store can tell and take it.

Rule: a row is plain values in the order of its kind's columns; conversations stand in it by their id, however a store
numbers them. What can be derived (the search index, unread counts) is of no kind. Used by ports/archive.py and
ops/moving.py.
"""

from hashlib import blake2b

import msgspec
from msgspec import Struct

Value = str | int | bytes | None
Row = tuple[Value, ...]


class Kind(Struct, frozen=True):
    """A kind of row. `key` are the columns no two rows have the same values in."""

    name: str
    key: tuple[str, ...]
    rest: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.key + self.rest


def _kind(name: str, key: str, rest: str = "") -> Kind:
    return Kind(name, tuple(key.split()), tuple(rest.split()))


HISTORY = (
    _kind("entry", "conversation seq", "kind sender nick at content cid ref redacted"),
    _kind("mention", "conversation seq user"),
    _kind("reply", "conversation root seq"),
    _kind("posting", "conversation seq file"),
)
"""The log, and what hangs on its entries."""

SOCIETY = (
    _kind("user", "id", "nick folded guest created resume"),
    _kind("account", "user", "name folded kind password admin disabled created bio avatar locale erasing"),
    _kind("subject", "issuer name", "user"),
    _kind("login", "id", "user device address created seen expires family secret previous nonce rotated"),
    _kind("voucher", "digest", "purpose expires"),
    _kind(
        "conversation",
        "id",
        "kind title topic join_rule reach member_limit created description avatar reach_last invite post"
        " dissolved revision expires_s",
    ),
    _kind("member", "conversation user", "nick role joined left muted_until reads banned"),
    _kind(
        "mark",
        "user conversation",
        "delivered read cleared pinned archived muted_until delivered_at read_at",
    ),
    _kind("hidden", "user conversation seq"),
    _kind("preference", "user", "receipts"),
    _kind("block", "user other", "at"),
    _kind("contact", "user other", "alias at"),
    _kind("link", "id", "conversation digest made_by created expires uses used revoked"),
    _kind("request", "conversation user", "nick text at"),
    _kind(
        "report",
        "id",
        "reporter subject nick at reason text conversation seq snapshot outcome settler settled note",
    ),
    _kind("file", "id", "owner name size created mime sha256 width height state expires"),
    _kind("schedule", "id", "user conversation at send failed why"),
    _kind("job", "id", "kind due data urgent conversation seq attempt cause dead created"),
    _kind("bot", "id", "nick owner scopes secret created turned description commands"),
    _kind("hook", "id", "conversation nick creator secret created style avatar template"),
    _kind("outlet", "id", "conversation settings"),
    _kind("lane", "outlet conversation", "since first seq tries due"),
    _kind("delivery", "conversation user device", "seq at"),
    _kind("stay", "user client", "expires data"),
    _kind("push_device", "id", "user kind address login p256dh secret topic sandbox name created"),
    _kind("notification", "user", "preview quiet"),
    _kind("audit", "number", "at actor action target address details"),
    _kind("desk_team", "id", "key revision body"),
    _kind("desk_agent", "user", "revision body"),
    _kind("desk_visitor", "id", "team external conversation revision body"),
    _kind(
        "desk_ticket",
        "id",
        "team conversation visitor state agent priority opened queued due open replied resolved closed rating"
        " revision body",
    ),
    _kind("desk_label", "ticket label"),
    _kind("desk_event", "ticket number", "at kind by text"),
    _kind("desk_article", "id", "team title text language source changed"),
    _kind("desk_example", "id", "team intent text language origin ticket seq changed"),
    _kind("desk_canned", "id", "team title text owner language changed"),
)
"""Everything else. What hangs on something comes after it."""

KINDS = SOCIETY + HISTORY

_ROUND = 1 << 128
_encode = msgspec.msgpack.Encoder().encode


class Sum(Struct):
    """How many rows there were, and a checksum of them all that does not depend on their order."""

    rows: int = 0
    digest: str = "0" * 32

    def add(self, rows: list[Row]) -> None:
        total = int(self.digest, 16)
        for row in rows:
            total += int.from_bytes(blake2b(_encode(row), digest_size=16).digest(), "big")
        self.rows += len(rows)
        self.digest = f"{total % _ROUND:032x}"
