"""The packets of MQTT (3.1 to 3.15), of both versions; what 3.1.1 does not have is empty there.

Rule: what was decoded and what is to be encoded, nothing else. Decoded by decode.py, encoded by encode.py.
"""

from msgspec import Struct

from teahouse.wire.mqtt.properties import NONE, Properties

V3_1_1 = 4
V5 = 5

# Types (2.1.2).
CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP = range(1, 8)
SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK = 8, 9, 10, 11
PINGREQ, PINGRESP, DISCONNECT, AUTH = 12, 13, 14, 15


class Will(Struct, frozen=True, gc=False):
    """What is published for a client that goes without a word (3.1.2.5)."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    properties: Properties = NONE


class Connect(Struct, frozen=True, gc=False, kw_only=True):
    """`clean`: begin anew; else go on where there is a session to go on with."""

    client: str
    version: int = V5
    clean: bool = True
    keep_alive: int = 0
    user: str | None = None
    password: bytes | None = None
    will: Will | None = None
    properties: Properties = NONE


class Connack(Struct, frozen=True, gc=False):
    present: bool
    reason: int
    properties: Properties = NONE


class Publish(Struct, frozen=True, gc=False):
    """`id` is 0 where `qos` is."""

    topic: str
    payload: bytes
    qos: int = 0
    id: int = 0
    retain: bool = False
    dup: bool = False
    properties: Properties = NONE


class Ack(Struct, frozen=True, gc=False):
    """PUBACK, PUBREC, PUBREL or PUBCOMP, by `type`."""

    type: int
    id: int
    reason: int = 0
    properties: Properties = NONE


class Filter(Struct, frozen=True, gc=False):
    """One subscription that is asked for (3.8.3.1). `handling`: whether retained messages are wanted: 0 always, 1 if
    the subscription is new, 2 never."""

    filter: str
    qos: int = 0
    no_local: bool = False
    as_published: bool = False
    handling: int = 0


class Subscribe(Struct, frozen=True, gc=False):
    id: int
    filters: tuple[Filter, ...]
    properties: Properties = NONE


class Unsubscribe(Struct, frozen=True, gc=False):
    id: int
    filters: tuple[str, ...]
    properties: Properties = NONE


class Granted(Struct, frozen=True, gc=False):
    """SUBACK or UNSUBACK, by `type`: a reason for each filter, in their order. UNSUBACK of 3.1.1 has none."""

    type: int
    id: int
    reasons: tuple[int, ...]
    properties: Properties = NONE


class Ping(Struct, frozen=True, gc=False):
    """PINGREQ or PINGRESP, by `type`."""

    type: int


class Disconnect(Struct, frozen=True, gc=False):
    reason: int = 0
    properties: Properties = NONE


class Auth(Struct, frozen=True, gc=False):
    reason: int = 0
    properties: Properties = NONE


Packet = Connect | Connack | Publish | Ack | Subscribe | Unsubscribe | Granted | Ping | Disconnect | Auth
