"""Threads: messages that answer one message, apart from the stream of the conversation."""

from msgspec import Struct

COUNTED = 1000
"""Replies are counted up to so many."""


class Thread(Struct, frozen=True, gc=False):
    """What is known of a thread at its root: how many replies stand (COUNTED: or more), and the last of them."""

    replies: int
    last_seq: int
    last_at: int
