"""Ways into a conversation besides being invited by somebody: links, and requests to join."""

from enum import StrEnum

from msgspec import Struct


class InvitationLink(Struct, frozen=True, gc=False):
    """Who holds its token may come in. `digest` is the SHA-256 of the token, which is stored nowhere. `expires` is
    milliseconds UTC, 0 for never; `uses` how many it lets in, None for any number; `used` how many came."""

    id: str
    conversation: str
    digest: bytes
    by: str
    created: int
    expires: int = 0
    uses: int | None = None
    used: int = 0
    revoked: bool = False

    def works(self, now: int) -> bool:
        """Whether it lets one more in."""
        spent = self.uses is not None and self.used >= self.uses
        return not (spent or self.revoked or (self.expires and self.expires <= now))


class JoinRequest(Struct, frozen=True, gc=False):
    """Somebody asks to be let in, since `at`."""

    conversation: str
    user: str
    nick: str
    text: str
    at: int


class Asked(StrEnum):
    """What became of asking."""

    NEW = "new"
    ALREADY = "already"  # the first one still waits
    FULL = "full"  # too many wait
