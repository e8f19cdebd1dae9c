"""Addresses of peers, as texts: what can be said of one without asking anybody."""

from ipaddress import IPv4Address, IPv6Address, ip_address


def parsed(address: str) -> IPv4Address | IPv6Address | None:
    """None for what is no address. IPv4 that came over an IPv6 socket is IPv4."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_loopback(address: str) -> bool:
    """Whether it is this machine itself, which many may be behind: a proxy, or the people logged in to it."""
    found = parsed(address)
    return found is not None and found.is_loopback
