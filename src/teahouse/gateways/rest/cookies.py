"""Cookies: how a browser that logged in is known, and how a page of ours is told from all others.

Rule: the pass is HttpOnly and SameSite=Strict; with TLS it is Secure and its name begins with __Host-, so that no
other host and no page without TLS can set it. It counts only for requests that a page of this origin made, or nobody
did, and where something is changed only with the proof in X-CSRF-Token. Used by guard.py and by the operations that
log in (web.py, oidc.py) and out (auth.py).
"""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from teahouse.engine.guests import Guests
from teahouse.identity.passes import Passed, Passes
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem

PROOF = "X-CSRF-Token"
SECURE, PLAIN = "__Host-teahouse", "teahouse"
"""The names of the cookie with TLS and without."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PATH = "/api/v1"


_GUEST = "guest."
"""What the cookie of a guest begins with; its resume secret follows. No pass of an account begins so."""


class PassCookies:
    """Cookies (guard.py) on passes of accounts, and on the secrets of guests, where there are any. `public_url` is
    where people reach the server, empty: where a request says."""

    def __init__(self, passes: Passes, public_url: str = "", guests: Guests | None = None) -> None:
        self._passes = passes
        self._guests = guests
        self._public = public_url.rstrip("/")

    async def caller(self, request: Request) -> Caller | None:
        secret = self.secret(request)
        if secret is None:
            return None
        self.check_origin(request)
        if request.method not in _SAFE and not self._passes.proves(secret, request.headers.get(PROOF, "")):
            raise Problem(Code.FORBIDDEN, f"send the csrf_token of this login as {PROOF}")
        if (resume := resume_of(secret)) is not None:
            return None if self._guests is None else await self._guests.caller(resume)
        return await self._passes.caller(secret)

    def secret(self, request: Request) -> str | None:
        """The pass a request brings. With TLS only the name that no other host can set."""
        return request.cookies.get(SECURE if self.is_secure(request) else PLAIN)

    def check_origin(self, request: Request) -> None:
        """`forbidden` for what a page of another origin asked for. A browser says where a request comes from, at
        the latest when it changes something; what is no browser has no cookie that others could use."""
        site = request.headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none"):
            raise Problem(Code.FORBIDDEN, "pages of other sites may not do this")
        origin = request.headers.get("origin")
        if origin is not None and not self._is_own(origin, request):
            raise Problem(Code.FORBIDDEN, "pages of other origins may not do this")

    def url(self, request: Request) -> str:
        """Where people reach the server, without a slash at the end."""
        return self._public or f"{request.url.scheme}://{request.url.netloc}"

    def is_secure(self, request: Request) -> bool:
        return self.url(request).startswith("https://")

    def set(self, request: Request, passed: Passed) -> str:
        """The header that gives a browser its pass."""
        return self.header(request, PLAIN, passed.secret, passed.lifetime_s, "Strict")

    def admit_guest(self, request: Request, resume: str) -> tuple[str, str]:
        """The header that lets a browser in as the guest with this secret, and the proof its pages show. It is the
        secret and nothing beside it, so it is this guest's, and good for nothing once the guest has left."""
        secret, lifetime_s = _GUEST + resume, self._passes.lifetime_s
        header = self.header(request, PLAIN, secret, lifetime_s, "Strict")
        return header, self._passes.proof(secret)

    def header(self, request: Request, name: str, value: str, lifetime_s: int, same_site: str) -> str:
        """A Set-Cookie header; `name` is that without TLS."""
        secure = self.is_secure(request)
        cookie: Any = SimpleCookie()
        full = f"__Host-{name}" if secure else name
        cookie[full] = value
        attributes = {"path": "/" if secure else _PATH, "max-age": lifetime_s, "samesite": same_site}
        cookie[full].update({**attributes, "httponly": True, "secure": secure})
        text: str = cookie[full].OutputString()
        return text

    def _is_own(self, origin: str, request: Request) -> bool:
        """Also where something before the server ends TLS without its knowing: the host is compared."""
        if origin == self._public:
            return True
        return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != ""


def resume_of(secret: str) -> str | None:
    """The resume secret in a guest's cookie; None if the cookie is not a guest's."""
    return secret.removeprefix(_GUEST) if secret.startswith(_GUEST) else None


def forget(request: Request) -> dict[str, str]:
    """The header that takes the pass from a browser which has one."""
    for name, path, secure in ((SECURE, "/", "; Secure"), (PLAIN, _PATH, "")):
        if name in request.cookies:
            gone = f'{name}=""; Max-Age=0; Path={path}; HttpOnly; SameSite=Strict{secure}'
            return {"Set-Cookie": gone}
    return {}
