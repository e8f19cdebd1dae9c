"""Ways into conversations: invitation links, and requests to join. Both are used up by changes that travel with the
entry that lets somebody in (UseLink, DropRequest)."""

from typing import Protocol

from teahouse.model.entrance import Asked, InvitationLink, JoinRequest


class Links(Protocol):
    """Invitation links.

    I1  What `put` and `revoke` did is durable when they return, and found at once.
    I2  A UseLink counts one use, with the entry or call that carries it; when the link lets nobody in any more by
        then, nothing of that happens: `Appended.refused`, or Problem `conflict` from `Directory.apply`. So a link
        with n uses lets in n, however many come at once, and whatever crashes.
    I3  `put` is False, and stores nothing, when the conversation has `most` links that work; those that work no more
        are forgotten by it.
    """

    async def put(self, link: InvitationLink, most: int) -> bool: ...

    async def find(self, digest: bytes) -> InvitationLink | None:
        """The link whose token has this SHA-256."""
        ...

    async def of(self, conversation: str) -> list[InvitationLink]:
        """All links of a conversation that were not revoked, in order of id."""
        ...

    async def revoke(self, conversation: str, link: str) -> bool:
        """It lets nobody in from now on. False if there is none of this id, or it was revoked before."""
        ...


class Requests(Protocol):
    """Requests to join, one a conversation and user.

    Q1  What `ask`, `drop` and a DropRequest did is durable when they return, and found at once.
    Q2  Asking again while the first request waits changes nothing (ALREADY). Requests older than `since` count no
        more, and are forgotten when somebody asks. With `most` waiting nothing is stored (FULL).
    """

    async def ask(self, request: JoinRequest, most: int, since: int) -> Asked: ...

    async def find(self, conversation: str, user: str, since: int) -> JoinRequest | None: ...

    async def of(self, conversation: str, since: int) -> list[JoinRequest]:
        """Those that wait, not older than `since`, in the order they came."""
        ...

    async def drop(self, conversation: str, user: str) -> bool:
        """It is settled without letting anybody in. False if there was none."""
        ...
