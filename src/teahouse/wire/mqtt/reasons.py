"""Reason codes of MQTT 5 (2.4), what 3.1.1 has in their place, and the error all decoding of MQTT raises.

Rule: bad input raises `MqttError` and nothing else. Plain integers: an enum member takes longer to look up.
"""

from teahouse.model.errors import Code, Problem
from teahouse.wire.errors import WireError

SUCCESS = 0x00
GRANTED_QOS_1 = 0x01
GRANTED_QOS_2 = 0x02
DISCONNECT_WITH_WILL = 0x04
NO_MATCHING_SUBSCRIBERS = 0x10
NO_SUBSCRIPTION_EXISTED = 0x11
CONTINUE_AUTHENTICATION = 0x18
REAUTHENTICATE = 0x19
UNSPECIFIED = 0x80
MALFORMED = 0x81
PROTOCOL_ERROR = 0x82
IMPLEMENTATION_ERROR = 0x83
UNSUPPORTED_VERSION = 0x84
CLIENT_ID_NOT_VALID = 0x85
BAD_CREDENTIALS = 0x86
NOT_AUTHORIZED = 0x87
SERVER_UNAVAILABLE = 0x88
SERVER_BUSY = 0x89
BANNED = 0x8A
SHUTTING_DOWN = 0x8B
BAD_METHOD = 0x8C
KEEP_ALIVE_TIMEOUT = 0x8D
TAKEN_OVER = 0x8E
FILTER_INVALID = 0x8F
TOPIC_INVALID = 0x90
ID_IN_USE = 0x91
ID_NOT_FOUND = 0x92
RECEIVE_MAXIMUM_EXCEEDED = 0x93
ALIAS_INVALID = 0x94
TOO_LARGE = 0x95
RATE_TOO_HIGH = 0x96
QUOTA_EXCEEDED = 0x97
ADMINISTRATIVE = 0x98
PAYLOAD_INVALID = 0x99
RETAIN_NOT_SUPPORTED = 0x9A
QOS_NOT_SUPPORTED = 0x9B
USE_ANOTHER_SERVER = 0x9C
SERVER_MOVED = 0x9D
NO_SHARED_SUBSCRIPTIONS = 0x9E
CONNECTION_RATE = 0x9F
MAXIMUM_CONNECT_TIME = 0xA0
NO_SUBSCRIPTION_IDS = 0xA1
NO_WILDCARDS = 0xA2

_RETURN_CODES = {
    SUCCESS: 0,
    UNSUPPORTED_VERSION: 1,
    CLIENT_ID_NOT_VALID: 2,
    SERVER_UNAVAILABLE: 3,
    SERVER_BUSY: 3,
    SHUTTING_DOWN: 3,
    CONNECTION_RATE: 3,
    USE_ANOTHER_SERVER: 3,
    BAD_CREDENTIALS: 4,
}
REFUSED_3_1_1 = 5

_OF_PROBLEMS = {
    Code.BAD_FRAME: PAYLOAD_INVALID,
    Code.UNKNOWN_OP: IMPLEMENTATION_ERROR,
    Code.BAD_REQUEST: PAYLOAD_INVALID,
    Code.UNAUTHENTICATED: NOT_AUTHORIZED,
    Code.FORBIDDEN: NOT_AUTHORIZED,
    Code.NOT_FOUND: TOPIC_INVALID,
    Code.CONFLICT: IMPLEMENTATION_ERROR,
    Code.IDEMPOTENCY_CONFLICT: IMPLEMENTATION_ERROR,
    Code.TOO_LARGE: IMPLEMENTATION_ERROR,
    Code.RATE_LIMITED: QUOTA_EXCEEDED,
    Code.MUTED: NOT_AUTHORIZED,
    Code.BLOCKED: NOT_AUTHORIZED,
    Code.UNAVAILABLE: UNSPECIFIED,
    Code.INTERNAL: UNSPECIFIED,
}
"""What an acknowledgement says of a refusal; only codes that PUBACK and PUBREC may carry (3.4.2.1)."""


class MqttError(WireError):
    """What a peer sent cannot be accepted; `reason` is what CONNACK or DISCONNECT says of it (4.13)."""

    def __init__(self, reason: int, text: str, code: Code = Code.BAD_FRAME) -> None:
        super().__init__(Problem(code, text))
        self.reason = reason
        self.text = text


def malformed(text: str) -> MqttError:
    return MqttError(MALFORMED, text)


def protocol_error(text: str) -> MqttError:
    return MqttError(PROTOCOL_ERROR, text)


def of_problem(code: Code) -> int:
    """How an acknowledgement tells of a refusal of ours."""
    return _OF_PROBLEMS[code]


def return_code(reason: int) -> int:
    """What CONNACK of 3.1.1 says in its place (3.2.2.3)."""
    return _RETURN_CODES.get(reason, REFUSED_3_1_1)
