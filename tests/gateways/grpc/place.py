"""A whole server in this process, and how the library's own client comes in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx2

from teahouse.app.compose import House, compose
from teahouse.app.settings import Settings, StoreOptions
from teahouse.gateways.grpc.calls import ERROR
from teahouse.gateways.options import GrpcOptions, HttpOptions, LinkOptions
from teahouse.v1 import chat_pb2 as pb
from teahouse.v1 import chat_pb2_grpc
from tests.support.doors import only_doors

Metadata = tuple[tuple[str, str], ...]


class Place:
    """A server, and how one comes in."""

    def __init__(self, house: House, stack: AsyncExitStack) -> None:
        self.house = house
        self._stack = stack
        self.target = house.urls["grpc"].rpartition("//")[2]

    async def channel(self) -> Any:
        return await self._stack.enter_async_context(grpc.aio.insecure_channel(self.target))

    async def stub(self) -> chat_pb2_grpc.ChatStub:
        return chat_pb2_grpc.ChatStub(await self.channel())

    async def token(self, user: str) -> Metadata:
        """The metadata of a new account."""
        async with httpx2.AsyncClient(base_url=self.house.urls["http"]) as client:
            account = {"user": user, "password": "correct horse"}
            answer = await client.post("/api/v1/auth/register", json=account)
            answer.raise_for_status()
            return bearing(answer.json()["access_token"])


@asynccontextmanager
async def running(folder: Path, **options: Any) -> AsyncIterator[Place]:
    settings = Settings(
        data=str(folder / "data"),
        store=StoreOptions(kind="memory"),
        **only_doors(http=HttpOptions(port=0), grpc=GrpcOptions(**{"port": 0, **options})),
        link=LinkOptions(frame_bytes=4096),
    )
    async with AsyncExitStack() as stack:
        house = await compose(settings, stack, invites=False)
        async with AsyncExitStack() as clients:
            yield Place(house, clients)


def bearing(token: str) -> Metadata:
    """The metadata of who has this token."""
    return (("authorization", f"Bearer {token}"),)


def detail(error: grpc.aio.AioRpcError) -> pb.Error:
    """The protocol's own words in a refusal."""
    found = dict(error.trailing_metadata() or ())
    words = found[ERROR]
    assert isinstance(words, bytes)
    return pb.Error.FromString(words)
