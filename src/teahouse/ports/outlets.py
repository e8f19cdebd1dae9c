"""Outgoing webhooks: which there are, and how far each was told."""

from typing import Protocol

from teahouse.model.outlets import Lane, Outlet


class Outlets(Protocol):
    """Outlets and their lanes. Outlets are put and dropped by the directory: PutOutlet, DropOutlet.

    W1  `page` gives outlets in order of id, after one; what was put is found at once, and after a restart.
    W2  `keep` is durable when it returns, and replaces what was kept of that outlet and conversation.
    W3  Lanes go with their outlet, in the same step; for an outlet that is gone, nothing is kept.
    W4  `behind` are lanes whose conversation has entries after the last they were told of, in order of outlet and
        conversation, after one.
    """

    async def page(self, after: str, limit: int) -> list[Outlet]: ...

    async def lane(self, outlet: str, conversation: str) -> Lane | None: ...

    async def keep(self, lane: Lane) -> None: ...

    async def behind(self, after: tuple[str, str], limit: int) -> list[Lane]: ...
