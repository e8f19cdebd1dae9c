"""Push: which devices can be woken up, what their users wish, and the services that do it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from teahouse.model.push import Notice, Notifications, PushDevice


class PushDevices(Protocol):
    """Devices by user. A device belongs to the login it was registered with (`grant`).

    D1  What `add` and `drop` did is durable when they return, and found at once.
    D2  A (kind, address) is one device, the last user's who registered it: registered again by the same user it keeps
        its id and `created`, and all else is replaced; by another user it is theirs alone from then on.
    D3  `add` is None, and stores nothing, when the user has `most` others already, or when `grant` is no login that
        is there.
    D4  A device goes with its login, in the same step, however that ends.
    """

    async def add(self, device: PushDevice, most: int) -> PushDevice | None:
        """What is stored now."""
        ...

    async def of(self, users: Sequence[str]) -> Mapping[str, Sequence[PushDevice]]:
        """The devices of these users, the oldest first; users without any are left out."""
        ...

    async def drop(self, user: str, device: str) -> bool:
        """Whether there was such a device of this user."""
        ...

    async def holders(self, after: str, limit: int) -> list[str]:
        """Users who have devices, in order of user id, `limit` after the user id `after`."""
        ...


class NotificationBook(Protocol):
    """One Notifications a user.

    N1  `wish` is durable when it returns, and replaces the whole.
    N2  `wishes` leaves out users who never said anything: for them the defaults hold.
    """

    async def wish(self, user: str, notifications: Notifications) -> None: ...

    async def wishes(self, users: Sequence[str]) -> Mapping[str, Notifications]: ...


class DeviceGone(Exception):
    """The service does not know the device any more, and never will: it is to be forgotten."""


class TryLater(Exception):
    """The service does not take it now: it is away, or busy. `after_s` is how long it asked to be left alone; 0: it did
    not say."""

    def __init__(self, cause: str, after_s: float = 0.0) -> None:
        super().__init__(cause)
        self.after_s = after_s


class NotTaken(Exception):
    """The service will not take this, however often it is sent: the reason, without anything of the message."""


class WrongDevice(Exception):
    """What was registered can be no device: the reason, for whoever registered it."""


class Pusher(Protocol):
    """One service that wakes up devices of one kind.

    P1  `check` says at once, without calling anybody, whether this can be a device: WrongDevice if not.
    P2  `push` returns when the service has taken the notice. Else it raises DeviceGone, TryLater or NotTaken, and
        nothing else, in not much more than the seconds it is allowed.
    P3  Only addresses that are allowed are called (O1 and O2 of ports/outside.py), whoever registered them.
    P4  A service that does not answer is left alone for a while: TryLater comes at once then, and `rests_s` says for
        how long, without calling anybody; 0: it is worth a try.
    """

    def check(self, device: PushDevice) -> None: ...

    def rests_s(self, device: PushDevice) -> float: ...

    async def push(self, device: PushDevice, notice: Notice) -> None: ...
