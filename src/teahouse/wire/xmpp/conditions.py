"""What goes wrong in XMPP's own words: errors of streams (RFC 6120, 4.9) and of stanzas (8.3).

Rule: a broken stream raises StreamError and nothing else; a refusal of the house becomes one stanza error, which
carries the house's own code, too. Called by the decoders of this room, and by gateways/xmpp.
"""

from teahouse.model.errors import Code, Problem
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import BLOCKING, HOUSE_ERRORS, STANZA_ERRORS, STREAM_ERRORS, STREAMS

NOT_WELL_FORMED = "not-well-formed"
RESTRICTED_XML = "restricted-xml"
POLICY_VIOLATION = "policy-violation"
INVALID_NAMESPACE = "invalid-namespace"
UNSUPPORTED_ENCODING = "unsupported-encoding"
UNSUPPORTED_STANZA = "unsupported-stanza-type"
NOT_AUTHORIZED = "not-authorized"
HOST_UNKNOWN = "host-unknown"


class StreamError(Exception):
    """The client broke the stream: it is told why, and the stream ends (4.9.1.1)."""

    def __init__(self, condition: str, reason: str = "") -> None:
        super().__init__(condition, reason)
        self.condition = condition
        self.reason = reason


def stream_error(condition: str, reason: str = "") -> str:
    """4.9. It declares its prefix, so that it can stand in a frame of its own (RFC 7395, 3.3.3), too."""
    said = element("text", {"xmlns": STREAM_ERRORS, "xml:lang": "en"}, text(reason)) if reason else ""
    inside = element(condition, {"xmlns": STREAM_ERRORS}) + said
    return f"<stream:error xmlns:stream='{STREAMS}'>{inside}</stream:error>"


_OF_CODES = {
    Code.BAD_FRAME: ("modify", "bad-request"),
    Code.UNKNOWN_OP: ("cancel", "feature-not-implemented"),
    Code.BAD_REQUEST: ("modify", "bad-request"),
    Code.UNAUTHENTICATED: ("auth", "not-authorized"),
    Code.FORBIDDEN: ("auth", "forbidden"),
    Code.NOT_FOUND: ("cancel", "item-not-found"),
    Code.CONFLICT: ("cancel", "conflict"),
    Code.IDEMPOTENCY_CONFLICT: ("cancel", "conflict"),
    Code.TOO_LARGE: ("modify", "policy-violation"),
    Code.RATE_LIMITED: ("wait", "policy-violation"),
    Code.MUTED: ("auth", "forbidden"),
    Code.BLOCKED: ("cancel", "not-acceptable"),
    Code.UNAVAILABLE: ("wait", "internal-server-error"),
    Code.INTERNAL: ("cancel", "internal-server-error"),
}


def of_problem(problem: Problem) -> str:
    """The stanza error for what the house refuses."""
    kind, condition = _OF_CODES[problem.code]
    more = [element("code", {"xmlns": HOUSE_ERRORS}, text(problem.code))]
    if problem.code is Code.BLOCKED:
        more.append(element("blocked", {"xmlns": f"{BLOCKING}:errors"}))  # XEP-0191, 3.4
    return stanza_error(kind, condition, problem.message, *more)


def stanza_error(kind: str, condition: str, reason: str = "", *more: str) -> str:
    """8.3.2: `kind` says what to do about it (auth, cancel, continue, modify, wait)."""
    said = element("text", {"xmlns": STANZA_ERRORS, "xml:lang": "en"}, text(reason)) if reason else ""
    return element("error", {"type": kind}, element(condition, {"xmlns": STANZA_ERRORS}), said, *more)
