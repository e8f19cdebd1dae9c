"""Oneself over REST: profile, devices, password, and taking one's leave."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.responses import StreamingResponse

from teahouse.gateways.rest.auth import DeviceName, NewPassword, Nick, Password
from teahouse.gateways.rest.belongings import OwnFile, OwnPushDevice, OwnSchedule
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.identity.accounts import Accounts
from teahouse.identity.erasure import Erasure
from teahouse.identity.logins import Logins
from teahouse.model.accounts import Account, AccountChange, Login
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.model.push import Notifications
from teahouse.model.relations import Block, Contact
from teahouse.model.results import Result, View
from teahouse.ports.directory import Directory
from teahouse.wire.json import encode

Bio = Annotated[str, Meta(max_length=500)]
FileId = Annotated[str, Meta(max_length=80, description="The id of a file; empty for none.")]
Locale = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$",
        description="A language tag (BCP 47); empty for none.",
    ),
]
LoginId = Annotated[str, Meta(min_length=1, max_length=80)]


class Me(Result, frozen=True, omit_defaults=False):
    """One's own account. `user` is what one logs in with; others are not told."""

    id: str
    user: str
    nick: str
    kind: str
    admin: bool
    bio: str
    avatar: str
    locale: str
    created: int


class Profile(Struct, frozen=True):
    """What is left out stays as it is."""

    nick: Nick | UnsetType = UNSET
    bio: Bio | UnsetType = UNSET
    avatar: FileId | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET


class Device(Result, frozen=True, omit_defaults=False):
    """A device that is logged in. `seen` and `address`: when and from where it got its latest tokens. `current`: the
    one that asks."""

    id: str
    device: str
    created: int
    seen: int
    address: str
    current: bool


class Devices(Result, frozen=True, omit_defaults=False):
    devices: tuple[Device, ...]


class Export(Result, frozen=True, omit_defaults=False):
    """`conversations` are the ids of those one is in."""

    account: Me
    devices: tuple[Device, ...]
    conversations: tuple[str, ...]
    contacts: tuple[Contact, ...]
    blocks: tuple[Block, ...]
    files: tuple[OwnFile, ...]
    schedules: tuple[OwnSchedule, ...]
    push_devices: tuple[OwnPushDevice, ...]
    notifications: Notifications
    entries: tuple[View, ...]


class NewDevice(Struct, frozen=True):
    device: DeviceName


class PasswordChange(Struct, frozen=True):
    old: Password
    new: NewPassword


class Confirmation(Struct, frozen=True):
    """The password, again: a token that was left lying about is not enough for this."""

    password: Password


class OwnAccount:
    """`belongings` gives what else is kept of a user, by the name of the field in their export; `picture` refuses what
    may not be an avatar."""

    def __init__(
        self,
        accounts: Accounts,
        logins: Logins,
        erasure: Erasure,
        directory: Directory,
        belongings: Callable[[str], Awaitable[dict[str, object]]],
        picture: Callable[[User, str], Awaitable[None]],
    ) -> None:
        self._accounts = accounts
        self._logins = logins
        self._erasure = erasure
        self._directory = directory
        self._belongings = belongings
        self._picture = picture

    @operation("GET /users/me")
    async def show(self, call: Call) -> Me:
        """One's own account."""
        return _me(await self._accounts.find(call.user))

    @operation(
        "PATCH /users/me",
        refuses=(Code.CONFLICT, Code.NOT_FOUND),
        example={"nick": "Alice", "bio": "Oolong, mostly."},
    )
    async def change(self, call: Call, body: Profile) -> Me:
        """Change one's profile. A nick that somebody has is `conflict`.

        `avatar` is a picture one uploaded; one that is not there, or somebody else's, is `not_found`.
        """
        if body.avatar is not UNSET:
            await self._picture(call.caller.user, body.avatar)
        change = AccountChange(
            nick=self._accounts.nick(body.nick) if body.nick is not UNSET else UNSET,
            bio=body.bio,
            avatar=body.avatar,
            locale=body.locale,
        )
        return _me(await self._accounts.change(call.user, change))

    @operation(
        "POST /users/me/password",
        204,
        audited="account.password",
        example={"old": "correct horse", "new": "battery staple"},
    )
    async def password(self, call: Call, body: PasswordChange) -> None:
        """Change one's password; all other devices are logged out. A wrong old one is `forbidden`."""
        account = await self._accounts.confirm(call.caller, body.old, call.address)
        await self._accounts.set_password(account, body.new, but=call.caller.grant)

    @operation("GET /users/me/devices")
    async def devices(self, call: Call) -> Devices:
        """The devices one is logged in with, the oldest login first."""
        logins = await self._logins.of(call.user)
        return Devices(tuple(_device(login, call) for login in logins))

    @operation("POST /users/me/devices", refuses=(Code.NOT_FOUND,), example={"device": "phone"})
    async def name_device(self, call: Call, body: NewDevice) -> Device:
        """Give the device that asks a name. It became one by logging in."""
        return _device(await self._logins.rename(call.user, call.caller.grant, body.device), call)

    @operation("DELETE /users/me/devices/{login}", 204, audited="login.ended")
    async def log_out_device(self, call: Call, login: LoginId) -> None:
        """Log a device out, by its `id`; its live connections end."""
        if not await self._logins.end(call.user, [login]):
            raise Problem(Code.NOT_FOUND, "no device of yours has this id")

    @operation(
        "POST /users/me/deactivate", 204, audited="account.disabled", example={"password": "correct horse"}
    )
    async def deactivate(self, call: Call, body: Confirmation) -> None:
        """Close one's account: nobody can log in to it until an administrator opens it again. Nothing is erased."""
        await self._accounts.disable(await self._accounts.confirm(call.caller, body.password, call.address))

    @operation("DELETE /users/me", 204, audited="account.erased", example={"password": "correct horse"})
    async def erase(self, call: Call, body: Confirmation) -> None:
        """Erase oneself, for good.

        One is logged out everywhere at once. Then what one wrote is erased, tombstones stay in its place; the account
        and its name go, and where one was, `deleted` is seen.
        """
        await self._erasure.begin(await self._accounts.confirm(call.caller, body.password, call.address))

    @operation("GET /users/me/export", audited="account.exported")
    async def export(self, call: Call) -> Export | StreamingResponse:
        """Everything that is kept of oneself, as one JSON document: account, devices, conversations, contacts, blocks,
        files, schedules, and all entries one wrote."""
        account = await self._accounts.find(call.user)
        devices = [_device(login, call) for login in await self._logins.of(call.user)]
        memberships = await self._directory.memberships(call.user)
        providers = await self._accounts.subjects(call.user)
        head = {
            "account": _me(account),
            "devices": devices,
            "providers": providers,
            "conversations": memberships,
            **await self._belongings(call.user),
        }
        headers = {
            "Content-Disposition": 'attachment; filename="teahouse-export.json"',
            "Cache-Control": "no-store",
        }
        return StreamingResponse(self._document(call.user, head), 200, headers, "application/json")

    async def _document(self, user: str, head: dict[str, object]) -> AsyncIterator[bytes]:
        yield encode(head)[:-1] + b',"entries":['
        before = b""
        async for entries in self._erasure.written(user):
            yield before + b",".join(encode(View(entry, own=True)) for entry in entries)
            before = b","
        yield b"]}"


def _me(account: Account) -> Me:
    return Me(
        account.id,
        account.name,
        account.nick,
        account.kind,
        account.admin,
        account.bio,
        account.avatar,
        account.locale,
        account.created,
    )


def _device(login: Login, call: Call) -> Device:
    current = login.id == call.caller.grant
    return Device(login.id, login.device, login.created, login.seen, login.address, current)
