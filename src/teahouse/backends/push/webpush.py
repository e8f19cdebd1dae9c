"""Web Push (RFC 8030): a browser is reached through the service its maker runs, which may not read what is said.

Pusher (ports/push.py) of devices of kind webpush. Made by app/push.py.
"""

import re
from hashlib import blake2b
from ipaddress import ip_address

import httpx2
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.utils import base64url_encode

from teahouse.backends.outside.addresses import is_public
from teahouse.backends.push import payload
from teahouse.backends.push.calling import Answer, Calling, retry_after_s
from teahouse.backends.push.encrypted import CURVE, encrypt
from teahouse.backends.push.options import PushOptions
from teahouse.backends.push.vapid import Vapid
from teahouse.model.push import Notice, PushDevice
from teahouse.ports.push import DeviceGone, NotTaken, TryLater, WrongDevice

_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
_SECRET = 16
"""Bytes of a browser's authentication secret (RFC 8291, 3.2)."""
_GONE = (404, 410)


class WebPush:
    def __init__(self, calling: Calling, vapid: Vapid, options: PushOptions) -> None:
        self._calling = calling
        self._vapid = vapid
        self._options = options

    def check(self, device: PushDevice) -> None:
        url = _url(device.address)
        if url is None or not (self._options.allow_private or _may_be_public(url)):
            raise WrongDevice("endpoint must be an https address as a browser gives it")
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, device.p256dh)
        except ValueError:
            raise WrongDevice("keys.p256dh is no public key of P-256, uncompressed, as base64url") from None
        if len(device.secret) != _SECRET:
            raise WrongDevice("keys.auth must be 16 bytes, as base64url")

    def rests_s(self, device: PushDevice) -> float:
        return self._calling.rests_s(device.address) if _url(device.address) is not None else 0.0

    async def push(self, device: PushDevice, notice: Notice) -> None:
        if device.topic and device.topic != self._vapid.public:
            raise DeviceGone  # its service would refuse us for ever: our key is another one now
        url = _url(device.address)
        if url is None:
            raise NotTaken("webpush: what was registered is no endpoint")
        host = url.raw_host.decode("ascii", "replace")
        origin = f"https://{url.netloc.decode('ascii', 'replace')}"
        headers = {
            "authorization": self._vapid.authorization(origin),
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(self._options.ttl_s),
            "urgency": "low" if notice.type == "read" else "high",
        }
        if notice.tag:
            headers["topic"] = topic(notice.tag)
        try:
            body = encrypt(payload.encoded(notice), device.p256dh, device.secret)
        except ValueError as error:
            raise NotTaken(f"webpush: {error}") from None
        _judge(await self._calling.post(device.address, headers, body), host)


def topic(tag: str) -> str:
    """What replaces one another with the service (RFC 8030, 5.4): 32 characters that do not tell what it is."""
    return base64url_encode(blake2b(tag.encode(), digest_size=24).digest()).decode()


def _judge(answer: Answer, host: str) -> None:
    if 200 <= answer.status < 300:
        return
    if answer.status in _GONE:
        raise DeviceGone
    if answer.status == 429:
        raise TryLater(f"webpush: 429 from {host}", retry_after_s(answer))
    raise NotTaken(f"webpush: {answer.status} from {host}")


def _may_be_public(url: httpx2.URL) -> bool:
    """What can be told without looking a name up."""
    try:
        literal = ip_address(url.raw_host.decode("ascii").removeprefix("[").removesuffix("]"))
    except ValueError:
        return url.port in (None, 443)
    return url.port in (None, 443) and is_public(literal)


def _url(address: str) -> httpx2.URL | None:
    """An https address without a user in it; None for anything else."""
    if _STRANGE.search(address):
        return None
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError, TypeError):
        return None
    return url if url.scheme == "https" and url.raw_host and not url.userinfo else None
