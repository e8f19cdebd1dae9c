"""FCM: phones with Google's services, by the HTTP v1 interface and a service account.

Pusher (ports/push.py) of devices of kind fcm. Made by app/push.py.
"""

import asyncio
import re
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import jwt
import msgspec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from teahouse.backends.push import payload
from teahouse.backends.push.calling import Answer, Calling, retry_after_s
from teahouse.backends.push.options import PushOptions
from teahouse.backends.push.vapid import CannotPush
from teahouse.model.push import Notice, PushDevice
from teahouse.ports.clock import Clock
from teahouse.ports.push import DeviceGone, NotTaken, TryLater, WrongDevice

_TOKEN = re.compile(r"[A-Za-z0-9_:.\-]{16,4096}")
_SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_HOUR_S = 3600
_EARLY_S = 120
"""An access token is replaced so long before it expires."""
_QUOTA_S = 60.0
"""What is waited after a 429 that does not say (Google's documents: at least a minute)."""
_WORD = re.compile(r"[A-Z_]{1,40}")


class Account(msgspec.Struct, frozen=True):
    """What we need of the file of a service account."""

    type: Literal["service_account"]
    project_id: str
    private_key_id: str
    private_key: str
    client_email: str
    token_uri: str


class _Token(msgspec.Struct):
    access_token: str
    expires_in: int = _HOUR_S


class _Violation(msgspec.Struct):
    field: str = ""


class _Detail(msgspec.Struct, rename="camel"):
    error_code: str = ""
    field_violations: list[_Violation] = []


class _Error(msgspec.Struct):
    status: str = ""
    details: list[_Detail] = []


class _Refusal(msgspec.Struct):
    error: _Error = msgspec.field(default_factory=_Error)


class Fcm:
    def __init__(self, calling: Calling, account: Account, options: PushOptions, clock: Clock) -> None:
        self._calling = calling
        self._account = account
        self._options = options
        self._clock = clock
        self._key: Any = _private_key(account)
        self._url = f"{options.fcm_url}/v1/projects/{account.project_id}/messages:send"
        self._token = ""
        self._until = 0.0
        self._asking: asyncio.Task[None] | None = None

    def check(self, device: PushDevice) -> None:
        if not _TOKEN.fullmatch(device.address):
            raise WrongDevice("token is no registration token of FCM")

    def rests_s(self, device: PushDevice) -> float:
        return self._calling.rests_s(self._url)

    async def push(self, device: PushDevice, notice: Notice) -> None:
        body = msgspec.json.encode({"message": self._message(device.address, notice)})
        answer = await self._send(body)
        if answer.status == 401:
            self._until = 0.0
            answer = await self._send(body)
        _judge(answer)

    async def _send(self, body: bytes) -> Answer:
        headers = {"authorization": f"Bearer {await self._access()}", "content-type": "application/json"}
        return await self._calling.post(self._url, headers, body)

    def _message(self, token: str, notice: Notice) -> dict[str, Any]:
        """`data` is text only; what a phone shows by itself stands beside it."""
        data = {name: _text(value) for name, value in payload.fields(notice).items() if value is not None}
        tag = blake2b(notice.tag.encode(), digest_size=16).hexdigest()
        android: dict[str, Any] = {"ttl": f"{self._options.ttl_s}s", "collapse_key": tag}
        if notice.type == "read":
            return {"token": token, "data": data, "android": {**android, "priority": "NORMAL"}}
        title, text = payload.shown(notice)
        beside = {"tag": notice.tag, "notification_count": notice.badge}
        return {
            "token": token,
            "data": data,
            "notification": {"title": title, "body": text},
            "android": {**android, "priority": "HIGH", "notification": beside},
        }

    async def _access(self) -> str:
        """An access token (RFC 7523), asked for once, however many wait for it: they all get it, or the trouble."""
        if self._until <= self._clock.monotonic():
            if self._asking is None:
                self._asking = asyncio.get_running_loop().create_task(self._ask())
                self._asking.add_done_callback(self._asked)
            await asyncio.shield(self._asking)
        return self._token

    def _asked(self, task: asyncio.Task[None]) -> None:
        self._asking = None
        if not task.cancelled():
            task.exception()  # marks it as seen: there may be nobody left who waits

    async def _ask(self) -> None:
        account, now = self._account, self._clock.now() // 1000
        claims = {
            "iss": account.client_email,
            "scope": _SCOPE,
            "aud": account.token_uri,
            "iat": now,
            "exp": now + _HOUR_S,
        }
        assertion = jwt.encode(claims, self._key, "RS256", {"kid": account.private_key_id})
        form = urlencode({"grant_type": _GRANT, "assertion": assertion}).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = await self._calling.post(account.token_uri, headers, form)
        if answer.status == 429:
            raise TryLater("fcm: 429 from the token service", retry_after_s(answer) or _QUOTA_S)
        if answer.status != 200:
            raise NotTaken(f"fcm: {answer.status} from the token service: is the service account still good?")
        try:
            token = msgspec.json.decode(answer.body, type=_Token)
        except msgspec.MsgspecError:
            raise TryLater("fcm: the token service says something else than a token") from None
        self._token = token.access_token
        self._until = self._clock.monotonic() + max(token.expires_in - _EARLY_S, 1)


def load(file: str) -> Account:
    """CannotPush if it is not the file of a service account."""
    try:
        account = msgspec.json.decode(Path(file).read_bytes(), type=Account)
        _private_key(account)
    except (OSError, msgspec.MsgspecError, ValueError, TypeError) as error:
        raise CannotPush(f"push.fcm_credentials: {file} is no service account: {error}") from error
    return account


def _private_key(account: Account) -> Any:
    return load_pem_private_key(account.private_key.encode(), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _judge(answer: Answer) -> None:
    """Google's codes (FcmError): which of them mean the token, and which the request."""
    if answer.status == 200:
        return
    try:
        error = msgspec.json.decode(answer.body, type=_Refusal).error
    except msgspec.MsgspecError:
        error = _Error()
    codes = {detail.error_code for detail in error.details} - {""}
    bad_token = any(v.field == "message.token" for detail in error.details for v in detail.field_violations)
    if codes & {"UNREGISTERED", "SENDER_ID_MISMATCH"} or bad_token:
        raise DeviceGone
    code = next((c for c in (*sorted(codes), error.status) if _WORD.fullmatch(c)), "")
    cause = f"fcm: {answer.status} {code}".strip()
    if answer.status == 404 and not codes:
        raise DeviceGone
    if answer.status == 429:
        raise TryLater(cause, retry_after_s(answer) or _QUOTA_S)
    raise NotTaken(cause)
