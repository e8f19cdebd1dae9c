"""The settings of accounts, passwords and tokens, declared once."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

HS256_BYTES = 32
SHORTEST_PASSWORD = 8


class IdentityOptions(Struct, frozen=True, kw_only=True):
    """Accounts, passwords and tokens."""

    registration: Annotated[
        Literal["open", "invite", "off"],
        Meta(
            description="Who may make an account: anybody, whoever has an invitation of an administrator, or "
            "nobody. Administrators always may, with `teahouse user add`."
        ),
    ] = "open"
    password_length: Annotated[
        int, Meta(ge=SHORTEST_PASSWORD, le=128, description="Characters a password has at least.")
    ] = SHORTEST_PASSWORD
    algorithm: Annotated[
        Literal["EdDSA", "HS256"],
        Meta(
            description="How access tokens are signed. EdDSA: with keys made in the data directory, whose public "
            "halves are at /.well-known/jwks.json; HS256: with identity.secret."
        ),
    ] = "EdDSA"
    secret: Annotated[
        str,
        Meta(
            description="The secret of HS256, 32 bytes at least; not used with EdDSA.", extra={"secret": True}
        ),
    ] = ""
    sealing_key: Annotated[
        str,
        Meta(
            description="With it what the server keeps secret (the keys of access tokens and of push) is sealed "
            "in the store, so that a copy of the store lets nobody sign. 32 bytes at least; the same on all nodes; "
            "without it again they are lost. Empty: not sealed.",
            extra={"secret": True},
        ),
    ] = ""
    issuer: Annotated[str, Meta(min_length=1, description="Who issues tokens, their `iss`.")] = "teahouse"
    access_s: Annotated[int, Meta(ge=10, le=86_400, description="Seconds an access token lasts.")] = 900
    refresh_days: Annotated[
        int, Meta(ge=1, le=3650, description="Days a device stays logged in without refreshing its tokens.")
    ] = 30
    refresh_grace_s: Annotated[
        int,
        Meta(
            ge=0,
            le=300,
            description="Seconds in which a refresh token that was used gives the same answer again, for clients "
            "that lose answers. After that, and with 0 at once, its use logs the device out.",
        ),
    ] = 0
    key_days: Annotated[int, Meta(ge=1, description="Days after which a new key signs.")] = 90
    cached_tokens: Annotated[
        int, Meta(ge=16, description="Access tokens that were verified and are kept in memory.")
    ] = 20_000
    hash_memory_kib: Annotated[
        int, Meta(ge=8192, le=1_048_576, description="Memory of one password hash (argon2id), KiB.")
    ] = 19_456
    hash_passes: Annotated[int, Meta(ge=1, le=20, description="Passes of one password hash.")] = 2
    hash_threads: Annotated[
        int,
        Meta(
            ge=0,
            le=64,
            description="Threads that hash passwords, below everything else in priority; 0: one less than there are "
            "processors, at least one and at most four.",
        ),
    ] = 0
    hash_queue: Annotated[
        int, Meta(ge=1, description="Passwords that may wait to be hashed before more are refused.")
    ] = 64
    failures_per_min: Annotated[
        float,
        Meta(ge=0, description="Wrong passwords a minute for one user from one address; 0: no limit."),
    ] = 6.0
    failures_burst: Annotated[int, Meta(ge=1, description="Wrong passwords of those at once.")] = 10
    address_failures_per_min: Annotated[
        float, Meta(ge=0, description="Wrong passwords a minute from one address; 0: no limit.")
    ] = 60.0
    registrations_per_min: Annotated[
        float, Meta(ge=0, description="New accounts a minute from one address; 0: no limit.")
    ] = 10.0
    registrations_burst: Annotated[int, Meta(ge=1, description="New accounts of those at once.")] = 30
    address_failures_burst: Annotated[int, Meta(ge=1, description="Wrong passwords of those at once.")] = 100

    def __post_init__(self) -> None:
        if self.sealing_key and len(self.sealing_key.encode()) < HS256_BYTES:
            raise ValueError(f"identity.sealing_key must have {HS256_BYTES} bytes")
        if self.algorithm == "HS256" and len(self.secret.encode()) < HS256_BYTES:
            raise ValueError(f"identity.algorithm = HS256 needs an identity.secret of {HS256_BYTES} bytes")
