from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuthRegisterResponse(_message.Message):
    __slots__ = ("tokens",)
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    tokens: Tokens
    def __init__(self, tokens: _Optional[_Union[Tokens, _Mapping]] = ...) -> None: ...

class AuthFirstAdminResponse(_message.Message):
    __slots__ = ("tokens",)
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    tokens: Tokens
    def __init__(self, tokens: _Optional[_Union[Tokens, _Mapping]] = ...) -> None: ...

class AuthLoginResponse(_message.Message):
    __slots__ = ("tokens",)
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    tokens: Tokens
    def __init__(self, tokens: _Optional[_Union[Tokens, _Mapping]] = ...) -> None: ...

class AuthRefreshResponse(_message.Message):
    __slots__ = ("tokens",)
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    tokens: Tokens
    def __init__(self, tokens: _Optional[_Union[Tokens, _Mapping]] = ...) -> None: ...

class AuthLogoutResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AuthLogoutAllResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccountShowResponse(_message.Message):
    __slots__ = ("me",)
    ME_FIELD_NUMBER: _ClassVar[int]
    me: Me
    def __init__(self, me: _Optional[_Union[Me, _Mapping]] = ...) -> None: ...

class AccountChangeResponse(_message.Message):
    __slots__ = ("me",)
    ME_FIELD_NUMBER: _ClassVar[int]
    me: Me
    def __init__(self, me: _Optional[_Union[Me, _Mapping]] = ...) -> None: ...

class AccountPasswordResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccountDevicesResponse(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: Devices
    def __init__(self, devices: _Optional[_Union[Devices, _Mapping]] = ...) -> None: ...

class AccountNameDeviceResponse(_message.Message):
    __slots__ = ("device",)
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    device: Device
    def __init__(self, device: _Optional[_Union[Device, _Mapping]] = ...) -> None: ...

class AccountLogOutDeviceResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccountDeactivateResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccountEraseResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UsersSearchResponse(_message.Message):
    __slots__ = ("user_page",)
    USER_PAGE_FIELD_NUMBER: _ClassVar[int]
    user_page: UserPage
    def __init__(self, user_page: _Optional[_Union[UserPage, _Mapping]] = ...) -> None: ...

class UsersShowResponse(_message.Message):
    __slots__ = ("public_profile",)
    PUBLIC_PROFILE_FIELD_NUMBER: _ClassVar[int]
    public_profile: PublicProfile
    def __init__(self, public_profile: _Optional[_Union[PublicProfile, _Mapping]] = ...) -> None: ...

class AuthRegisterRequest(_message.Message):
    __slots__ = ("user", "password", "nick", "device", "invitation")
    USER_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    INVITATION_FIELD_NUMBER: _ClassVar[int]
    user: str
    password: str
    nick: str
    device: str
    invitation: str
    def __init__(self, user: _Optional[str] = ..., password: _Optional[str] = ..., nick: _Optional[str] = ..., device: _Optional[str] = ..., invitation: _Optional[str] = ...) -> None: ...

class Tokens(_message.Message):
    __slots__ = ("user", "access_token", "refresh_token", "token_type", "expires_in")
    USER_FIELD_NUMBER: _ClassVar[int]
    ACCESS_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REFRESH_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOKEN_TYPE_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_IN_FIELD_NUMBER: _ClassVar[int]
    user: Named
    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int
    def __init__(self, user: _Optional[_Union[Named, _Mapping]] = ..., access_token: _Optional[str] = ..., refresh_token: _Optional[str] = ..., token_type: _Optional[str] = ..., expires_in: _Optional[int] = ...) -> None: ...

class Named(_message.Message):
    __slots__ = ("id", "user", "nick")
    ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    id: str
    user: str
    nick: str
    def __init__(self, id: _Optional[str] = ..., user: _Optional[str] = ..., nick: _Optional[str] = ...) -> None: ...

class AuthFirstAdminRequest(_message.Message):
    __slots__ = ("token", "user", "password", "nick", "device")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    token: str
    user: str
    password: str
    nick: str
    device: str
    def __init__(self, token: _Optional[str] = ..., user: _Optional[str] = ..., password: _Optional[str] = ..., nick: _Optional[str] = ..., device: _Optional[str] = ...) -> None: ...

class AuthLoginRequest(_message.Message):
    __slots__ = ("user", "password", "device")
    USER_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    user: str
    password: str
    device: str
    def __init__(self, user: _Optional[str] = ..., password: _Optional[str] = ..., device: _Optional[str] = ...) -> None: ...

class AuthRefreshRequest(_message.Message):
    __slots__ = ("refresh_token",)
    REFRESH_TOKEN_FIELD_NUMBER: _ClassVar[int]
    refresh_token: str
    def __init__(self, refresh_token: _Optional[str] = ...) -> None: ...

class AuthLogoutRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AuthLogoutAllRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccountShowRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Me(_message.Message):
    __slots__ = ("id", "user", "nick", "kind", "admin", "bio", "avatar", "locale", "created")
    ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ADMIN_FIELD_NUMBER: _ClassVar[int]
    BIO_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    id: str
    user: str
    nick: str
    kind: str
    admin: bool
    bio: str
    avatar: str
    locale: str
    created: int
    def __init__(self, id: _Optional[str] = ..., user: _Optional[str] = ..., nick: _Optional[str] = ..., kind: _Optional[str] = ..., admin: _Optional[bool] = ..., bio: _Optional[str] = ..., avatar: _Optional[str] = ..., locale: _Optional[str] = ..., created: _Optional[int] = ...) -> None: ...

class AccountChangeRequest(_message.Message):
    __slots__ = ("nick", "bio", "avatar", "locale")
    NICK_FIELD_NUMBER: _ClassVar[int]
    BIO_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    nick: str
    bio: str
    avatar: str
    locale: str
    def __init__(self, nick: _Optional[str] = ..., bio: _Optional[str] = ..., avatar: _Optional[str] = ..., locale: _Optional[str] = ...) -> None: ...

class AccountPasswordRequest(_message.Message):
    __slots__ = ("old", "new")
    OLD_FIELD_NUMBER: _ClassVar[int]
    NEW_FIELD_NUMBER: _ClassVar[int]
    old: str
    new: str
    def __init__(self, old: _Optional[str] = ..., new: _Optional[str] = ...) -> None: ...

class AccountDevicesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Devices(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[Device]
    def __init__(self, devices: _Optional[_Iterable[_Union[Device, _Mapping]]] = ...) -> None: ...

class Device(_message.Message):
    __slots__ = ("id", "device", "created", "seen", "address", "current")
    ID_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    SEEN_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    CURRENT_FIELD_NUMBER: _ClassVar[int]
    id: str
    device: str
    created: int
    seen: int
    address: str
    current: bool
    def __init__(self, id: _Optional[str] = ..., device: _Optional[str] = ..., created: _Optional[int] = ..., seen: _Optional[int] = ..., address: _Optional[str] = ..., current: _Optional[bool] = ...) -> None: ...

class AccountNameDeviceRequest(_message.Message):
    __slots__ = ("device",)
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    device: str
    def __init__(self, device: _Optional[str] = ...) -> None: ...

class AccountLogOutDeviceRequest(_message.Message):
    __slots__ = ("login",)
    LOGIN_FIELD_NUMBER: _ClassVar[int]
    login: str
    def __init__(self, login: _Optional[str] = ...) -> None: ...

class AccountDeactivateRequest(_message.Message):
    __slots__ = ("password",)
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    password: str
    def __init__(self, password: _Optional[str] = ...) -> None: ...

class AccountEraseRequest(_message.Message):
    __slots__ = ("password",)
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    password: str
    def __init__(self, password: _Optional[str] = ...) -> None: ...

class UsersSearchRequest(_message.Message):
    __slots__ = ("query", "cursor", "limit")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    query: str
    cursor: str
    limit: int
    def __init__(self, query: _Optional[str] = ..., cursor: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class UserPage(_message.Message):
    __slots__ = ("users", "cursor")
    USERS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    users: _containers.RepeatedCompositeFieldContainer[PublicProfile]
    cursor: str
    def __init__(self, users: _Optional[_Iterable[_Union[PublicProfile, _Mapping]]] = ..., cursor: _Optional[str] = ...) -> None: ...

class PublicProfile(_message.Message):
    __slots__ = ("id", "nick", "guest", "kind", "bio", "avatar")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    GUEST_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    BIO_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    guest: bool
    kind: str
    bio: str
    avatar: str
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., guest: _Optional[bool] = ..., kind: _Optional[str] = ..., bio: _Optional[str] = ..., avatar: _Optional[str] = ...) -> None: ...

class UsersShowRequest(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: str
    def __init__(self, user: _Optional[str] = ...) -> None: ...
