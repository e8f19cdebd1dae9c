"""Users, and what is known of them while they are here."""

from enum import StrEnum

from msgspec import Struct


class User(Struct, frozen=True, gc=False):
    """Somebody who can send. A guest is whoever holds its resume secret; an account has a name that stays."""

    id: str
    nick: str
    guest: bool = True


class Person(Struct, frozen=True, gc=False):
    """A user as others see it."""

    id: str
    nick: str


class Status(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    DND = "dnd"
    INVISIBLE = "invisible"
    OFFLINE = "offline"


class Availability(Struct, frozen=True, gc=False):
    """One user's presence. `at` is when it last changed (milliseconds UTC)."""

    user: str
    nick: str
    status: Status = Status.ONLINE
    text: str = ""
    at: int = 0
