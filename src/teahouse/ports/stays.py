"""What clients of MQTT left behind: their subscriptions and how far they have confirmed, never what they missed."""

from typing import Protocol

from teahouse.model.stays import Stay


class Stays(Protocol):
    """One Stay a (user, client).

    Y1  `keep` is durable when it returns, and replaces the whole.
    Y2  `of` finds what was kept, on any node, until it is dropped; also after it expired: whoever asks looks.
    Y3  `drop` may be repeated.
    Y4  `expire` forgets what expired before a time.
    """

    async def keep(self, stay: Stay) -> None: ...

    async def of(self, user: str, client: str) -> Stay | None: ...

    async def drop(self, user: str, client: str) -> None: ...

    async def expire(self, before: int) -> int:
        """How many were forgotten."""
        ...
