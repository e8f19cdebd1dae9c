"""Doors of servers that tests start: on free ports, for none of theirs is known to be free.

Rule: whoever starts a server names a port for every door; two servers with a default port are one too many.
"""

from typing import Any

from teahouse.gateways.options import GrpcOptions, HttpOptions, MqttOptions, TcpOptions
from teahouse.gateways.xmpp.options import XmppOptions

_OPTIONS: dict[str, type] = {
    "http": HttpOptions,
    "tcp": TcpOptions,
    "mqtt": MqttOptions,
    "xmpp": XmppOptions,
    "grpc": GrpcOptions,
}

DOORS = tuple(_OPTIONS)
FREE = tuple(word for door in DOORS for word in (f"--{door}-port", "0"))
"""Flags of `teahouse serve`."""


def free_doors(**own: Any) -> dict[str, Any]:
    """For Settings: all doors, those of `own` as they are."""
    return {name: options(port=0) for name, options in _OPTIONS.items()} | own


def only_doors(**own: Any) -> dict[str, Any]:
    """For Settings: no doors but those of `own`."""
    return {name: options(enabled=False) for name, options in _OPTIONS.items()} | own
