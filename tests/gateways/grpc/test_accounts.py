"""Accounts by gRPC: what REST does, with REST's own rules."""

from typing import Any

import grpc
import pytest

from teahouse.gateways.grpc.operations import SERVICES, carried
from teahouse.v1 import accounts_pb2 as accounts
from teahouse.v1 import accounts_pb2_grpc
from teahouse.v1 import chat_pb2 as pb
from tests.gateways.grpc.place import Metadata, Place, bearing, detail

pytestmark = pytest.mark.service

SECRET = "correct horse"


class Desk:
    """The three services on one channel."""

    def __init__(self, channel: Any) -> None:
        self.auth = accounts_pb2_grpc.AuthStub(channel)
        self.account = accounts_pb2_grpc.AccountStub(channel)
        self.users = accounts_pb2_grpc.UsersStub(channel)

    async def register(self, user: str, **more: Any) -> accounts.Tokens:
        request = accounts.AuthRegisterRequest(user=user, password=SECRET, **more)
        return (await self.auth.Register(request)).tokens

    async def login(self, user: str, password: str = SECRET, device: str = "") -> accounts.Tokens:
        request = accounts.AuthLoginRequest(user=user, password=password, device=device)
        return (await self.auth.Login(request)).tokens

    async def me(self, metadata: Metadata) -> accounts.Me:
        return (await self.account.Show(accounts.AccountShowRequest(), metadata=metadata)).me

    async def devices(self, metadata: Metadata) -> list[accounts.Device]:
        answer = await self.account.Devices(accounts.AccountDevicesRequest(), metadata=metadata)
        return list(answer.devices.devices)


@pytest.fixture
async def desk(place: Place) -> Desk:
    return Desk(await place.channel())


async def refused(call: Any) -> tuple[grpc.StatusCode, str]:
    """With which status and code."""
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return error.value.code(), detail(error.value).code


async def test_who_registers_is_logged_in_and_may_chat(place: Place, desk: Desk) -> None:
    tokens = await desk.register("alice", nick="Alice")
    assert (tokens.user.user, tokens.user.nick, tokens.token_type) == ("alice", "Alice", "Bearer")
    me = await desk.me(bearing(tokens.access_token))
    assert (me.id, me.nick, me.kind, me.admin) == (tokens.user.id, "Alice", "person", False)
    sent = await (await place.stub()).Send(
        pb.SendRequest(to="lobby", text="hi"), metadata=bearing(tokens.access_token)
    )
    assert sent.sent.seq == 1
    assert await refused(desk.register("ALICE")) == (grpc.StatusCode.FAILED_PRECONDITION, "conflict")


async def test_a_wrong_password_and_a_malformed_name(desk: Desk) -> None:
    await desk.register("alice")
    wrong = await refused(desk.login("alice", "wrong horse"))
    assert wrong == (grpc.StatusCode.UNAUTHENTICATED, "unauthenticated")
    assert await refused(desk.login("nobody")) == wrong
    assert await refused(desk.register("a b")) == (grpc.StatusCode.INVALID_ARGUMENT, "bad_request")
    assert await refused(desk.login("")) == (grpc.StatusCode.INVALID_ARGUMENT, "bad_request")


async def test_a_refresh_token_is_good_once(desk: Desk) -> None:
    first = await desk.register("alice")

    async def refresh(token: str) -> accounts.Tokens:
        return (await desk.auth.Refresh(accounts.AuthRefreshRequest(refresh_token=token))).tokens

    second = await refresh(first.refresh_token)
    third = await refresh(second.refresh_token)
    assert (await desk.me(bearing(third.access_token))).user == "alice"
    assert (await refused(refresh(first.refresh_token)))[1] == "unauthenticated"
    assert (await refused(refresh(third.refresh_token)))[1] == "unauthenticated", "two had it: logged out"


async def test_devices_are_seen_named_and_logged_out(desk: Desk) -> None:
    phone = bearing((await desk.register("alice", device="phone")).access_token)
    laptop = bearing((await desk.login("alice", device="laptop")).access_token)
    assert [(one.device, one.current) for one in await desk.devices(laptop)] == [
        ("phone", False),
        ("laptop", True),
    ]
    assert {one.address for one in await desk.devices(laptop)} == {"127.0.0.1"}
    named = await desk.account.NameDevice(accounts.AccountNameDeviceRequest(device="desk"), metadata=laptop)
    assert named.device.device == "desk"
    first = (await desk.devices(laptop))[0].id
    await desk.account.LogOutDevice(accounts.AccountLogOutDeviceRequest(login=first), metadata=laptop)
    assert (await refused(desk.me(phone)))[1] == "unauthenticated"
    again = desk.account.LogOutDevice(accounts.AccountLogOutDeviceRequest(login=first), metadata=laptop)
    assert (await refused(again))[0] is grpc.StatusCode.NOT_FOUND


async def test_who_logs_out_ends_their_streams(place: Place, desk: Desk) -> None:
    alice = bearing((await desk.register("alice")).access_token)
    stream = (await place.stub()).Connect(metadata=alice)
    await stream.write(pb.ClientFrame(id="1", hello=pb.HelloRequest()))
    batches = aiter(stream)
    assert (await anext(batches)).frames[0].HasField("answer")
    await desk.auth.Logout(accounts.AuthLogoutRequest(), metadata=alice)
    said = [frame.WhichOneof("frame") async for batch in batches for frame in batch.frames]
    assert said[-1] == "bye"


async def test_a_profile_is_changed_where_something_is_said(desk: Desk) -> None:
    alice = bearing((await desk.register("alice")).access_token)

    async def change(**what: str) -> accounts.Me:
        request = accounts.AccountChangeRequest(**what)
        return (await desk.account.Change(request, metadata=alice)).me

    assert (await change(bio="Oolong, mostly.", locale="en")).bio == "Oolong, mostly."
    changed = await change(bio="")
    assert (changed.bio, changed.locale) == ("", "en")
    assert (await refused(change(avatar="nowhere")))[0] is grpc.StatusCode.NOT_FOUND
    await desk.register("bob")
    assert (await refused(change(nick="Bob")))[1] == "conflict"


async def test_a_new_password_leaves_the_device_that_set_it(desk: Desk) -> None:
    phone = bearing((await desk.register("alice")).access_token)
    laptop = bearing((await desk.login("alice")).access_token)

    async def password(old: str, new: str) -> None:
        request = accounts.AccountPasswordRequest(old=old, new=new)
        await desk.account.Password(request, metadata=laptop)

    assert (await refused(password("wrong horse", "battery staple")))[1] == "forbidden"
    await password(SECRET, "battery staple")
    assert (await refused(desk.me(phone)))[1] == "unauthenticated"
    assert (await desk.me(laptop)).user == "alice"
    assert (await desk.login("alice", "battery staple")).user.user == "alice"


async def test_people_are_found(desk: Desk) -> None:
    alice = await desk.register("alice")
    for name in ("bob", "bonnie"):
        await desk.register(name)
    metadata = bearing(alice.access_token)
    request = accounts.UsersSearchRequest(query="bo", limit=1)
    page = (await desk.users.Search(request, metadata=metadata)).user_page
    assert ([one.nick for one in page.users], page.HasField("cursor")) == (["bob"], True)
    request.cursor = page.cursor
    page = (await desk.users.Search(request, metadata=metadata)).user_page
    assert ([one.nick for one in page.users], page.HasField("cursor")) == (["bonnie"], False)
    shown = await desk.users.Show(accounts.UsersShowRequest(user=alice.user.id), metadata=metadata)
    assert (shown.public_profile.nick, shown.public_profile.guest) == ("alice", False)
    assert (await refused(desk.users.Search(request)))[1] == "unauthenticated"


async def test_an_account_is_closed_by_who_knows_its_password(place: Place, desk: Desk) -> None:
    alice = bearing((await desk.register("alice")).access_token)
    wrong = accounts.AccountDeactivateRequest(password="wrong horse")
    assert (await refused(desk.account.Deactivate(wrong, metadata=alice)))[1] == "forbidden"
    await desk.account.Deactivate(accounts.AccountDeactivateRequest(password=SECRET), metadata=alice)
    assert (await refused(desk.me(alice)))[1] == "unauthenticated"
    assert (await refused(desk.login("alice")))[0] in (
        grpc.StatusCode.UNAUTHENTICATED,
        grpc.StatusCode.PERMISSION_DENIED,
    )


def test_what_gives_a_document_is_no_call() -> None:
    names = {found.name for kind in SERVICES.values() for found in carried(kind)}
    assert names >= {"register", "login", "refresh", "devices", "erase"}
    assert "export" not in names
