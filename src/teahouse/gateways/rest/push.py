"""Push over REST: which of one's devices are woken up, and how one wants to be told."""

import binascii
from base64 import urlsafe_b64decode
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from teahouse.engine.push_devices import PushBook
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.model.errors import Code, Problem
from teahouse.model.push import Notifications, PushDevice, PushKind, Quiet
from teahouse.model.results import Result

DeviceId = Annotated[str, Meta(min_length=1, max_length=80)]
Name = Annotated[str, Meta(max_length=80, description="What one calls the device in the list.")]
Endpoint = Annotated[str, Meta(pattern=r"^https://[^\s\\]+(?![\s\S])", max_length=2048)]
Token = Annotated[str, Meta(min_length=16, max_length=4096)]
Base64Url = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+={0,2}(?![\s\S])", max_length=200)]
Time = Annotated[
    str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])", description="HH:MM.", max_length=5)
]
Zone = Annotated[str, Meta(min_length=1, max_length=64, description="A time zone of IANA, as Asia/Shanghai.")]

_DEVICE = {"id": "p01b3", "kind": "webpush", "name": "Firefox", "created": 1795476219170}
_WISHES = {"preview": True, "quiet": {"start": "22:00", "end": "07:00", "zone": "Asia/Shanghai"}}


class Keys(Struct, frozen=True):
    """Of a browser's subscription: its public key and its authentication secret, base64url."""

    p256dh: Base64Url
    auth: Base64Url


class Registration(Struct, frozen=True):
    """`endpoint` and `keys` for webpush, `token` for fcm and apns; `topic` (the bundle id) and `sandbox` for apns."""

    kind: Literal["webpush", "fcm", "apns"]
    endpoint: Endpoint | None = None
    keys: Keys | None = None
    token: Token | None = None
    topic: Annotated[str, Meta(max_length=155)] = ""
    sandbox: bool = False
    name: Name = ""


class WokenDevice(Result, frozen=True, omit_defaults=False):
    """A device that is woken up. Its address and keys are shown to nobody."""

    id: str
    kind: str
    name: str
    created: int


class WokenDevices(Result, frozen=True, omit_defaults=False):
    """`vapid_key` is what a browser subscribes with (`applicationServerKey`)."""

    vapid_key: str
    devices: tuple[WokenDevice, ...]


class QuietHours(Struct, frozen=True):
    """From `start` to `end`, over midnight where `end` is earlier, nobody is woken up."""

    start: Time
    end: Time
    zone: Zone


class Wishes(Result, frozen=True, omit_defaults=False):
    """`preview`: notifications say what was written."""

    preview: bool
    quiet: QuietHours | None


class NewWishes(Struct, frozen=True):
    """What is left out stays as it is; `quiet` null: no quiet hours."""

    preview: bool | UnsetType = UNSET
    quiet: QuietHours | UnsetType | None = UNSET


class Try(Struct, frozen=True):
    """Which of one's devices; by default all."""

    id: DeviceId | None = None


class Tried(Result, frozen=True, omit_defaults=False):
    """`sent`: its service took it. Else `why` says what is wrong."""

    id: str
    sent: bool
    why: str


class TriedAll(Result, frozen=True, omit_defaults=False):
    devices: tuple[Tried, ...]


class PushResource:
    def __init__(self, book: PushBook) -> None:
        self._book = book

    @operation("GET /users/me/push", answer={"vapid_key": "BNc...", "devices": [_DEVICE]})
    async def woken(self, call: Call) -> WokenDevices:
        """One's devices that are woken up, the oldest first, and the key to subscribe a browser with."""
        devices = await self._book.of(call.caller)
        return WokenDevices(self._book.vapid_key, tuple(_shown(device) for device in devices))

    @operation(
        "POST /users/me/push",
        201,
        refuses=(Code.CONFLICT, Code.FORBIDDEN),
        example={
            "kind": "webpush",
            "endpoint": "https://push.example.net/send/gAAAAA",
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
            "name": "Firefox",
        },
        answer=_DEVICE,
    )
    async def register(self, call: Call, body: Registration) -> WokenDevice:
        """Wake this device up from now on, as long as the login lasts that asks. The same again is the same device.

        A service the server has not set up is `bad_request`, more devices than one may have are `conflict`.
        """
        return _shown(await self._book.register(call.caller, self._device(call, body)))

    @operation("DELETE /users/me/push/{device}", 204, refuses=(Code.NOT_FOUND,))
    async def forget(self, call: Call, device: DeviceId) -> None:
        """Wake this device up no more."""
        await self._book.forget(call.caller, device)

    @operation(
        "POST /users/me/push/test",
        refuses=(Code.NOT_FOUND,),
        example={},
        answer={"devices": [{"id": "p01b3", "sent": True, "why": ""}]},
    )
    async def test(self, call: Call, body: Try) -> TriedAll:
        """Wake one's devices up now, to see whether it works."""
        tried = await self._book.test(call.caller, body.id)
        return TriedAll(tuple(Tried(device.id, not why, why) for device, why in tried))

    @operation("GET /users/me/notifications", answer=_WISHES)
    async def notifications(self, call: Call) -> Wishes:
        """How one wants to be told."""
        return _wished(await self._book.wishes(call.caller))

    @operation("PATCH /users/me/notifications", example=_WISHES, answer=_WISHES)
    async def wish(self, call: Call, body: NewWishes) -> Wishes:
        """Change how one wants to be told."""
        wishes = await self._book.wishes(call.caller)
        if body.preview is not UNSET:
            wishes = replace(wishes, preview=body.preview)
        if body.quiet is not UNSET:
            quiet = None if body.quiet is None else Quiet(body.quiet.start, body.quiet.end, body.quiet.zone)
            wishes = replace(wishes, quiet=quiet)
        return _wished(await self._book.wish(call.caller, wishes))

    def _device(self, call: Call, body: Registration) -> PushDevice:
        """What was given, put together; `bad_request` for what is missing or does not belong."""
        id_, user, grant, now = self._book.new(call.caller)
        kind = PushKind(body.kind)
        if kind is PushKind.WEBPUSH:
            if body.endpoint is None or body.keys is None or body.token is not None:
                raise Problem(Code.BAD_REQUEST, "webpush takes endpoint and keys, and no token")
            address, p256dh, secret = body.endpoint, _bytes(body.keys.p256dh), _bytes(body.keys.auth)
            topic = self._book.vapid_key
        else:
            if body.token is None or body.endpoint is not None or body.keys is not None:
                raise Problem(Code.BAD_REQUEST, f"{body.kind} takes a token, and neither endpoint nor keys")
            address, p256dh, secret = body.token, b"", b""
            topic = body.topic if kind is PushKind.APNS else ""
        return PushDevice(
            id=id_,
            user=user,
            kind=kind,
            address=address,
            grant=grant,
            p256dh=p256dh,
            secret=secret,
            topic=topic,
            sandbox=body.sandbox and kind is PushKind.APNS,
            name=body.name,
            created=now,
        )


def _bytes(text: str) -> bytes:
    """Base64url, with or without the padding; what is none is no key either."""
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        return b""


def _shown(device: PushDevice) -> WokenDevice:
    return WokenDevice(device.id, device.kind.value, device.name, device.created)


def _wished(wishes: Notifications) -> Wishes:
    quiet = wishes.quiet
    return Wishes(wishes.preview, None if quiet is None else QuietHours(quiet.start, quiet.end, quiet.zone))
