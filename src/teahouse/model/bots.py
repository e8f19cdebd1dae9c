"""Those who speak and are no people: bots, which have a token and an owner, and webhooks, which have an address."""

from msgspec import Struct

SCOPES = (
    "messages:read",
    "messages:write",
    "conversations:read",
    "conversations:write",
    "commands:write",
    "users:read",
    "relations:read",
    "relations:write",
    "reports:write",
    "files:read",
    "files:write",
    "stream",
)
"""All that a bot's token can be given, each to be had apart from the others."""


class SlashCommand(Struct, frozen=True, gc=False, omit_defaults=True):
    """`/name` is for this bot: everywhere it is, or in one conversation. `hint` shows what may follow the name."""

    name: str
    description: str = ""
    hint: str = ""
    conversation: str = ""


class Bot(Struct, frozen=True, gc=False):
    """A user that is a program. `secret` is the SHA-256 of its token; `turned` is when it got that."""

    id: str
    nick: str
    owner: str
    scopes: tuple[str, ...]
    secret: bytes
    created: int
    turned: int
    description: str = ""
    commands: tuple[SlashCommand, ...] = ()

    @property
    def grant(self) -> str:
        """What its sessions began with; revoking it ends them. Another token is another grant."""
        return f"bot:{self.id}:{self.turned}"


class Hook(Struct, frozen=True, gc=False):
    """An incoming webhook: an address that writes into one conversation. It is a sender, `id`, but no user and no
    member. `style` says what is posted there; `template` goes with the style `template`."""

    id: str
    conversation: str
    nick: str
    creator: str
    secret: bytes
    created: int
    style: str = "plain"
    avatar: str = ""
    template: str = ""
