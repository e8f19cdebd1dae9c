"""Rows of every kind an installation is made of, made up."""

from collections.abc import Iterator

from teahouse.model.archive import KINDS, Kind, Row, Value


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_NUMBERS = _words(
    "seq at created resume_at guest kind_code ref redacted member_limit reach_last dissolved revision expires_s joined"
    " left muted_until reads banned delivered read cleared pinned archived delivered_at read_at receipts expires used"
    " revoked settled size width height state due urgent attempt dead turned since first tries sandbox preview number"
    " root seen rotated admin disabled erasing uses priority opened queued replied resolved closed rating changed"
)
_FLAGS = _words("guest admin erasing urgent revoked sandbox preview receipts pinned archived redacted")
_BYTES = _words("content resume family secret previous nonce digest snapshot data send p256dh")
_ABSENT = _words(
    "cid ref pinned archived muted_until resume password previous nonce uses quiet external open"
)
"""Columns that may have no value."""

_WORDS = {("desk_ticket", "state")}
"""Columns that are numbers elsewhere."""

_HANGS_ON = {"push_device": "login", "lane": "outlet"}
"""Rows that a database takes only beside those they speak of."""


def installation(count: int, others: int = 7) -> Iterator[tuple[Kind, list[Row]]]:
    """Rows of all kinds, as a store takes them: `count` users and entries."""
    for kind in KINDS:
        rows = made(kind, count if kind.name in ("entry", "user") else min(count, others))
        other = _HANGS_ON.get(kind.name)
        if other is not None:
            at = kind.columns.index(other)
            rows = [(*row[:at], f"{other} id {n} 茶'", *row[at + 1 :]) for n, row in enumerate(rows)]
        yield kind, rows


def made(kind: Kind, count: int) -> list[Row]:
    """`count` rows; some have no value where they need none. Chinese, quotes and zero bytes are among them."""
    return [tuple(_value(kind, column, n) for column in kind.columns) for n in range(count)]


def _value(kind: Kind, column: str, n: int) -> Value:
    if column in _ABSENT and n % 3 == 0 and not (kind.name == "member" and column == "muted_until"):
        return None
    if column == "kind" and kind.name == "entry":
        return n % 7
    if column == "seq" and "conversation" in kind.key:
        return n // 3 + 1
    if column == "conversation" and "seq" in kind.key:
        return f"c{n % 3}"
    if column in _FLAGS:
        return n % 2
    if column == "used":
        return 0
    if column in _NUMBERS and (kind.name, column) not in _WORDS:
        return n + 1
    if column in _BYTES:
        return f"{kind.name} {n} 茶".encode() + b"\0\xff"
    if column in {"scopes", "commands", "details", "settings"}:
        return f'{{"n":{n}}}'
    return f"{kind.name} {column} {n} 茶'"
