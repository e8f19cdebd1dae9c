"""What can be refused, by code. Every gateway maps each code to its own dialect.

Rule: anything a client can cause is a `Problem`; any other exception is a defect and becomes `internal`.
Called by every layer.
"""

from enum import StrEnum


class Code(StrEnum):
    """The error codes of protocol.md, complete."""

    BAD_FRAME = "bad_frame"
    UNKNOWN_OP = "unknown_op"
    BAD_REQUEST = "bad_request"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    IDEMPOTENCY_CONFLICT = "idempotency_conflict"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    MUTED = "muted"
    BLOCKED = "blocked"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


RETRYABLE = frozenset({Code.RATE_LIMITED, Code.UNAVAILABLE, Code.INTERNAL})


class Problem(Exception):
    """A refusal with a code a program can read and a sentence a person can act on."""

    __slots__ = ("code", "message", "retry_after_ms")

    def __init__(self, code: Code, message: str, retry_after_ms: int | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.retry_after_ms = retry_after_ms

    @property
    def retry(self) -> bool:
        """True when the same command may succeed later, unchanged."""
        return self.code in RETRYABLE

    def __str__(self) -> str:
        return f"{self.code.value}: {self.message}"


class StoreUnavailable(Exception):
    """A backend cannot answer now (disk full, read-only, time-out, connection lost). Nothing was acknowledged."""


class Overtaken(Exception):
    """Another node changed what a change of `conversation` rests on (Expect). Nothing happened; whoever wanted it
    looks at what is so now, and decides again."""

    def __init__(self, conversation: str) -> None:
        super().__init__(conversation)
        self.conversation = conversation
