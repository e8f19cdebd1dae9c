"""A small provider of OpenID Connect that lies as a test tells it to, on a real port."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from teahouse.identity.oidc.entrance import challenge_of

Json = dict[str, Any]


@dataclass
class Asked:
    """What the authorization endpoint was asked; `claims` are changed before the token is made."""

    client_id: str
    nonce: str
    code_challenge: str
    redirect_uri: str
    claims: Json


@dataclass
class LyingProvider:
    """`sign` makes the token of claims; `paths` counts what was asked."""

    issuer: str = ""
    key: Any = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    kid: str = "k1"
    codes: dict[str, Asked] = field(default_factory=dict)
    sign: Callable[[Json], str] | None = None
    metadata: Json = field(default_factory=dict)
    status: int = 200
    paths: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        self.key, self.kid = rsa.generate_private_key(65537, 2048), self.kid + "+"

    @property
    def public_pem(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def grant(self, code: str, query: Json, **claims: Any) -> None:
        """Remember what the authorization endpoint was asked, and whom the code will stand for."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": query["client_id"],
            "sub": "4711",
            "nonce": query["nonce"],
            "iat": now,
            "exp": now + 300,
            "preferred_username": "ada",
            **claims,
        }
        self.codes[code] = Asked(
            query["client_id"], query["nonce"], query["code_challenge"], query["redirect_uri"], said
        )

    def answer(self, path: str, form: Json) -> tuple[int, Json]:
        self.paths.append(path)
        if self.status != 200:
            return self.status, {}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
                **self.metadata,
            }
        if path == "/jwks":
            jwk = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**jwk, "kid": self.kid, "use": "sig"}]}
        return self._token(form)

    def _token(self, form: Json) -> tuple[int, Json]:
        asked = self.codes.pop(form.get("code", ""), None)
        if (
            asked is None
            or challenge_of(form.get("code_verifier", "")) != asked.code_challenge
            or form.get("redirect_uri") != asked.redirect_uri
        ):
            return 400, {"error": "invalid_grant"}
        sign = self.sign or (lambda claims: jwt.encode(claims, self.key, "RS256", {"kid": self.kid}))
        return 200, {"id_token": sign(asked.claims), "access_token": "a", "token_type": "Bearer"}


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    provider = LyingProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._respond(dict(parse_qsl(body)))

        def _respond(self, form: Json) -> None:
            status, said = provider.answer(self.path, form)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
