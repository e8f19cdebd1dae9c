"""Who is here."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from teahouse.model.people import Availability


class PresenceBook(Protocol):
    """Live users, over all nodes, and the nicks they hold.

    A node asks at least every few seconds, and whatever it asks or says shows that it lives.

    P1  A user is present from the first `touch` until every node that touched it has dropped it, or has been
        silent for the expiry.
    P2  `claim` gives a folded nick to one live user at a time: the holder, which is `user` when the claim
        went through. A user holds one nick; claiming another lets the old one go. `drop` lets it go, and so does
        `release`, which does nothing else.
    """

    async def claim(self, nick: str, user: str) -> str: ...

    async def release(self, nick: str, user: str) -> None: ...

    async def holder(self, nick: str) -> str | None:
        """The live user that holds this folded nick."""
        ...

    async def touch(self, availability: Availability) -> None: ...

    async def drop(self, user: str) -> None:
        """This node has no session of the user any more."""
        ...

    async def locate(self, users: Iterable[str]) -> Mapping[str, Availability]:
        """Those of `users` who are present."""
        ...

    async def everyone(self, limit: int) -> list[Availability]:
        """All who are present, in order of nick, at most `limit`."""
        ...
