"""How far the others have come in a conversation: what `receipts` answers to whoever was away."""

from teahouse.model.results import Result


class Watermarks(Result, frozen=True, kw_only=True):
    """What a member has received and read. `at`: when they last read on, if that is known."""

    user: str
    delivered: int
    read: int
    at: int | None = None


class ReceiptList(Result, frozen=True, omit_defaults=False):
    """By user. Who has received nothing is left out; empty in large conversations."""

    receipts: tuple[Watermarks, ...] = ()
