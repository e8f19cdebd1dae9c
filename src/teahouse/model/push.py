"""Push: the devices that are woken up when nobody looks, what they are told, and what their users wish.

Rule: what stands in `token`, `endpoint` and `secret` is as good as a key to the device: it is shown to nobody, not
even to whom it belongs, and never logged.
"""

from enum import StrEnum

from msgspec import Struct


class PushKind(StrEnum):
    """The service a device is reached by."""

    WEBPUSH = "webpush"
    FCM = "fcm"
    APNS = "apns"


class PushDevice(Struct, frozen=True, gc=False, kw_only=True):
    """`address` is the endpoint of Web Push, or the token of FCM or APNs. `p256dh` and `secret` are a browser's public
    key and its authentication secret (RFC 8291); `sandbox` is of APNs, as is `topic`, the app; a browser's `topic` is
    the key of ours it subscribed with. `grant` is the login it was registered with. `created`: milliseconds UTC."""

    id: str
    user: str
    kind: PushKind
    address: str
    grant: str
    p256dh: bytes = b""
    secret: bytes = b""
    topic: str = ""
    sandbox: bool = False
    name: str = ""
    created: int = 0


class Quiet(Struct, frozen=True, gc=False):
    """Hours of each day in which nobody is woken up: `start` to `end` as HH:MM in the time of `zone` (IANA)."""

    start: str
    end: str
    zone: str


class Notifications(Struct, frozen=True, gc=False):
    """What a user wishes of notifications. `preview`: they say what was written."""

    preview: bool = True
    quiet: Quiet | None = None


class Notice(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=False):
    """What a device is told. `type`: a `message`, `read` (take the notification of this conversation away) or `test`.
    `body` is None in private mode; `tag` is the same for what replaces one another; `at`: milliseconds UTC."""

    type: str
    conversation: str = ""
    seq: int = 0
    title: str = ""
    body: str | None = None
    badge: int = 0
    tag: str = ""
    at: int = 0
