"""The engine's settings: behaviour.md's numbers, declared once."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from teahouse.model.gcra import Rate


class ModerationOptions(Struct, frozen=True, kw_only=True):
    """The word filter: what may not be said, is masked, or is reported to the administrators."""

    words: Annotated[
        tuple[str, ...],
        Meta(
            description="Words; a prefix `refuse:`, `mask:` or `flag:` says what becomes of one. `*` before or after "
            "a word: also within others."
        ),
    ] = ()
    words_file: Annotated[str, Meta(description="A file with more of them, one a line.")] = ""
    action: Annotated[
        Literal["refuse", "mask", "flag"], Meta(description="What becomes of words that do not say.")
    ] = "refuse"


class EngineOptions(Struct, frozen=True, kw_only=True):
    """How conversations and sessions behave."""

    guests: Annotated[bool, Meta(description="Let people in by nickname alone.")] = True
    heartbeat_s: Annotated[
        int, Meta(ge=1, description="Seconds of silence after which a client is asked.")
    ] = 30
    silence_s: Annotated[int, Meta(ge=2, description="Seconds of silence after which a session is cut.")] = 75
    offline_after_s: Annotated[
        float, Meta(ge=0, description="Seconds a user may be away before others see them offline.")
    ] = 10.0
    text_bytes: Annotated[int, Meta(ge=1, description="Largest text of a message, bytes of UTF-8.")] = 16384
    content_bytes: Annotated[
        int, Meta(ge=1024, description="Largest stored body of a message, bytes of JSON.")
    ] = 49152
    edit_window_s: Annotated[int, Meta(ge=0, description="Seconds an author may edit a message.")] = 86400
    recall_window_s: Annotated[int, Meta(ge=0, description="Seconds an author may recall a message.")] = 120
    retention_days: Annotated[
        int,
        Meta(
            ge=0,
            le=36_500,
            description="After so many days what was said is erased, files with it, and tombstones stay. 0: it stays "
            "for ever.",
        ),
    ] = 0
    key_days: Annotated[int, Meta(ge=1, description="Days an idempotency key (cid) is kept.")] = 7
    group_limit: Annotated[int, Meta(ge=2, le=100_000, description="Members of a new group.")] = 500
    large_group: Annotated[
        int,
        Meta(
            ge=2, description="From so many members on, no typing, no presence, no coming and going is told."
        ),
    ] = 500
    receipts_limit: Annotated[
        int, Meta(ge=2, description="Up to so many members, receipts tell who has read.")
    ] = 200
    presence_audience: Annotated[
        int, Meta(ge=0, description="Conversations with more live sessions are not told of presence.")
    ] = 200
    pins: Annotated[int, Meta(ge=1, le=200, description="Messages pinned in one conversation.")] = 100
    push_after_s: Annotated[
        float,
        Meta(
            ge=0,
            description="Seconds a message is unread before devices of somebody who is here are woken up.",
        ),
    ] = 15.0
    push_devices: Annotated[int, Meta(ge=1, le=100, description="Devices of one user that are woken up.")] = (
        20
    )
    push_rate: Annotated[
        float, Meta(ge=0, description="Users a second that one conversation wakes up; 0: no limit.")
    ] = 200.0
    job_attempts: Annotated[
        int, Meta(ge=1, description="Times a job is tried before it becomes a dead letter.")
    ] = 8
    streams: Annotated[int, Meta(ge=1, description="Streams a bot may have open at once.")] = 8
    stream_silence_s: Annotated[
        float, Meta(gt=0, description="Seconds after which a stream nobody adds to is ended.")
    ] = 60.0
    store_timeout_s: Annotated[
        float, Meta(gt=0, description="Seconds after which a send that is not stored answers unavailable.")
    ] = 5.0
    trust_s: Annotated[
        float,
        Meta(
            gt=0,
            description="With several nodes: seconds a node that does not hear the others trusts what it keeps.",
        ),
    ] = 2.0
    look_s: Annotated[
        float,
        Meta(
            gt=0,
            description="With several nodes: seconds between looks for entries that no other node told of.",
        ),
    ] = 30.0
    store_queue: Annotated[
        int, Meta(ge=1, description="Sends waiting for the store before more are refused.")
    ] = 50_000
    catch_up: Annotated[
        int, Meta(ge=1, description="A session further behind is told to sync instead of being sent all.")
    ] = 10_000
    page: Annotated[int, Meta(ge=1, le=1000, description="Entries read at once for a session behind.")] = 200
    in_flight: Annotated[
        int, Meta(ge=1, description="Commands a session may have unanswered before it is not read.")
    ] = 256
    join_requests: Annotated[
        int, Meta(ge=1, description="Requests to join that may wait in one conversation.")
    ] = 1000
    join_request_days: Annotated[int, Meta(ge=1, description="Days a request to join waits.")] = 14
    reports_per_h: Annotated[
        float, Meta(ge=0, description="Reports, and requests to join, an hour of one user; 0: any.")
    ] = 20.0
    cached_members: Annotated[
        int, Meta(ge=1000, description="Members of all conversations that are kept in memory.")
    ] = 2_000_000
    cached_conversations: Annotated[
        int, Meta(ge=16, description="Conversations whose members are kept in memory.")
    ] = 20_000
    commands_per_s: Annotated[
        float, Meta(ge=0, description="Commands a second of one connection; 0: no limit.")
    ] = 100.0
    commands_burst: Annotated[int, Meta(ge=1, description="Commands of one connection at once.")] = 500
    sends_per_s: Annotated[
        float, Meta(ge=0, description="Sends a second of one user, over all connections; 0: no limit.")
    ] = 50.0
    sends_burst: Annotated[int, Meta(ge=1, description="Sends of one user at once.")] = 300
    posts_per_s: Annotated[
        float, Meta(ge=0, description="Messages a second by one incoming webhook; 0: no limit.")
    ] = 5.0
    posts_burst: Annotated[int, Meta(ge=1, description="Messages by one incoming webhook at once.")] = 60

    guests_per_min: Annotated[
        float, Meta(ge=0, description="New guests a minute from one address other than loopback; 0: any.")
    ] = 60.0
    guests_burst: Annotated[int, Meta(ge=1, description="New guests from one address at once.")] = 200

    @property
    def guest_rate(self) -> Rate:
        return Rate(self.guests_per_min / 60, self.guests_burst)

    @property
    def command_rate(self) -> Rate:
        return Rate(self.commands_per_s, self.commands_burst)

    @property
    def rare_rate(self) -> Rate:
        return Rate(self.reports_per_h / 3600, 20)

    @property
    def post_rate(self) -> Rate:
        return Rate(self.posts_per_s, self.posts_burst)

    @property
    def send_rate(self) -> Rate:
        return Rate(self.sends_per_s, self.sends_burst)


class ReviewOptions(Struct, frozen=True, kw_only=True):
    """The review of what is said, by a service of yours, before it is stored. See docs/how-to/webhooks.md."""

    url: Annotated[
        str, Meta(description="Whom to ask: an http or https address, which may be private; empty: nobody.")
    ] = ""
    secret: Annotated[str, Meta(description="What questions are signed with.", extra={"secret": True})] = ""
    timeout_ms: Annotated[int, Meta(ge=10, le=3000, description="Milliseconds an answer may take.")] = 500
    fail: Annotated[
        Literal["open", "closed"],
        Meta(description="What could not be reviewed is said all the same (open), or refused (closed)."),
    ] = "open"
    kinds: Annotated[tuple[Literal["message", "edit"], ...], Meta(description="What is reviewed.")] = (
        "message",
        "edit",
    )
    conversations: Annotated[
        tuple[str, ...], Meta(description="Ids of conversations in which it is; none: all but direct ones.")
    ] = ()
    direct: Annotated[bool, Meta(description="Review direct conversations, too, where none are named.")] = (
        False
    )
    requests: Annotated[int, Meta(ge=1, le=1000, description="Questions at once; others wait.")] = 64

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError("review.url must be an http or https address")
        if self.url and not self.secret:
            raise ValueError("review.url needs a review.secret, so that whoever is asked can know who asks")


class OutgoingOptions(Struct, frozen=True, kw_only=True):
    """Outgoing webhooks: addresses of others that are told what happens."""

    enabled: Annotated[bool, Meta(description="Let there be outgoing webhooks.")] = True
    by_owners: Annotated[
        bool,
        Meta(
            description="Owners and admins of conversations may make them; else only administrators of the server."
        ),
    ] = True
    http: Annotated[
        bool, Meta(description="Allow addresses with http, which anybody on the way can read.")
    ] = False
    allow_private: Annotated[
        bool,
        Meta(
            description="Call private addresses and those of this machine, too. Whoever may make a webhook can then "
            "reach what only this machine should."
        ),
    ] = False
    ports: Annotated[tuple[int, ...], Meta(description="Ports that are called; none: any.")] = ()
    timeout_s: Annotated[float, Meta(gt=0, le=10, description="Seconds a delivery may take.")] = 10.0
    tries: Annotated[
        int, Meta(ge=1, le=50, description="Times a delivery is tried before it becomes a dead letter.")
    ] = 12
    first_pause_s: Annotated[
        float,
        Meta(
            gt=0, le=60, description="Seconds before the second try; twice as long before each further one."
        ),
    ] = 1.0
    longest_pause_s: Annotated[float, Meta(gt=0, le=86_400, description="The longest of these.")] = 3600.0
    pause_after_days: Annotated[
        float, Meta(gt=0, description="Days in which no delivery worked before a webhook is paused.")
    ] = 3.0


class PreviewOptions(Struct, frozen=True, kw_only=True):
    """Previews of links. The server calls the page, so its owner learns the server's address, never the reader's."""

    enabled: Annotated[bool, Meta(description="Give previews of links.")] = True
    timeout_s: Annotated[float, Meta(gt=0, le=60, description="Seconds a page may take.")] = 5.0
    bytes: Annotated[int, Meta(ge=1024, le=2**23, description="So much of a page is read.")] = 524_288
    redirects: Annotated[int, Meta(ge=0, le=10, description="Redirects that are followed.")] = 3
    cached: Annotated[int, Meta(ge=1, description="Previews that are kept in memory.")] = 2000
    cached_s: Annotated[int, Meta(ge=1, description="Seconds a preview is kept.")] = 3600
    waiting: Annotated[
        int, Meta(ge=1, description="Pages that may be on their way before more are refused.")
    ] = 128
    per_minute: Annotated[float, Meta(ge=0, description="Previews a minute of one user; 0: no limit.")] = 30.0
    burst: Annotated[int, Meta(ge=1, description="Previews of one user at once.")] = 20
    image_bytes: Annotated[
        int, Meta(ge=1024, le=2**24, description="Largest picture of a link that is shown.")
    ] = 2_097_152
    cached_image_bytes: Annotated[
        int, Meta(ge=0, description="Bytes of all pictures of links that are kept in memory.")
    ] = 33_554_432
    images_per_minute: Annotated[
        float, Meta(ge=0, description="Pictures of links a minute of one user; 0: no limit.")
    ] = 120.0
    images_burst: Annotated[int, Meta(ge=1, description="Pictures of links of one user at once.")] = 60

    @property
    def picture_rate(self) -> Rate:
        return Rate(self.images_per_minute / 60, self.images_burst)

    @property
    def rate(self) -> Rate:
        return Rate(self.per_minute / 60, self.burst)
