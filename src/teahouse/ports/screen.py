"""A look at what is about to be said, before it is stored."""

from typing import Any, Protocol

from msgspec import Struct


class Utterance(Struct, frozen=True, gc=False):
    """What a user is about to say in a conversation; `edits` is the seq of the message it is to replace, 0 for a new
    one. `body` has a `type`."""

    conversation: str
    sender: str
    body: dict[str, Any]
    edits: int = 0


class Verdict(Struct, frozen=True, gc=False):
    """What is to become of it. `refuse`: a sentence for the sender; nothing is stored. `body`: this is said instead.
    `flag`: it is said, and reported to the administrators with this sentence."""

    refuse: str = ""
    body: dict[str, Any] | None = None
    flag: str = ""


class Screen(Protocol):
    """One of those who look at every message and edit before it is stored.

    S1  `look` answers at once: it neither waits nor reads anything; its time grows with the length of the body only.
    S2  It is called once for everything that is to be said, whoever says it and by which gateway; for a repetition
        of the same `cid`, too.
    S3  It is deterministic, so that a repetition is a repetition: the same body gets the same verdict while the
        server runs.
    """

    def look(self, utterance: Utterance) -> Verdict | None:
        """None: nothing to say against it."""
        ...
