"""APNs: Apple's devices, by HTTP/2 and a signing key.

Pusher (ports/push.py) of devices of kind apns. Made by app/push.py.
"""

import re
from hashlib import blake2b
from pathlib import Path
from typing import Any

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from teahouse.backends.push import payload
from teahouse.backends.push.calling import Answer, Calling, retry_after_s
from teahouse.backends.push.options import PushOptions
from teahouse.backends.push.vapid import CannotPush
from teahouse.model.push import Notice, PushDevice
from teahouse.ports.clock import Clock
from teahouse.ports.push import DeviceGone, NotTaken, TryLater, WrongDevice

_TOKEN = re.compile(r"[0-9A-Fa-f]{64,200}")
_TOPIC = re.compile(r"[A-Za-z0-9.\-]{1,155}")
_RENEWED_S = 45 * 60
"""A token may be made anew after 20 minutes, and must be after 60."""
_GONE = frozenset({"BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered", "ExpiredToken"})
_REASON = re.compile(r"[A-Za-z]{1,60}")


class _Refusal(msgspec.Struct):
    reason: str = ""


class Apns:
    def __init__(self, calling: Calling, options: PushOptions, clock: Clock) -> None:
        self._calling = calling
        self._options = options
        self._clock = clock
        self._key = load_key(options)
        self._token = ""
        self._made = 0

    def check(self, device: PushDevice) -> None:
        if not _TOKEN.fullmatch(device.address):
            raise WrongDevice("token is no device token of APNs, in hexadecimal")
        if not _TOPIC.fullmatch(device.topic or self._options.apns_topic):
            raise WrongDevice("topic must be the bundle id of the app")

    def rests_s(self, device: PushDevice) -> float:
        return self._calling.rests_s(self._base(device))

    async def push(self, device: PushDevice, notice: Notice) -> None:
        url, body = f"{self._base(device)}/3/device/{device.address.lower()}", _payload(notice)
        answer = await self._calling.post(url, self._headers(device, notice), body)
        if answer.status == 403 and _reason(answer) == "ExpiredProviderToken":
            self._token = ""
            answer = await self._calling.post(url, self._headers(device, notice), body)
        _judge(answer)

    def _base(self, device: PushDevice) -> str:
        return self._options.apns_sandbox_url if device.sandbox else self._options.apns_url

    def _headers(self, device: PushDevice, notice: Notice) -> dict[str, str]:
        background = notice.type == "read"
        headers = {
            "authorization": f"bearer {self._provider_token()}",
            "apns-topic": device.topic or self._options.apns_topic,
            "apns-push-type": "background" if background else "alert",
            "apns-priority": "5" if background else "10",
            "apns-expiration": str(self._clock.now() // 1000 + self._options.ttl_s),
            "content-type": "application/json",
        }
        if notice.tag and not background:
            headers["apns-collapse-id"] = blake2b(notice.tag.encode(), digest_size=24).hexdigest()
        return headers

    def _provider_token(self) -> str:
        now = self._clock.now() // 1000
        if not self._token or now - self._made >= _RENEWED_S:
            claims = {"iss": self._options.apns_team_id, "iat": now}
            self._token = jwt.encode(
                claims, self._key, "ES256", {"kid": self._options.apns_key_id, "typ": None}
            )
            self._made = now
        return self._token


def load_key(options: PushOptions) -> ec.EllipticCurvePrivateKey:
    """CannotPush if the settings do not name a key of Apple's, with its id and team."""
    if not options.apns_key_id or not options.apns_team_id:
        raise CannotPush("push.apns_key needs push.apns_key_id and push.apns_team_id, too")
    try:
        key = load_pem_private_key(Path(options.apns_key).read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotPush(f"push.apns_key: {options.apns_key} cannot be read: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise CannotPush(f"push.apns_key: {options.apns_key} is no key of P-256, as Apple's are")
    return key


def _payload(notice: Notice) -> bytes:
    """`aps` is what the device does by itself, `teahouse` what the app may read."""
    aps: dict[str, Any] = {"badge": notice.badge}
    if notice.type == "read":
        aps |= {"content-available": 1}
    else:
        title, text = payload.shown(notice)
        alert = {"title": title, **({"body": text} if text else {})}
        aps |= {"alert": alert, "sound": "default"}
    if notice.type == "test":
        del aps["badge"]
    if notice.conversation and notice.type == "message":
        aps["thread-id"] = notice.conversation
    said = payload.fields(notice)
    for shown in ("title", "body"):  # once is enough: there are 4 KiB
        said.pop(shown, None)
    return msgspec.json.encode({"aps": aps, "teahouse": said})


def _reason(answer: Answer) -> str:
    try:
        reason = msgspec.json.decode(answer.body, type=_Refusal).reason
    except msgspec.MsgspecError:
        return ""
    return reason if _REASON.fullmatch(reason) else ""


def _judge(answer: Answer) -> None:
    """Apple's reasons: which of them mean the device, and which us."""
    if answer.status == 200:
        return
    reason = _reason(answer)
    if answer.status == 410 or reason in _GONE:
        raise DeviceGone
    cause = f"apns: {answer.status} {reason}".strip()
    if answer.status == 429:
        raise TryLater(cause, retry_after_s(answer))
    raise NotTaken(cause)
