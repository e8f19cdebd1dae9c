"""The settings of XMPP, declared once."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.gateways.options import Backlog, Certificate, Host, Key, Port, check_networks

SCRAM_ROUNDS = 4096
"""RFC 7677, 4."""


class XmppOptions(Struct, frozen=True, kw_only=True):
    """The listener for XMPP, on a port of its own and at /xmpp of HTTP (RFC 7395)."""

    enabled: Annotated[bool, Meta(description="Listen for XMPP, and serve it at /xmpp of HTTP.")] = True
    host: Host = "127.0.0.1"
    port: Port = 5222
    backlog: Backlog = 4096
    domain: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9][a-z0-9.-]{0,252}$",
            description="What stands after the @ of addresses; groups are at `conference.` before it.",
        ),
    ] = "localhost"
    hello_s: Annotated[
        int, Meta(ge=1, description="Seconds to log in and bind in; a person may be asked for a password.")
    ] = 60
    resume_s: Annotated[
        int,
        Meta(
            ge=0, le=3600, description="Seconds a broken stream may be resumed in (XEP-0198); 0: not at all."
        ),
    ] = 300
    sleepers: Annotated[
        int, Meta(ge=0, description="Broken streams that are kept to be resumed, all together.")
    ] = 10_000
    direct_tls: Annotated[
        bool, Meta(description="The port speaks TLS from the first byte (XEP-0368), instead of STARTTLS.")
    ] = False
    scram_iterations: Annotated[
        int,
        Meta(
            ge=0,
            le=1_000_000,
            description="Rounds of the keys of SCRAM, which are kept beside each password while XMPP is enabled, and "
            "which the client has to do at each login; 0: no keys, no SCRAM. At least 4096.",
        ),
    ] = 10_000
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(
            description="Addresses or networks of proxies before the listener, as 10.0.0.0/8. They must begin each "
            "connection with the PROXY protocol; from nobody else it is believed. Then the proxy ends TLS, and no "
            "certificate may be set here."
        ),
    ] = ()
    certificate: Certificate = ""
    key: Key = ""

    def __post_init__(self) -> None:
        if 0 < self.scram_iterations < SCRAM_ROUNDS:
            raise ValueError(f"xmpp.scram_iterations is 0, or at least {SCRAM_ROUNDS}")
        check_networks("xmpp.trusted_proxies", self.trusted_proxies)
        if self.trusted_proxies and self.certificate:
            raise ValueError("with xmpp.trusted_proxies the proxy ends TLS: leave xmpp.certificate empty")
        if self.direct_tls and not self.certificate:
            raise ValueError("xmpp.direct_tls needs an xmpp.certificate")

    @property
    def rooms(self) -> str:
        """The domain of groups."""
        return f"conference.{self.domain}"
