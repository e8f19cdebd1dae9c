"""What somebody wishes for all of their devices and conversations."""

from msgspec import Struct


class Preferences(Struct, frozen=True, gc=False):
    """`receipts`: tell others how far one has read, and be told how far they have. One goes with the other."""

    receipts: bool = True
