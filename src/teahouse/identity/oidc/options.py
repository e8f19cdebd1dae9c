"""The settings of logging in by OpenID Connect, declared once."""

from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class OidcOptions(Struct, frozen=True, kw_only=True):
    """Logging in by a provider of OpenID Connect. See docs/how-to/oidc.md."""

    issuer: Annotated[
        str,
        Meta(
            description="The provider's issuer, as https://id.example.org/realms/tea; empty: there is none."
        ),
    ] = ""
    client_id: Annotated[str, Meta(description="What the provider calls this server.")] = ""
    client_secret: Annotated[
        str,
        Meta(
            description="The secret the provider gave this server; empty: none, PKCE alone.",
            extra={"secret": True},
        ),
    ] = ""
    id: Annotated[
        str, Meta(pattern="^[a-z0-9-]{1,32}$", description="What the provider is called in paths.")
    ] = "sso"
    name: Annotated[str, Meta(min_length=1, description="What the login page calls the provider.")] = (
        "Single sign-on"
    )
    scopes: Annotated[tuple[str, ...], Meta(description="What is asked for; openid always is.")] = (
        "profile",
        "email",
    )
    create: Annotated[bool, Meta(description="Make an account for whoever comes without one.")] = True
    user_claim: Annotated[
        str, Meta(min_length=1, description="The claim that new accounts take their name from.")
    ] = "preferred_username"
    domains: Annotated[
        tuple[str, ...],
        Meta(description="Only people with a verified e-mail address of these domains; none: all."),
    ] = ()
    userinfo: Annotated[
        bool, Meta(description="Ask the provider's userinfo for claims that the ID token lacks.")
    ] = False
    timeout_s: Annotated[float, Meta(gt=0, le=30, description="Seconds the provider has for an answer.")] = (
        5.0
    )
    cache_s: Annotated[
        int, Meta(ge=60, description="Seconds the provider's description and keys are kept.")
    ] = 3600

    def __post_init__(self) -> None:
        if self.issuer and not is_safe(self.issuer):
            raise ValueError("oidc.issuer must be an https URL (http only on a loopback address)")
        if self.issuer and not self.client_id:
            raise ValueError("oidc.issuer needs an oidc.client_id")


def is_safe(url: str) -> bool:
    """Whether nobody on the way can read or change what is said there."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        )
    except ValueError:
        return False
