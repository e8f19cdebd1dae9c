"""Which addresses are public. Pure functions; called by fetcher.py.

Rule: of IPv4 everything but what is reserved; of IPv6 only what is given out at all (2000::/3), and of that nothing
that means an IPv4 address or a place of its own. IANA's registries of special-purpose addresses, November 2026; the
standard library's idea of them differs between its versions.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_RESERVED = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; some clouds' metadata
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "168.63.129.16/32",  # Azure's own services, on a public address
    )
)
_GIVEN_OUT = IPv6Network("2000::/3")
_SPECIAL = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could call this address as well as we."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _RESERVED)
    if address.scope_id is not None or address not in _GIVEN_OUT:
        return False
    if int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return False
    return not any(address in network for network in _SPECIAL)
