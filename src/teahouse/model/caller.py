"""Who asks, and what they may: what a token, a cookie or a password stands for."""

from msgspec import Struct

from teahouse.model.people import User


class Caller(Struct, frozen=True, gc=False):
    """An authenticated user. `grant` names what they came with: a login on a device, or a bot's token; revoking it
    ends all sessions that began with it. `scopes` is None for people, who may do all that their role allows, and
    the list of what it may do for a bot. `admin` may use the admin endpoints."""

    user: User
    grant: str = ""
    admin: bool = False
    scopes: tuple[str, ...] | None = None
