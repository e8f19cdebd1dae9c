"""What every log does with a draft, whatever it is stored in: rules of L4 and L5 as pure functions.

Called by the `append_many` of each backend.
"""

import msgspec

from teahouse.model.changes import Change, placed
from teahouse.model.entries import Appended, Draft, Entry


def repeated(first: Entry, draft: Draft) -> Appended:
    """The answer to a draft whose idempotency key `first` has already (L4)."""
    same = first.redacted or (
        first.kind == draft.kind and first.ref == draft.ref and _same(first.content, draft.content)
    )
    return Appended(first.seq, first.at, duplicate=same, conflict=not same)


def _same(one: bytes, other: bytes) -> bool:
    """Whether two contents say the same. What the server adds may have changed between the two: a nick that was
    somebody's is nobody's when the client repeats its message after a restart, a bot that was there has gone, and
    messages may stay longer."""
    return one == other or _unaddressed(one) == _unaddressed(other)


def _unaddressed(content: bytes) -> dict[str, msgspec.Raw]:
    fields = _fields.decode(content)
    fields.pop("mentions", None)
    fields.pop("expires_s", None)
    fields.pop("command", None)
    return fields


_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])


def check_placed(change: Change) -> None:
    """Refuse SEQ_OF_ENTRY in a change that no entry carries: there is no seq it could become."""
    if placed(change, 0) is not change:
        raise ValueError(f"SEQ_OF_ENTRY in a change without an entry: {change!r}")
