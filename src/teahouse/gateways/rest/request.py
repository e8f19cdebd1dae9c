"""One request to the REST interface, as the operations see it."""

from typing import Protocol, TypeVar

from starlette.requests import Request

from teahouse.model.caller import Caller
from teahouse.model.commands import Command
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

R = TypeVar("R", bound=Result)


class Engine(Protocol):
    """The engine, as REST sees it."""

    async def call(self, caller: Caller, command: Command, address: str = "") -> Result: ...


class Call:
    """`headers` go out with the answer, and `status` in the place of the operation's own."""

    __slots__ = ("_caller", "headers", "request", "status")

    def __init__(self, request: Request, caller: Caller | None, status: int) -> None:
        self.request = request
        self._caller = caller
        self.headers: dict[str, str] = {}
        self.status = status

    @property
    def caller(self) -> Caller:
        """Who asks; only in operations that are not for anybody."""
        if self._caller is None:
            raise Problem(Code.UNAUTHENTICATED, "log in first, and send the access token as bearer")
        return self._caller

    @property
    def user(self) -> str:
        """The id of who asks."""
        return self.caller.user.id

    def keep_secret(self) -> None:
        """The answer holds what nobody on the way may keep (RFC 9111, 5.2.2.5)."""
        self.headers["Cache-Control"] = "no-store"

    @property
    def address(self) -> str:
        """Where the request came from; empty if that is not known."""
        return self.request.client.host if self.request.client else ""


class Ask:
    """Does one command of the JSON protocol for who calls; most operations are nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def __call__(self, call: Call, command: Command, expected: type[R]) -> R:
        """The result, which is of the `expected` type. Raises Problem."""
        result = await self._engine.call(call.caller, command, call.address)
        assert isinstance(result, expected)
        return result
