"""What the backends of Hidden (ports/hidden.py) have in common."""

from collections.abc import Iterable, Mapping


def by_conversation(rows: Iterable[tuple[str, int]]) -> Mapping[str, frozenset[int]]:
    """Conversation and seq, sorted out."""
    found: dict[str, set[int]] = {}
    for conversation, seq in rows:
        found.setdefault(conversation, set()).add(seq)
    return {conversation: frozenset(seqs) for conversation, seqs in found.items()}
