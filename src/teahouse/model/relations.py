"""What one user makes of another: blocks and contacts. Nobody but the one who made them is told."""

from msgspec import Struct

from teahouse.model.people import Person


class Block(Struct, frozen=True, gc=False):
    """Somebody who was blocked, since `at` (milliseconds UTC)."""

    user: Person
    at: int


class Contact(Struct, frozen=True, gc=False):
    """Somebody in one's list of contacts, under a name of one's own, since `at` (milliseconds UTC)."""

    user: Person
    alias: str
    at: int
