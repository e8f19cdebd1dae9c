"""Stand-ins of the push services, as their documents describe them: what they demand is checked, Web Push decrypted.

RFC 8030, 8188, 8291, 8292; Firebase "HTTP v1 API" and "Using OAuth 2.0 for server to server applications"; Apple's
"Sending notification requests to APNs" and "Establishing a token-based connection to APNs".
"""

import asyncio
import json
import os
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.support.http2 import Asked, Http2Server, Said, http2_server

Json = dict[str, Any]
TEAM, KEY_ID, TOPIC, PROJECT = "TEAMID1234", "KEYID12345", "im.teahouse.app", "teahouse-test"
EMAIL = "push@teahouse-test.iam.gserviceaccount.com"


class Wrong(Exception):
    """The request is not what the documents demand."""


class Browser:
    """A subscription: the keys of a browser, and its place with the push service."""

    def __init__(self, url: str, number: int = 1) -> None:
        self.endpoint = f"{url}/wpush/{number}-{os.urandom(8).hex()}"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.p256dh = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.secret = os.urandom(16)

    @property
    def keys(self) -> Json:
        return {"p256dh": b64(self.p256dh), "auth": b64(self.secret)}

    def decrypt(self, body: bytes) -> bytes:
        """RFC 8291 and RFC 8188, from the receiver's side, with HKDF as a whole."""
        salt, (size, length) = body[:16], struct.unpack("!LB", body[16:21])
        sender, record = body[21 : 21 + length], body[21 + length :]
        if len(body) > 4096 or size < 18 or len(record) > size:
            raise Wrong("the record is too large")
        shared = self._key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        keying = hkdf(self.secret, shared, b"WebPush: info\0" + self.p256dh + sender, 32)
        key = hkdf(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(salt, keying, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        if plain[-1:] != b"\x02":
            raise Wrong("not the last record")
        return plain[:-1]


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Pushed:
    """What a device was given: the fields of ours, and what else came with it."""

    device: str
    said: Json
    headers: dict[str, str]
    whole: Json = field(default_factory=dict)


class PushServices:
    """`faults`: what to do with the next requests, by the beginning of their path; `gone` are devices that are no
    more. `wrong` is what was complained about."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.server: Http2Server
        self.pushed: list[Pushed] = []
        self.wrong: list[str] = []
        self.asked: list[Asked] = []
        self.faults: dict[str, list[Said | str]] = {}
        self.gone: set[str] = set()
        self.browsers: dict[str, Browser] = {}
        self.google = rsa.generate_private_key(65537, 2048)
        self.apple = ec.generate_private_key(ec.SECP256R1())
        self.access: set[str] = set()
        self.arrived = asyncio.Event()

    def browser(self) -> Browser:
        made = Browser(self.server.url, len(self.browsers) + 1)
        self.browsers[made.endpoint.removeprefix(self.server.url)] = made
        return made

    @property
    def service_account(self) -> Path:
        """The file Google gives."""
        file = self._directory / "account.json"
        document = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "k1",
            "private_key": _pem(self.google),
            "client_email": EMAIL,
            "client_id": "1",
            "token_uri": f"{self.server.url}/token",
        }
        file.write_text(json.dumps(document))
        return file

    @property
    def signing_key(self) -> Path:
        """The file Apple gives."""
        file = self._directory / "AuthKey.p8"
        file.write_text(_pem(self.apple))
        return file

    async def wait(self, count: int = 1) -> list[Pushed]:
        async with asyncio.timeout(10):
            while len(self.pushed) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return self.pushed

    async def answer(self, asked: Asked) -> Said | str:
        self.asked.append(asked)
        for path, faults in self.faults.items():
            if asked.path.startswith(path) and faults:
                return faults.pop(0) if len(faults) > 1 or faults[0] != "hang" else "hang"
        try:
            if asked.path.startswith("/wpush/"):
                said = self._webpush(asked)
            elif asked.path == "/token":
                said = self._token(asked)
            elif asked.path == f"/v1/projects/{PROJECT}/messages:send":
                said = self._fcm(asked)
            elif asked.path.startswith("/3/device/"):
                said = self._apns(asked)
            else:
                raise Wrong(f"there is nothing at {asked.path}")
        except Exception as error:
            self.wrong.append(repr(error))
            return Said(400, repr(error).encode())
        self.arrived.set()
        return said

    def _webpush(self, asked: Asked) -> Said:
        headers = asked.headers
        if asked.path in self.gone:
            return Said(410)
        browser = self.browsers[asked.path]
        expect(headers["content-encoding"], "aes128gcm")
        check(0 <= int(headers["ttl"]) <= 2_419_200, "ttl")
        check(headers["urgency"] in ("very-low", "low", "normal", "high"), "urgency")
        topic = headers.get("topic", "")
        check((len(topic) <= 32 and topic.replace("-", "").replace("_", "").isalnum()) or not topic, "topic")
        check("cookie" not in headers, "no cookies")
        self._vapid(headers["authorization"])
        said = json.loads(browser.decrypt(asked.body))
        self.pushed.append(Pushed(browser.endpoint, said, headers))
        return Said(201, b"", {"location": f"{self.server.url}/message/1", "set-cookie": "a=b"})

    def _vapid(self, authorization: str) -> None:
        """RFC 8292, 2 and 3."""
        scheme, _, rest = authorization.partition(" ")
        expect(scheme, "vapid")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
        claims = jwt.decode(parts["t"], key, ["ES256"], audience=self.server.url)
        check(time.time() < claims["exp"] <= time.time() + 86_400, "exp is within a day")
        check(claims["sub"].startswith(("mailto:", "https://")), "sub")

    def _token(self, asked: Asked) -> Said:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        expect(form["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer")
        expect(asked.headers["content-type"], "application/x-www-form-urlencoded")
        expect(jwt.get_unverified_header(form["assertion"])["kid"], "k1")
        claims = jwt.decode(
            form["assertion"], self.google.public_key(), ["RS256"], audience=f"{self.server.url}/token"
        )
        expect(
            (claims["iss"], claims["scope"]), (EMAIL, "https://www.googleapis.com/auth/firebase.messaging")
        )
        check(claims["exp"] - claims["iat"] <= 3600, "an hour at most")
        token = f"ya29.{len(self.access)}"
        self.access.add(token)
        answer = {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
        return Said(200, json.dumps(answer).encode())

    def _fcm(self, asked: Asked) -> Said:
        scheme, _, token = asked.headers["authorization"].partition(" ")
        expect(scheme, "Bearer")
        if token not in self.access:
            return Said(401, json.dumps({"error": {"code": 401, "status": "UNAUTHENTICATED"}}).encode())
        message = json.loads(asked.body)["message"]
        check(message.keys() <= {"token", "data", "notification", "android"}, "known fields")
        check(all(isinstance(value, str) for value in message["data"].values()), "data is text")
        check(message["android"]["priority"] in ("NORMAL", "HIGH"), "priority")
        check(message["android"]["ttl"].endswith("s"), "ttl")
        check("collapse_key" in message["android"], "collapse_key")
        check(len(asked.body) <= 4096, "size")
        if message["token"] in self.gone:
            fcm_error = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
            details = [{"@type": fcm_error, "errorCode": "UNREGISTERED"}]
            error = {"code": 404, "message": "gone", "status": "NOT_FOUND", "details": details}
            return Said(404, json.dumps({"error": error}).encode())
        self.pushed.append(Pushed(message["token"], message["data"], asked.headers, message))
        return Said(200, json.dumps({"name": f"projects/{PROJECT}/messages/1"}).encode())

    def _apns(self, asked: Asked) -> Said:
        headers, device = asked.headers, asked.path.removeprefix("/3/device/")
        scheme, _, token = headers["authorization"].partition(" ")
        expect(scheme, "bearer")
        header = jwt.get_unverified_header(token)
        expect((header["alg"], header["kid"]), ("ES256", KEY_ID))
        claims = jwt.decode(token, self.apple.public_key(), ["ES256"])
        expect(claims["iss"], TEAM)
        if time.time() - claims["iat"] > 3600:
            return Said(403, b'{"reason":"ExpiredProviderToken"}')
        expect(headers["apns-topic"], TOPIC)
        kind, priority = headers["apns-push-type"], headers["apns-priority"]
        check((kind, priority) in {("alert", "10"), ("alert", "5"), ("background", "5")}, "push type")
        check(int(headers["apns-expiration"]) >= time.time() - 60, "expiration")
        check(len(headers.get("apns-collapse-id", "").encode()) <= 64, "collapse id")
        check(len(asked.body) <= 4096, "size")
        if device in self.gone:
            return Said(410, json.dumps({"reason": "Unregistered", "timestamp": 1}).encode())
        whole = json.loads(asked.body)
        check("alert" in whole["aps"] or kind == "background", "an alert alerts")
        self.pushed.append(Pushed(device, whole["teahouse"], headers, whole))
        return Said(200, b"", {"apns-id": "1"})


def expect(given: object, wanted: object) -> None:
    check(given == wanted, f"{given!r} is not {wanted!r}")


def check(right: bool, what: str) -> None:
    if not right:
        raise Wrong(what)


def _pem(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@asynccontextmanager
async def push_services(directory: Path) -> AsyncIterator[PushServices]:
    services = PushServices(directory)
    async with http2_server(services.answer, directory) as services.server:
        yield services
        assert services.wrong == []
