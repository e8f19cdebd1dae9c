"""Stays: what a client of MQTT leaves behind to come back to."""

from msgspec import Struct


class Stay(Struct, frozen=True, gc=False):
    """Of one user and client id. `data` is the gateway's own (gateways/mqtt/stays.py): what is subscribed to, and how
    far each conversation was confirmed. `expires` is when it is no good any more (milliseconds UTC)."""

    user: str
    client: str
    expires: int
    data: bytes
