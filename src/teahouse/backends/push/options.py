"""The settings of push, declared once. Light to import: the command line reads it."""

from typing import Annotated

from msgspec import Meta, Struct

Address = Annotated[str, Meta(pattern=r"^https://[^/\s]+$")]


class PushOptions(Struct, frozen=True, kw_only=True):
    """Waking up devices whose users do not look. Web Push needs nothing but `contact`; FCM and APNs need an account."""

    enabled: Annotated[bool, Meta(description="Wake up devices that are registered for it.")] = True
    contact: Annotated[
        str,
        Meta(
            pattern=r"^(mailto:\S+@\S+|https://\S+)?$",
            description="Whom push services of browsers may write to, as mailto:admin@example.org or an https "
            "address; empty: http.public_url. Some of them take nothing without it.",
        ),
    ] = ""
    vapid_key: Annotated[
        str,
        Meta(
            description="The private key for Web Push (VAPID), 32 bytes as base64url; empty: one is made at the first "
            "start and kept in vapid.json. Browsers that subscribed with another key have to do so again.",
            extra={"secret": True},
        ),
    ] = ""
    fcm_credentials: Annotated[
        str, Meta(description="The JSON file of a Google service account, for FCM; empty: no FCM.")
    ] = ""
    fcm_url: Annotated[Address, Meta(description="Where FCM is.")] = "https://fcm.googleapis.com"
    apns_key: Annotated[
        str, Meta(description="The .p8 file of a signing key of Apple, for APNs; empty: no APNs.")
    ] = ""
    apns_key_id: Annotated[str, Meta(description="The key's id, ten characters.")] = ""
    apns_team_id: Annotated[str, Meta(description="The id of the team it belongs to.")] = ""
    apns_topic: Annotated[
        str, Meta(description="The bundle id of the app, for devices that do not say another.")
    ] = ""
    apns_url: Annotated[Address, Meta(description="Where APNs is.")] = "https://api.push.apple.com"
    apns_sandbox_url: Annotated[Address, Meta(description="Where APNs is for apps under development.")] = (
        "https://api.sandbox.push.apple.com"
    )
    timeout_s: Annotated[float, Meta(gt=0, le=20, description="Seconds one notification may take.")] = 10.0
    connections: Annotated[
        int, Meta(ge=1, le=1000, description="Connections to all push services of one kind at once.")
    ] = 32
    ttl_s: Annotated[
        int,
        Meta(
            ge=0, le=2_419_200, description="Seconds a service keeps a notification for a device that is off."
        ),
    ] = 86_400
    allow_private: Annotated[
        bool,
        Meta(
            description="Call services at private addresses and any port, too. Whoever may register a browser can "
            "then have the server call what only the server should reach: for tests."
        ),
    ] = False
    ca_file: Annotated[
        str,
        Meta(description="PEM file with certificates that are trusted beside the usual ones; empty: none."),
    ] = ""
