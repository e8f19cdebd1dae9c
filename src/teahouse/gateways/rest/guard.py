"""Guard: who asks, and may they? Bearer tokens, and cookies where a page of ours asks.

Rule: a cookie counts only with the proof that a page of ours sent it (CSRF); a bearer token is that proof by itself.
Used by binding.py before an operation is called.
"""

from typing import Protocol

from starlette.requests import Request

from teahouse.gateways.rest.operation import Operation, Who
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.ports.identity import Tokens


class Cookies(Protocol):
    """The sessions of the web client. Optional: without it there are bearer tokens only."""

    async def caller(self, request: Request) -> Caller | None:
        """Whom the cookie stands for. Problem `forbidden` where the proof is missing that a page of ours sent it."""
        ...


class Guard:
    def __init__(self, tokens: Tokens | None, cookies: Cookies | None = None) -> None:
        self._tokens = tokens
        self._cookies = cookies

    async def admit(self, request: Request, operation: Operation) -> Caller | None:
        """Who asks; None where anybody may. Raises Problem."""
        if operation.who is Who.ANYBODY:
            return None
        caller = await self._caller(request)
        if operation.who is Who.ADMIN and not caller.admin:
            raise Problem(Code.FORBIDDEN, "only administrators may do this")
        if caller.user.guest and not operation.guests:
            raise Problem(Code.FORBIDDEN, "guests may not do this: it takes an account")
        if caller.scopes is not None and operation.scope not in caller.scopes:
            wanted = f"the scope {operation.scope}" if operation.scope else "a person"
            raise Problem(Code.FORBIDDEN, f"the token does not allow this: it takes {wanted}")
        return caller

    async def _caller(self, request: Request) -> Caller:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._tokens is not None:
            token = token.strip()
            caller = self._tokens.known(token) or await self._tokens.verify(token)
            if caller is None:
                raise Problem(Code.UNAUTHENTICATED, "the token is not valid, or no longer")
            return caller
        if not scheme and self._cookies is not None:
            by_cookie = await self._cookies.caller(request)
            if by_cookie is not None:
                return by_cookie
        raise Problem(Code.UNAUTHENTICATED, "log in first, and send the access token as bearer")
