"""Accounts: users with a name to log in by, and the logins they have.

Rule: no secret stands in these structs; hashes of passwords and tokens stay with the ports (ports/accounts.py).
"""

from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType

from teahouse.model.people import User


class AccountKind(StrEnum):
    PERSON = "person"
    BOT = "bot"


class Account(Struct, frozen=True, gc=False, kw_only=True):
    """`id` is the user's. `name` is what one logs in with, `nick` what others see; both are unique among accounts,
    whatever their case. `disabled` is since when nobody can log in (milliseconds UTC; 0: one can). `avatar` is the
    id of a file, `locale` a BCP 47 tag; empty where none was chosen."""

    id: str
    name: str
    nick: str
    kind: AccountKind = AccountKind.PERSON
    admin: bool = False
    disabled: int = 0
    created: int = 0
    bio: str = ""
    avatar: str = ""
    locale: str = ""

    @property
    def user(self) -> User:
        """As the engine knows it."""
        return User(self.id, self.nick, guest=False)


class AccountChange(Struct, frozen=True, gc=False, kw_only=True):
    """What is to become of an account; what is UNSET stays. `password` is a hash, None: no password opens it; with
    `password_was`, it is set only if that hash was in its place."""

    nick: str | UnsetType = UNSET
    password: str | UnsetType | None = UNSET
    password_was: str | UnsetType = UNSET
    admin: bool | UnsetType = UNSET
    disabled: int | UnsetType = UNSET
    bio: str | UnsetType = UNSET
    avatar: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET


class Login(Struct, frozen=True, gc=False, kw_only=True):
    """One device that is logged in, for as long as it refreshes its tokens. `id` is the `sid` of its tokens and the
    `grant` of the callers that come with them. `seen` and `address`: when and from where it refreshed last. Times
    are milliseconds UTC."""

    id: str
    user: str
    device: str = ""
    address: str = ""
    created: int = 0
    seen: int = 0
    expires: int = 0


class Refresh(Struct, frozen=True, gc=False):
    """What is stored of a login's refresh token: `family` and `secret` are digests of its two parts. `family` stays
    as long as the login does, so that an old token is known for one; `secret` changes with each use. `nonce` makes
    the secret from the one before: with both, whoever lost an answer can be given it again."""

    family: bytes
    secret: bytes
    nonce: bytes = b""


class Seen(Struct, frozen=True, gc=False, kw_only=True):
    """A login was heard of, at `now` and from `address`; it lasts until `expires`. A secret that was replaced in the
    last `grace_ms` milliseconds may come again: the answer was lost."""

    now: int
    expires: int
    address: str = ""
    grace_ms: int = 0


class Outcome(StrEnum):
    """What became of a refresh token that was used."""

    ROTATED = "rotated"
    REPEATED = "repeated"
    REUSED = "reused"


class Rotation(Struct, frozen=True, gc=False):
    """What became of it. `nonce` leads from the used secret to the one that holds now; empty where REUSED."""

    outcome: Outcome
    login: Login
    nonce: bytes = b""


class Subject(Struct, frozen=True, gc=False):
    """Who somebody is at a provider of OpenID Connect: its `issuer`, and the `sub` it knows them by."""

    issuer: str
    name: str


class Voucher(Struct, frozen=True, gc=False):
    """Something that may be done once, by whoever holds the secret whose SHA-256 is `digest`. `purpose` says what,
    `expires` until when (milliseconds UTC)."""

    digest: bytes
    purpose: str
    expires: int
