"""An account over REST: log in, stay logged in, fetch files.

Rule: a refresh token is good for one use, and using an old one logs the device out. So it is read, used and replaced
while the book it stands in is held, and the new one is written before anything is done with the tokens. Programs that
only talk need none of this: Hello takes user and password. Called by whoever wants files, or not to ask for the
password again.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

from teahouse.client.messages import problem_of
from teahouse.model.errors import Code, Problem

if TYPE_CHECKING:
    import httpx2

HTTP_PORT = 8080

_TIMEOUT_S = 10.0
_EARLY_S = 60.0  # an access token is renewed so long before its end
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def rest_of(url: str) -> str | None:
    """Where the REST interface of the server at `url` is: on the same port for ws:// and wss://; for tcp:// on this
    machine on the usual port. None where one can only guess: nobody's password goes to a guess."""
    parts = urlsplit(url)
    if parts.scheme in ("ws", "wss") and parts.netloc:
        return f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}"
    if parts.scheme == "tcp" and parts.hostname in _LOOPBACK:
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"http://{host}:{HTTP_PORT}"
    return None


class TokenBook(Protocol):
    """Where the refresh token of a device stands, for all programs that use it."""

    def held(self) -> AbstractAsyncContextManager[object]:
        """While this is held, nobody else reads or writes here."""
        ...

    def read(self) -> str:
        """The newest refresh token; empty if there is none."""
        ...

    def write(self, token: str) -> None:
        """Replace it, for good."""
        ...


class Memory:
    """The book of a program that forgets."""

    def __init__(self, token: str = "") -> None:
        self._token = token
        self._lock = asyncio.Lock()

    def held(self) -> AbstractAsyncContextManager[object]:
        return self._lock

    def read(self) -> str:
        return self._token

    def write(self, token: str) -> None:
        self._token = token


class Login:
    """A device that is logged in at `base` (http://host:port); `book` has its refresh token. Calls raise Problem if the
    server refuses, ConnectionError if it cannot be reached."""

    def __init__(self, base: str, book: TokenBook | None = None) -> None:
        self.base = base.rstrip("/")
        self._book: TokenBook = book if book is not None else Memory()
        self._access = ""
        self._good_until = 0.0

    async def reachable(self) -> bool:
        """Whether a Teahouse answers there."""
        try:
            async with _client() as client, _reached(self.base):
                answer = await client.get(f"{self.base}/api/v1/auth/providers")
            return answer.status_code == 200 and "providers" in answer.json()
        except (ConnectionError, ValueError, TypeError):
            return False

    async def begin(self, user: str, password: str, device: str = "") -> None:
        """Log in."""
        body = {"user": user, "password": password, "device": device}
        async with self._book.held():
            self._take(await self._ask("auth/login", body))

    async def access_token(self) -> str:
        """One that is good for a minute at least. Problem `unauthenticated` when the device is logged out."""
        if time.monotonic() > self._good_until:
            async with self._book.held():
                refresh = self._book.read()
                if not refresh:
                    raise Problem(Code.UNAUTHENTICATED, "not logged in")
                self._take(await self._ask("auth/refresh", {"refresh_token": refresh}))
        return self._access

    @asynccontextmanager
    async def file(self, file: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """The bytes of a file, in pieces."""
        headers = {"Authorization": f"Bearer {await self.access_token()}"}
        path = f"{self.base}/api/v1/files/{quote(file, safe='')}"
        async with (
            _client() as client,
            _reached(self.base),
            client.stream("GET", path, headers=headers) as answer,
        ):
            if answer.status_code != 200:
                await answer.aread()
                raise _refused(answer)
            yield answer.aiter_bytes()

    async def rename(self, nick: str) -> None:
        """Change the nick of the account. Problem `conflict` if somebody has it."""
        headers = {"Authorization": f"Bearer {await self.access_token()}"}
        async with _client() as client, _reached(self.base):
            answer = await client.patch(f"{self.base}/api/v1/users/me", json={"nick": nick}, headers=headers)
        if answer.status_code != 200:
            raise _refused(answer)

    async def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with _client() as client, _reached(self.base):
            answer = await client.post(f"{self.base}/api/v1/{path}", json=body)
        if answer.status_code != 200:
            raise _refused(answer)
        tokens: dict[str, Any] = answer.json()
        return tokens

    def _take(self, tokens: dict[str, Any]) -> None:
        self._book.write(str(tokens["refresh_token"]))
        self._access = str(tokens["access_token"])
        self._good_until = time.monotonic() + max(0.0, float(tokens["expires_in"]) - _EARLY_S)


def _client() -> "httpx2.AsyncClient":
    try:
        import httpx2
    except ImportError as error:
        raise ValueError("REST needs the package httpx2; install it or log in by password") from error
    return httpx2.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False, trust_env=False)


@asynccontextmanager
async def _reached(base: str) -> AsyncIterator[None]:
    """Whatever goes wrong on the way is a ConnectionError."""
    import httpx2

    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ConnectionError(f"no answer from {base}: {str(error) or type(error).__name__}") from error


def _refused(answer: "httpx2.Response") -> Problem:
    """What the problem document says; a server that is none of ours says nothing we understand."""
    try:
        document = answer.json()
        if isinstance(document, dict) and "code" in document:
            return problem_of({**document, "message": document.get("detail") or document["code"]})
    except ValueError:
        pass
    return Problem(Code.NOT_FOUND, f"{answer.request.url} is not what was looked for ({answer.status_code})")
