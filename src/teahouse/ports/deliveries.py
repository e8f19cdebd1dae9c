"""What each device has confirmed, for who looks for a message that did not arrive."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.deliveries import Delivery


class Deliveries(Protocol):
    """One watermark a (conversation, user, device), with the time it came to stand there.

    V1  Watermarks only rise; one that does not rise keeps its time.
    V2  `record` is durable when it returns: all or none.
    V3  `expire` forgets what was confirmed last before a time; a device that confirms again is there again.
    """

    async def record(self, deliveries: Sequence[Delivery]) -> None: ...

    async def of(self, conversation: str, limit: int) -> Sequence[Delivery]:
        """At most `limit` of a conversation's, in order of user and device."""
        ...

    async def expire(self, before: int) -> int:
        """How many were forgotten."""
        ...
