from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClientFrame(_message.Message):
    __slots__ = ("id", "hello", "ping", "send", "edit", "recall", "react", "read", "delivered", "typing", "history", "search", "sync", "online", "conversations", "create", "join", "leave", "invite", "kick", "role", "mute", "pin", "archive", "members", "presence", "pins", "readers", "receipts", "hide", "clear", "expire", "preferences", "schedules", "reschedule", "cancel", "stream", "conversation", "update", "dissolve", "ban", "unban", "bans", "link", "links", "unlink", "preview", "requests", "approve", "reject", "block", "unblock", "blocks", "contact", "contacts", "report", "slash")
    ID_FIELD_NUMBER: _ClassVar[int]
    HELLO_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    SEND_FIELD_NUMBER: _ClassVar[int]
    EDIT_FIELD_NUMBER: _ClassVar[int]
    RECALL_FIELD_NUMBER: _ClassVar[int]
    REACT_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    TYPING_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    SEARCH_FIELD_NUMBER: _ClassVar[int]
    SYNC_FIELD_NUMBER: _ClassVar[int]
    ONLINE_FIELD_NUMBER: _ClassVar[int]
    CONVERSATIONS_FIELD_NUMBER: _ClassVar[int]
    CREATE_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    LEAVE_FIELD_NUMBER: _ClassVar[int]
    INVITE_FIELD_NUMBER: _ClassVar[int]
    KICK_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    MUTE_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    ARCHIVE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    PINS_FIELD_NUMBER: _ClassVar[int]
    READERS_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    HIDE_FIELD_NUMBER: _ClassVar[int]
    CLEAR_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_FIELD_NUMBER: _ClassVar[int]
    PREFERENCES_FIELD_NUMBER: _ClassVar[int]
    SCHEDULES_FIELD_NUMBER: _ClassVar[int]
    RESCHEDULE_FIELD_NUMBER: _ClassVar[int]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    DISSOLVE_FIELD_NUMBER: _ClassVar[int]
    BAN_FIELD_NUMBER: _ClassVar[int]
    UNBAN_FIELD_NUMBER: _ClassVar[int]
    BANS_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    UNLINK_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    APPROVE_FIELD_NUMBER: _ClassVar[int]
    REJECT_FIELD_NUMBER: _ClassVar[int]
    BLOCK_FIELD_NUMBER: _ClassVar[int]
    UNBLOCK_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    SLASH_FIELD_NUMBER: _ClassVar[int]
    id: str
    hello: HelloRequest
    ping: PingRequest
    send: SendRequest
    edit: EditRequest
    recall: RecallRequest
    react: ReactRequest
    read: ReadRequest
    delivered: DeliveredRequest
    typing: TypingRequest
    history: HistoryRequest
    search: SearchRequest
    sync: SyncRequest
    online: OnlineRequest
    conversations: ConversationsRequest
    create: CreateRequest
    join: JoinRequest
    leave: LeaveRequest
    invite: InviteRequest
    kick: KickRequest
    role: RoleRequest
    mute: MuteRequest
    pin: PinRequest
    archive: ArchiveRequest
    members: MembersRequest
    presence: PresenceRequest
    pins: PinsRequest
    readers: ReadersRequest
    receipts: ReceiptsRequest
    hide: HideRequest
    clear: ClearRequest
    expire: ExpireRequest
    preferences: PreferencesRequest
    schedules: SchedulesRequest
    reschedule: RescheduleRequest
    cancel: CancelRequest
    stream: StreamRequest
    conversation: ConversationRequest
    update: UpdateRequest
    dissolve: DissolveRequest
    ban: BanRequest
    unban: UnbanRequest
    bans: BansRequest
    link: LinkRequest
    links: LinksRequest
    unlink: UnlinkRequest
    preview: PreviewRequest
    requests: RequestsRequest
    approve: ApproveRequest
    reject: RejectRequest
    block: BlockRequest
    unblock: UnblockRequest
    blocks: BlocksRequest
    contact: ContactRequest
    contacts: ContactsRequest
    report: ReportRequest
    slash: SlashRequest
    def __init__(self, id: _Optional[str] = ..., hello: _Optional[_Union[HelloRequest, _Mapping]] = ..., ping: _Optional[_Union[PingRequest, _Mapping]] = ..., send: _Optional[_Union[SendRequest, _Mapping]] = ..., edit: _Optional[_Union[EditRequest, _Mapping]] = ..., recall: _Optional[_Union[RecallRequest, _Mapping]] = ..., react: _Optional[_Union[ReactRequest, _Mapping]] = ..., read: _Optional[_Union[ReadRequest, _Mapping]] = ..., delivered: _Optional[_Union[DeliveredRequest, _Mapping]] = ..., typing: _Optional[_Union[TypingRequest, _Mapping]] = ..., history: _Optional[_Union[HistoryRequest, _Mapping]] = ..., search: _Optional[_Union[SearchRequest, _Mapping]] = ..., sync: _Optional[_Union[SyncRequest, _Mapping]] = ..., online: _Optional[_Union[OnlineRequest, _Mapping]] = ..., conversations: _Optional[_Union[ConversationsRequest, _Mapping]] = ..., create: _Optional[_Union[CreateRequest, _Mapping]] = ..., join: _Optional[_Union[JoinRequest, _Mapping]] = ..., leave: _Optional[_Union[LeaveRequest, _Mapping]] = ..., invite: _Optional[_Union[InviteRequest, _Mapping]] = ..., kick: _Optional[_Union[KickRequest, _Mapping]] = ..., role: _Optional[_Union[RoleRequest, _Mapping]] = ..., mute: _Optional[_Union[MuteRequest, _Mapping]] = ..., pin: _Optional[_Union[PinRequest, _Mapping]] = ..., archive: _Optional[_Union[ArchiveRequest, _Mapping]] = ..., members: _Optional[_Union[MembersRequest, _Mapping]] = ..., presence: _Optional[_Union[PresenceRequest, _Mapping]] = ..., pins: _Optional[_Union[PinsRequest, _Mapping]] = ..., readers: _Optional[_Union[ReadersRequest, _Mapping]] = ..., receipts: _Optional[_Union[ReceiptsRequest, _Mapping]] = ..., hide: _Optional[_Union[HideRequest, _Mapping]] = ..., clear: _Optional[_Union[ClearRequest, _Mapping]] = ..., expire: _Optional[_Union[ExpireRequest, _Mapping]] = ..., preferences: _Optional[_Union[PreferencesRequest, _Mapping]] = ..., schedules: _Optional[_Union[SchedulesRequest, _Mapping]] = ..., reschedule: _Optional[_Union[RescheduleRequest, _Mapping]] = ..., cancel: _Optional[_Union[CancelRequest, _Mapping]] = ..., stream: _Optional[_Union[StreamRequest, _Mapping]] = ..., conversation: _Optional[_Union[ConversationRequest, _Mapping]] = ..., update: _Optional[_Union[UpdateRequest, _Mapping]] = ..., dissolve: _Optional[_Union[DissolveRequest, _Mapping]] = ..., ban: _Optional[_Union[BanRequest, _Mapping]] = ..., unban: _Optional[_Union[UnbanRequest, _Mapping]] = ..., bans: _Optional[_Union[BansRequest, _Mapping]] = ..., link: _Optional[_Union[LinkRequest, _Mapping]] = ..., links: _Optional[_Union[LinksRequest, _Mapping]] = ..., unlink: _Optional[_Union[UnlinkRequest, _Mapping]] = ..., preview: _Optional[_Union[PreviewRequest, _Mapping]] = ..., requests: _Optional[_Union[RequestsRequest, _Mapping]] = ..., approve: _Optional[_Union[ApproveRequest, _Mapping]] = ..., reject: _Optional[_Union[RejectRequest, _Mapping]] = ..., block: _Optional[_Union[BlockRequest, _Mapping]] = ..., unblock: _Optional[_Union[UnblockRequest, _Mapping]] = ..., blocks: _Optional[_Union[BlocksRequest, _Mapping]] = ..., contact: _Optional[_Union[ContactRequest, _Mapping]] = ..., contacts: _Optional[_Union[ContactsRequest, _Mapping]] = ..., report: _Optional[_Union[ReportRequest, _Mapping]] = ..., slash: _Optional[_Union[SlashRequest, _Mapping]] = ...) -> None: ...

class EventBatch(_message.Message):
    __slots__ = ("frames",)
    FRAMES_FIELD_NUMBER: _ClassVar[int]
    frames: _containers.RepeatedCompositeFieldContainer[ServerFrame]
    def __init__(self, frames: _Optional[_Iterable[_Union[ServerFrame, _Mapping]]] = ...) -> None: ...

class ServerFrame(_message.Message):
    __slots__ = ("answer", "failure", "message", "edit", "recall", "reaction", "pin", "member", "conversation", "ephemeral", "receipt", "typing", "presence", "hidden", "cleared", "stream", "membership", "request", "desk", "notice", "resync", "bye")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    EDIT_FIELD_NUMBER: _ClassVar[int]
    RECALL_FIELD_NUMBER: _ClassVar[int]
    REACTION_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    TYPING_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    CLEARED_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    DESK_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    RESYNC_FIELD_NUMBER: _ClassVar[int]
    BYE_FIELD_NUMBER: _ClassVar[int]
    answer: Answer
    failure: Failure
    message: MessageEvent
    edit: EditEvent
    recall: RecallEvent
    reaction: ReactionEvent
    pin: PinEvent
    member: MemberEvent
    conversation: ConversationEvent
    ephemeral: EphemeralEvent
    receipt: ReceiptEvent
    typing: TypingEvent
    presence: PresenceEvent
    hidden: HiddenEvent
    cleared: ClearedEvent
    stream: StreamEvent
    membership: MembershipEvent
    request: RequestEvent
    desk: DeskEvent
    notice: NoticeEvent
    resync: ResyncEvent
    bye: ByeEvent
    def __init__(self, answer: _Optional[_Union[Answer, _Mapping]] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ..., message: _Optional[_Union[MessageEvent, _Mapping]] = ..., edit: _Optional[_Union[EditEvent, _Mapping]] = ..., recall: _Optional[_Union[RecallEvent, _Mapping]] = ..., reaction: _Optional[_Union[ReactionEvent, _Mapping]] = ..., pin: _Optional[_Union[PinEvent, _Mapping]] = ..., member: _Optional[_Union[MemberEvent, _Mapping]] = ..., conversation: _Optional[_Union[ConversationEvent, _Mapping]] = ..., ephemeral: _Optional[_Union[EphemeralEvent, _Mapping]] = ..., receipt: _Optional[_Union[ReceiptEvent, _Mapping]] = ..., typing: _Optional[_Union[TypingEvent, _Mapping]] = ..., presence: _Optional[_Union[PresenceEvent, _Mapping]] = ..., hidden: _Optional[_Union[HiddenEvent, _Mapping]] = ..., cleared: _Optional[_Union[ClearedEvent, _Mapping]] = ..., stream: _Optional[_Union[StreamEvent, _Mapping]] = ..., membership: _Optional[_Union[MembershipEvent, _Mapping]] = ..., request: _Optional[_Union[RequestEvent, _Mapping]] = ..., desk: _Optional[_Union[DeskEvent, _Mapping]] = ..., notice: _Optional[_Union[NoticeEvent, _Mapping]] = ..., resync: _Optional[_Union[ResyncEvent, _Mapping]] = ..., bye: _Optional[_Union[ByeEvent, _Mapping]] = ...) -> None: ...

class Entry(_message.Message):
    __slots__ = ("message", "edit", "recall", "reaction", "pin", "member", "conversation")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    EDIT_FIELD_NUMBER: _ClassVar[int]
    RECALL_FIELD_NUMBER: _ClassVar[int]
    REACTION_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    message: MessageEvent
    edit: EditEvent
    recall: RecallEvent
    reaction: ReactionEvent
    pin: PinEvent
    member: MemberEvent
    conversation: ConversationEvent
    def __init__(self, message: _Optional[_Union[MessageEvent, _Mapping]] = ..., edit: _Optional[_Union[EditEvent, _Mapping]] = ..., recall: _Optional[_Union[RecallEvent, _Mapping]] = ..., reaction: _Optional[_Union[ReactionEvent, _Mapping]] = ..., pin: _Optional[_Union[PinEvent, _Mapping]] = ..., member: _Optional[_Union[MemberEvent, _Mapping]] = ..., conversation: _Optional[_Union[ConversationEvent, _Mapping]] = ...) -> None: ...

class Answer(_message.Message):
    __slots__ = ("re", "welcome", "pong", "sent", "sent_to_topic", "sent_ephemeral", "scheduled", "logged", "read_up_to", "done", "history_page", "search_page", "synced", "online_list", "conversation_list", "created", "joined", "pending", "member_page", "pinned_messages", "reader_list", "receipt_list", "preferred", "schedule_list", "streaming", "conversation_view", "ban_page", "link_made", "link_list", "preview", "request_list", "block_page", "contact_page", "reported", "command_list")
    RE_FIELD_NUMBER: _ClassVar[int]
    WELCOME_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    SENT_TO_TOPIC_FIELD_NUMBER: _ClassVar[int]
    SENT_EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_FIELD_NUMBER: _ClassVar[int]
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    READ_UP_TO_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    HISTORY_PAGE_FIELD_NUMBER: _ClassVar[int]
    SEARCH_PAGE_FIELD_NUMBER: _ClassVar[int]
    SYNCED_FIELD_NUMBER: _ClassVar[int]
    ONLINE_LIST_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_LIST_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    JOINED_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    MEMBER_PAGE_FIELD_NUMBER: _ClassVar[int]
    PINNED_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    READER_LIST_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_LIST_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_LIST_FIELD_NUMBER: _ClassVar[int]
    STREAMING_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_VIEW_FIELD_NUMBER: _ClassVar[int]
    BAN_PAGE_FIELD_NUMBER: _ClassVar[int]
    LINK_MADE_FIELD_NUMBER: _ClassVar[int]
    LINK_LIST_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    REQUEST_LIST_FIELD_NUMBER: _ClassVar[int]
    BLOCK_PAGE_FIELD_NUMBER: _ClassVar[int]
    CONTACT_PAGE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    COMMAND_LIST_FIELD_NUMBER: _ClassVar[int]
    re: str
    welcome: Welcome
    pong: Pong
    sent: Sent
    sent_to_topic: SentToTopic
    sent_ephemeral: SentEphemeral
    scheduled: Scheduled
    logged: Logged
    read_up_to: ReadUpTo
    done: Done
    history_page: HistoryPage
    search_page: SearchPage
    synced: Synced
    online_list: OnlineList
    conversation_list: ConversationList
    created: Created
    joined: Joined
    pending: Pending
    member_page: MemberPage
    pinned_messages: PinnedMessages
    reader_list: ReaderList
    receipt_list: ReceiptList
    preferred: Preferred
    schedule_list: ScheduleList
    streaming: Streaming
    conversation_view: ConversationView
    ban_page: BanPage
    link_made: LinkMade
    link_list: LinkList
    preview: Preview
    request_list: RequestList
    block_page: BlockPage
    contact_page: ContactPage
    reported: Reported
    command_list: CommandList
    def __init__(self, re: _Optional[str] = ..., welcome: _Optional[_Union[Welcome, _Mapping]] = ..., pong: _Optional[_Union[Pong, _Mapping]] = ..., sent: _Optional[_Union[Sent, _Mapping]] = ..., sent_to_topic: _Optional[_Union[SentToTopic, _Mapping]] = ..., sent_ephemeral: _Optional[_Union[SentEphemeral, _Mapping]] = ..., scheduled: _Optional[_Union[Scheduled, _Mapping]] = ..., logged: _Optional[_Union[Logged, _Mapping]] = ..., read_up_to: _Optional[_Union[ReadUpTo, _Mapping]] = ..., done: _Optional[_Union[Done, _Mapping]] = ..., history_page: _Optional[_Union[HistoryPage, _Mapping]] = ..., search_page: _Optional[_Union[SearchPage, _Mapping]] = ..., synced: _Optional[_Union[Synced, _Mapping]] = ..., online_list: _Optional[_Union[OnlineList, _Mapping]] = ..., conversation_list: _Optional[_Union[ConversationList, _Mapping]] = ..., created: _Optional[_Union[Created, _Mapping]] = ..., joined: _Optional[_Union[Joined, _Mapping]] = ..., pending: _Optional[_Union[Pending, _Mapping]] = ..., member_page: _Optional[_Union[MemberPage, _Mapping]] = ..., pinned_messages: _Optional[_Union[PinnedMessages, _Mapping]] = ..., reader_list: _Optional[_Union[ReaderList, _Mapping]] = ..., receipt_list: _Optional[_Union[ReceiptList, _Mapping]] = ..., preferred: _Optional[_Union[Preferred, _Mapping]] = ..., schedule_list: _Optional[_Union[ScheduleList, _Mapping]] = ..., streaming: _Optional[_Union[Streaming, _Mapping]] = ..., conversation_view: _Optional[_Union[ConversationView, _Mapping]] = ..., ban_page: _Optional[_Union[BanPage, _Mapping]] = ..., link_made: _Optional[_Union[LinkMade, _Mapping]] = ..., link_list: _Optional[_Union[LinkList, _Mapping]] = ..., preview: _Optional[_Union[Preview, _Mapping]] = ..., request_list: _Optional[_Union[RequestList, _Mapping]] = ..., block_page: _Optional[_Union[BlockPage, _Mapping]] = ..., contact_page: _Optional[_Union[ContactPage, _Mapping]] = ..., reported: _Optional[_Union[Reported, _Mapping]] = ..., command_list: _Optional[_Union[CommandList, _Mapping]] = ...) -> None: ...

class Failure(_message.Message):
    __slots__ = ("re", "error")
    RE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    re: str
    error: Error
    def __init__(self, re: _Optional[str] = ..., error: _Optional[_Union[Error, _Mapping]] = ...) -> None: ...

class Mark(_message.Message):
    __slots__ = ("start", "length")
    START_FIELD_NUMBER: _ClassVar[int]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    start: int
    length: int
    def __init__(self, start: _Optional[int] = ..., length: _Optional[int] = ...) -> None: ...

class SendResponse(_message.Message):
    __slots__ = ("sent", "sent_to_topic", "sent_ephemeral", "scheduled")
    SENT_FIELD_NUMBER: _ClassVar[int]
    SENT_TO_TOPIC_FIELD_NUMBER: _ClassVar[int]
    SENT_EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_FIELD_NUMBER: _ClassVar[int]
    sent: Sent
    sent_to_topic: SentToTopic
    sent_ephemeral: SentEphemeral
    scheduled: Scheduled
    def __init__(self, sent: _Optional[_Union[Sent, _Mapping]] = ..., sent_to_topic: _Optional[_Union[SentToTopic, _Mapping]] = ..., sent_ephemeral: _Optional[_Union[SentEphemeral, _Mapping]] = ..., scheduled: _Optional[_Union[Scheduled, _Mapping]] = ...) -> None: ...

class EditResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class RecallResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class ReactResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class ReadResponse(_message.Message):
    __slots__ = ("read_up_to",)
    READ_UP_TO_FIELD_NUMBER: _ClassVar[int]
    read_up_to: ReadUpTo
    def __init__(self, read_up_to: _Optional[_Union[ReadUpTo, _Mapping]] = ...) -> None: ...

class DeliveredResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class TypingResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class HistoryResponse(_message.Message):
    __slots__ = ("history_page",)
    HISTORY_PAGE_FIELD_NUMBER: _ClassVar[int]
    history_page: HistoryPage
    def __init__(self, history_page: _Optional[_Union[HistoryPage, _Mapping]] = ...) -> None: ...

class SearchResponse(_message.Message):
    __slots__ = ("search_page",)
    SEARCH_PAGE_FIELD_NUMBER: _ClassVar[int]
    search_page: SearchPage
    def __init__(self, search_page: _Optional[_Union[SearchPage, _Mapping]] = ...) -> None: ...

class SyncResponse(_message.Message):
    __slots__ = ("synced",)
    SYNCED_FIELD_NUMBER: _ClassVar[int]
    synced: Synced
    def __init__(self, synced: _Optional[_Union[Synced, _Mapping]] = ...) -> None: ...

class OnlineResponse(_message.Message):
    __slots__ = ("online_list",)
    ONLINE_LIST_FIELD_NUMBER: _ClassVar[int]
    online_list: OnlineList
    def __init__(self, online_list: _Optional[_Union[OnlineList, _Mapping]] = ...) -> None: ...

class ConversationsResponse(_message.Message):
    __slots__ = ("conversation_list",)
    CONVERSATION_LIST_FIELD_NUMBER: _ClassVar[int]
    conversation_list: ConversationList
    def __init__(self, conversation_list: _Optional[_Union[ConversationList, _Mapping]] = ...) -> None: ...

class CreateResponse(_message.Message):
    __slots__ = ("created",)
    CREATED_FIELD_NUMBER: _ClassVar[int]
    created: Created
    def __init__(self, created: _Optional[_Union[Created, _Mapping]] = ...) -> None: ...

class JoinResponse(_message.Message):
    __slots__ = ("joined", "pending")
    JOINED_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    joined: Joined
    pending: Pending
    def __init__(self, joined: _Optional[_Union[Joined, _Mapping]] = ..., pending: _Optional[_Union[Pending, _Mapping]] = ...) -> None: ...

class LeaveResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class InviteResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class KickResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class RoleResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class MuteResponse(_message.Message):
    __slots__ = ("logged", "done")
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    done: Done
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ..., done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class PinResponse(_message.Message):
    __slots__ = ("logged", "done")
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    done: Done
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ..., done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class ArchiveResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class MembersResponse(_message.Message):
    __slots__ = ("member_page",)
    MEMBER_PAGE_FIELD_NUMBER: _ClassVar[int]
    member_page: MemberPage
    def __init__(self, member_page: _Optional[_Union[MemberPage, _Mapping]] = ...) -> None: ...

class PresenceResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class PinsResponse(_message.Message):
    __slots__ = ("pinned_messages",)
    PINNED_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    pinned_messages: PinnedMessages
    def __init__(self, pinned_messages: _Optional[_Union[PinnedMessages, _Mapping]] = ...) -> None: ...

class ReadersResponse(_message.Message):
    __slots__ = ("reader_list",)
    READER_LIST_FIELD_NUMBER: _ClassVar[int]
    reader_list: ReaderList
    def __init__(self, reader_list: _Optional[_Union[ReaderList, _Mapping]] = ...) -> None: ...

class ReceiptsResponse(_message.Message):
    __slots__ = ("receipt_list",)
    RECEIPT_LIST_FIELD_NUMBER: _ClassVar[int]
    receipt_list: ReceiptList
    def __init__(self, receipt_list: _Optional[_Union[ReceiptList, _Mapping]] = ...) -> None: ...

class HideResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class ClearResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class ExpireResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class PreferencesResponse(_message.Message):
    __slots__ = ("preferred",)
    PREFERRED_FIELD_NUMBER: _ClassVar[int]
    preferred: Preferred
    def __init__(self, preferred: _Optional[_Union[Preferred, _Mapping]] = ...) -> None: ...

class SchedulesResponse(_message.Message):
    __slots__ = ("schedule_list",)
    SCHEDULE_LIST_FIELD_NUMBER: _ClassVar[int]
    schedule_list: ScheduleList
    def __init__(self, schedule_list: _Optional[_Union[ScheduleList, _Mapping]] = ...) -> None: ...

class RescheduleResponse(_message.Message):
    __slots__ = ("scheduled",)
    SCHEDULED_FIELD_NUMBER: _ClassVar[int]
    scheduled: Scheduled
    def __init__(self, scheduled: _Optional[_Union[Scheduled, _Mapping]] = ...) -> None: ...

class CancelResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class StreamResponse(_message.Message):
    __slots__ = ("streaming", "sent")
    STREAMING_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    streaming: Streaming
    sent: Sent
    def __init__(self, streaming: _Optional[_Union[Streaming, _Mapping]] = ..., sent: _Optional[_Union[Sent, _Mapping]] = ...) -> None: ...

class ConversationResponse(_message.Message):
    __slots__ = ("conversation_view",)
    CONVERSATION_VIEW_FIELD_NUMBER: _ClassVar[int]
    conversation_view: ConversationView
    def __init__(self, conversation_view: _Optional[_Union[ConversationView, _Mapping]] = ...) -> None: ...

class UpdateResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class DissolveResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class BanResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class UnbanResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class BansResponse(_message.Message):
    __slots__ = ("ban_page",)
    BAN_PAGE_FIELD_NUMBER: _ClassVar[int]
    ban_page: BanPage
    def __init__(self, ban_page: _Optional[_Union[BanPage, _Mapping]] = ...) -> None: ...

class LinkResponse(_message.Message):
    __slots__ = ("link_made",)
    LINK_MADE_FIELD_NUMBER: _ClassVar[int]
    link_made: LinkMade
    def __init__(self, link_made: _Optional[_Union[LinkMade, _Mapping]] = ...) -> None: ...

class LinksResponse(_message.Message):
    __slots__ = ("link_list",)
    LINK_LIST_FIELD_NUMBER: _ClassVar[int]
    link_list: LinkList
    def __init__(self, link_list: _Optional[_Union[LinkList, _Mapping]] = ...) -> None: ...

class UnlinkResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class PreviewResponse(_message.Message):
    __slots__ = ("preview",)
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    preview: Preview
    def __init__(self, preview: _Optional[_Union[Preview, _Mapping]] = ...) -> None: ...

class RequestsResponse(_message.Message):
    __slots__ = ("request_list",)
    REQUEST_LIST_FIELD_NUMBER: _ClassVar[int]
    request_list: RequestList
    def __init__(self, request_list: _Optional[_Union[RequestList, _Mapping]] = ...) -> None: ...

class ApproveResponse(_message.Message):
    __slots__ = ("logged",)
    LOGGED_FIELD_NUMBER: _ClassVar[int]
    logged: Logged
    def __init__(self, logged: _Optional[_Union[Logged, _Mapping]] = ...) -> None: ...

class RejectResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class BlockResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class UnblockResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class BlocksResponse(_message.Message):
    __slots__ = ("block_page",)
    BLOCK_PAGE_FIELD_NUMBER: _ClassVar[int]
    block_page: BlockPage
    def __init__(self, block_page: _Optional[_Union[BlockPage, _Mapping]] = ...) -> None: ...

class ContactResponse(_message.Message):
    __slots__ = ("done",)
    DONE_FIELD_NUMBER: _ClassVar[int]
    done: Done
    def __init__(self, done: _Optional[_Union[Done, _Mapping]] = ...) -> None: ...

class ContactsResponse(_message.Message):
    __slots__ = ("contact_page",)
    CONTACT_PAGE_FIELD_NUMBER: _ClassVar[int]
    contact_page: ContactPage
    def __init__(self, contact_page: _Optional[_Union[ContactPage, _Mapping]] = ...) -> None: ...

class ReportResponse(_message.Message):
    __slots__ = ("reported",)
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    reported: Reported
    def __init__(self, reported: _Optional[_Union[Reported, _Mapping]] = ...) -> None: ...

class SlashResponse(_message.Message):
    __slots__ = ("command_list",)
    COMMAND_LIST_FIELD_NUMBER: _ClassVar[int]
    command_list: CommandList
    def __init__(self, command_list: _Optional[_Union[CommandList, _Mapping]] = ...) -> None: ...

class HelloRequest(_message.Message):
    __slots__ = ("nick", "resume", "user", "password", "token", "device", "cursors", "whole")
    class CursorsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    NICK_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    WHOLE_FIELD_NUMBER: _ClassVar[int]
    nick: str
    resume: str
    user: str
    password: str
    token: str
    device: str
    cursors: _containers.ScalarMap[str, int]
    whole: bool
    def __init__(self, nick: _Optional[str] = ..., resume: _Optional[str] = ..., user: _Optional[str] = ..., password: _Optional[str] = ..., token: _Optional[str] = ..., device: _Optional[str] = ..., cursors: _Optional[_Mapping[str, int]] = ..., whole: _Optional[bool] = ...) -> None: ...

class PingRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SendRequest(_message.Message):
    __slots__ = ("to", "text", "body", "cid", "reply_to", "priority", "ephemeral", "thread", "forward", "expires_s", "at", "only")
    TO_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    FORWARD_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    ONLY_FIELD_NUMBER: _ClassVar[int]
    to: str
    text: str
    body: Body
    cid: str
    reply_to: int
    priority: str
    ephemeral: bool
    thread: int
    forward: _containers.RepeatedCompositeFieldContainer[Original]
    expires_s: int
    at: int
    only: str
    def __init__(self, to: _Optional[str] = ..., text: _Optional[str] = ..., body: _Optional[_Union[Body, _Mapping]] = ..., cid: _Optional[str] = ..., reply_to: _Optional[int] = ..., priority: _Optional[str] = ..., ephemeral: _Optional[bool] = ..., thread: _Optional[int] = ..., forward: _Optional[_Iterable[_Union[Original, _Mapping]]] = ..., expires_s: _Optional[int] = ..., at: _Optional[int] = ..., only: _Optional[str] = ...) -> None: ...

class Original(_message.Message):
    __slots__ = ("conversation", "seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ...) -> None: ...

class Sent(_message.Message):
    __slots__ = ("conversation", "seq", "message", "at", "duplicate")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    message: str
    at: int
    duplicate: bool
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., at: _Optional[int] = ..., duplicate: _Optional[bool] = ...) -> None: ...

class SentToTopic(_message.Message):
    __slots__ = ("conversation", "seq", "message", "at", "duplicate", "routed")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    ROUTED_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    message: str
    at: int
    duplicate: bool
    routed: _containers.RepeatedCompositeFieldContainer[Routed]
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., at: _Optional[int] = ..., duplicate: _Optional[bool] = ..., routed: _Optional[_Iterable[_Union[Routed, _Mapping]]] = ...) -> None: ...

class Routed(_message.Message):
    __slots__ = ("conversation", "seq", "message")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    message: str
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...

class SentEphemeral(_message.Message):
    __slots__ = ("conversation", "at", "ephemeral")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    at: int
    ephemeral: bool
    def __init__(self, conversation: _Optional[str] = ..., at: _Optional[int] = ..., ephemeral: _Optional[bool] = ...) -> None: ...

class Scheduled(_message.Message):
    __slots__ = ("schedule", "conversation", "at", "body", "forward", "reply_to", "thread", "failed", "why")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    FORWARD_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    conversation: str
    at: int
    body: Body
    forward: _containers.RepeatedCompositeFieldContainer[Original]
    reply_to: int
    thread: int
    failed: str
    why: str
    def __init__(self, schedule: _Optional[str] = ..., conversation: _Optional[str] = ..., at: _Optional[int] = ..., body: _Optional[_Union[Body, _Mapping]] = ..., forward: _Optional[_Iterable[_Union[Original, _Mapping]]] = ..., reply_to: _Optional[int] = ..., thread: _Optional[int] = ..., failed: _Optional[str] = ..., why: _Optional[str] = ...) -> None: ...

class EditRequest(_message.Message):
    __slots__ = ("conversation", "seq", "text", "body")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    text: str
    body: Body
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., text: _Optional[str] = ..., body: _Optional[_Union[Body, _Mapping]] = ...) -> None: ...

class Logged(_message.Message):
    __slots__ = ("seq",)
    SEQ_FIELD_NUMBER: _ClassVar[int]
    seq: int
    def __init__(self, seq: _Optional[int] = ...) -> None: ...

class RecallRequest(_message.Message):
    __slots__ = ("conversation", "seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ...) -> None: ...

class ReactRequest(_message.Message):
    __slots__ = ("conversation", "seq", "emoji", "on")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    emoji: str
    on: bool
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., emoji: _Optional[str] = ..., on: _Optional[bool] = ...) -> None: ...

class ReadRequest(_message.Message):
    __slots__ = ("conversation", "seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ...) -> None: ...

class ReadUpTo(_message.Message):
    __slots__ = ("seq", "unread", "mentions")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    UNREAD_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    seq: int
    unread: int
    mentions: int
    def __init__(self, seq: _Optional[int] = ..., unread: _Optional[int] = ..., mentions: _Optional[int] = ...) -> None: ...

class DeliveredRequest(_message.Message):
    __slots__ = ("conversation", "seq", "cursors")
    class CursorsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    cursors: _containers.ScalarMap[str, int]
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., cursors: _Optional[_Mapping[str, int]] = ...) -> None: ...

class Done(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class TypingRequest(_message.Message):
    __slots__ = ("conversation", "on")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    on: bool
    def __init__(self, conversation: _Optional[str] = ..., on: _Optional[bool] = ...) -> None: ...

class HistoryRequest(_message.Message):
    __slots__ = ("conversation", "before", "after", "limit", "thread", "quotes")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    before: int
    after: int
    limit: int
    thread: int
    quotes: bool
    def __init__(self, conversation: _Optional[str] = ..., before: _Optional[int] = ..., after: _Optional[int] = ..., limit: _Optional[int] = ..., thread: _Optional[int] = ..., quotes: _Optional[bool] = ...) -> None: ...

class HistoryPage(_message.Message):
    __slots__ = ("entries", "more")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    more: bool
    def __init__(self, entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ..., more: _Optional[bool] = ...) -> None: ...

class SearchRequest(_message.Message):
    __slots__ = ("query", "conversation", "from_seq", "before", "after", "cursor", "limit")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    FROM_SEQ_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    query: str
    conversation: str
    from_seq: str
    before: int
    after: int
    cursor: str
    limit: int
    def __init__(self, query: _Optional[str] = ..., conversation: _Optional[str] = ..., from_seq: _Optional[str] = ..., before: _Optional[int] = ..., after: _Optional[int] = ..., cursor: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class SearchPage(_message.Message):
    __slots__ = ("hits", "more", "next")
    HITS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    hits: _containers.RepeatedCompositeFieldContainer[Hit]
    more: bool
    next: str
    def __init__(self, hits: _Optional[_Iterable[_Union[Hit, _Mapping]]] = ..., more: _Optional[bool] = ..., next: _Optional[str] = ...) -> None: ...

class Hit(_message.Message):
    __slots__ = ("entry", "snippet", "marks")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    entry: Entry
    snippet: str
    marks: _containers.RepeatedCompositeFieldContainer[Mark]
    def __init__(self, entry: _Optional[_Union[Entry, _Mapping]] = ..., snippet: _Optional[str] = ..., marks: _Optional[_Iterable[_Union[Mark, _Mapping]]] = ...) -> None: ...

class SyncRequest(_message.Message):
    __slots__ = ("cursors", "limit")
    class CursorsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    cursors: _containers.ScalarMap[str, int]
    limit: int
    def __init__(self, cursors: _Optional[_Mapping[str, int]] = ..., limit: _Optional[int] = ...) -> None: ...

class Synced(_message.Message):
    __slots__ = ("conversations", "badge")
    CONVERSATIONS_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    conversations: _containers.RepeatedCompositeFieldContainer[SyncedConversation]
    badge: int
    def __init__(self, conversations: _Optional[_Iterable[_Union[SyncedConversation, _Mapping]]] = ..., badge: _Optional[int] = ...) -> None: ...

class SyncedConversation(_message.Message):
    __slots__ = ("conversation", "kind", "title", "last_seq", "read_seq", "unread", "mentions", "entries", "more", "muted", "cleared_seq", "hidden")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    READ_SEQ_FIELD_NUMBER: _ClassVar[int]
    UNREAD_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    CLEARED_SEQ_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    kind: str
    title: str
    last_seq: int
    read_seq: int
    unread: int
    mentions: int
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    more: bool
    muted: bool
    cleared_seq: int
    hidden: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, conversation: _Optional[str] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ..., last_seq: _Optional[int] = ..., read_seq: _Optional[int] = ..., unread: _Optional[int] = ..., mentions: _Optional[int] = ..., entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ..., more: _Optional[bool] = ..., muted: _Optional[bool] = ..., cleared_seq: _Optional[int] = ..., hidden: _Optional[_Iterable[int]] = ...) -> None: ...

class OnlineRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class OnlineList(_message.Message):
    __slots__ = ("users", "count")
    USERS_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    users: _containers.RepeatedCompositeFieldContainer[OnlineUser]
    count: int
    def __init__(self, users: _Optional[_Iterable[_Union[OnlineUser, _Mapping]]] = ..., count: _Optional[int] = ...) -> None: ...

class OnlineUser(_message.Message):
    __slots__ = ("id", "nick", "status", "text")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    status: str
    text: str
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., status: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class ConversationsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ConversationList(_message.Message):
    __slots__ = ("conversations", "badge")
    CONVERSATIONS_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    conversations: _containers.RepeatedCompositeFieldContainer[Summary]
    badge: int
    def __init__(self, conversations: _Optional[_Iterable[_Union[Summary, _Mapping]]] = ..., badge: _Optional[int] = ...) -> None: ...

class Summary(_message.Message):
    __slots__ = ("conversation", "kind", "title", "role", "last_seq", "read_seq", "unread", "mentions", "pinned", "muted", "archived", "peer", "last_message", "cleared_seq", "expires_s", "avatar")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    READ_SEQ_FIELD_NUMBER: _ClassVar[int]
    UNREAD_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    PEER_FIELD_NUMBER: _ClassVar[int]
    LAST_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CLEARED_SEQ_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    kind: str
    title: str
    role: str
    last_seq: int
    read_seq: int
    unread: int
    mentions: int
    pinned: bool
    muted: bool
    archived: bool
    peer: Person
    last_message: Entry
    cleared_seq: int
    expires_s: int
    avatar: str
    def __init__(self, conversation: _Optional[str] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ..., role: _Optional[str] = ..., last_seq: _Optional[int] = ..., read_seq: _Optional[int] = ..., unread: _Optional[int] = ..., mentions: _Optional[int] = ..., pinned: _Optional[bool] = ..., muted: _Optional[bool] = ..., archived: _Optional[bool] = ..., peer: _Optional[_Union[Person, _Mapping]] = ..., last_message: _Optional[_Union[Entry, _Mapping]] = ..., cleared_seq: _Optional[int] = ..., expires_s: _Optional[int] = ..., avatar: _Optional[str] = ...) -> None: ...

class Person(_message.Message):
    __slots__ = ("id", "nick")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ...) -> None: ...

class CreateRequest(_message.Message):
    __slots__ = ("kind", "title", "members", "topic", "join", "reach", "last")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    kind: str
    title: str
    members: _containers.RepeatedScalarFieldContainer[str]
    topic: str
    join: str
    reach: str
    last: int
    def __init__(self, kind: _Optional[str] = ..., title: _Optional[str] = ..., members: _Optional[_Iterable[str]] = ..., topic: _Optional[str] = ..., join: _Optional[str] = ..., reach: _Optional[str] = ..., last: _Optional[int] = ...) -> None: ...

class Created(_message.Message):
    __slots__ = ("conversation", "seq", "kind", "title")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    kind: str
    title: str
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class JoinRequest(_message.Message):
    __slots__ = ("conversation", "link", "text")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    link: str
    text: str
    def __init__(self, conversation: _Optional[str] = ..., link: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Joined(_message.Message):
    __slots__ = ("conversation", "seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ...) -> None: ...

class Pending(_message.Message):
    __slots__ = ("conversation", "pending")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    pending: bool
    def __init__(self, conversation: _Optional[str] = ..., pending: _Optional[bool] = ...) -> None: ...

class LeaveRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class InviteRequest(_message.Message):
    __slots__ = ("conversation", "user", "users")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    users: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., users: _Optional[_Iterable[str]] = ...) -> None: ...

class KickRequest(_message.Message):
    __slots__ = ("conversation", "user")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class RoleRequest(_message.Message):
    __slots__ = ("conversation", "user", "role")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    role: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., role: _Optional[str] = ...) -> None: ...

class MuteRequest(_message.Message):
    __slots__ = ("conversation", "user", "on", "until")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    on: bool
    until: int
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., on: _Optional[bool] = ..., until: _Optional[int] = ...) -> None: ...

class PinRequest(_message.Message):
    __slots__ = ("conversation", "seq", "on")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    on: bool
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ..., on: _Optional[bool] = ...) -> None: ...

class ArchiveRequest(_message.Message):
    __slots__ = ("conversation", "on")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    on: bool
    def __init__(self, conversation: _Optional[str] = ..., on: _Optional[bool] = ...) -> None: ...

class MembersRequest(_message.Message):
    __slots__ = ("conversation", "after", "limit")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    after: str
    limit: int
    def __init__(self, conversation: _Optional[str] = ..., after: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class MemberPage(_message.Message):
    __slots__ = ("members", "more")
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    members: _containers.RepeatedCompositeFieldContainer[MemberRow]
    more: bool
    def __init__(self, members: _Optional[_Iterable[_Union[MemberRow, _Mapping]]] = ..., more: _Optional[bool] = ...) -> None: ...

class MemberRow(_message.Message):
    __slots__ = ("id", "nick", "role", "status", "joined", "muted_until")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    JOINED_FIELD_NUMBER: _ClassVar[int]
    MUTED_UNTIL_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    role: str
    status: str
    joined: int
    muted_until: int
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., role: _Optional[str] = ..., status: _Optional[str] = ..., joined: _Optional[int] = ..., muted_until: _Optional[int] = ...) -> None: ...

class PresenceRequest(_message.Message):
    __slots__ = ("status", "text")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    status: str
    text: str
    def __init__(self, status: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class PinsRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class PinnedMessages(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    def __init__(self, entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ...) -> None: ...

class ReadersRequest(_message.Message):
    __slots__ = ("conversation", "seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seq: int
    def __init__(self, conversation: _Optional[str] = ..., seq: _Optional[int] = ...) -> None: ...

class ReaderList(_message.Message):
    __slots__ = ("count", "of", "readers")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    READERS_FIELD_NUMBER: _ClassVar[int]
    count: int
    of: int
    readers: _containers.RepeatedCompositeFieldContainer[Reader]
    def __init__(self, count: _Optional[int] = ..., of: _Optional[int] = ..., readers: _Optional[_Iterable[_Union[Reader, _Mapping]]] = ...) -> None: ...

class Reader(_message.Message):
    __slots__ = ("id", "nick", "at")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    at: int
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., at: _Optional[int] = ...) -> None: ...

class ReceiptsRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class ReceiptList(_message.Message):
    __slots__ = ("receipts",)
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    receipts: _containers.RepeatedCompositeFieldContainer[Watermarks]
    def __init__(self, receipts: _Optional[_Iterable[_Union[Watermarks, _Mapping]]] = ...) -> None: ...

class Watermarks(_message.Message):
    __slots__ = ("user", "delivered", "read", "at")
    USER_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    user: str
    delivered: int
    read: int
    at: int
    def __init__(self, user: _Optional[str] = ..., delivered: _Optional[int] = ..., read: _Optional[int] = ..., at: _Optional[int] = ...) -> None: ...

class HideRequest(_message.Message):
    __slots__ = ("conversation", "seqs")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQS_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seqs: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, conversation: _Optional[str] = ..., seqs: _Optional[_Iterable[int]] = ...) -> None: ...

class ClearRequest(_message.Message):
    __slots__ = ("conversation", "upto")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    UPTO_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    upto: int
    def __init__(self, conversation: _Optional[str] = ..., upto: _Optional[int] = ...) -> None: ...

class ExpireRequest(_message.Message):
    __slots__ = ("conversation", "expires_s")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    expires_s: int
    def __init__(self, conversation: _Optional[str] = ..., expires_s: _Optional[int] = ...) -> None: ...

class PreferencesRequest(_message.Message):
    __slots__ = ("receipts",)
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    receipts: bool
    def __init__(self, receipts: _Optional[bool] = ...) -> None: ...

class Preferred(_message.Message):
    __slots__ = ("receipts",)
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    receipts: bool
    def __init__(self, receipts: _Optional[bool] = ...) -> None: ...

class SchedulesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ScheduleList(_message.Message):
    __slots__ = ("schedules",)
    SCHEDULES_FIELD_NUMBER: _ClassVar[int]
    schedules: _containers.RepeatedCompositeFieldContainer[Scheduled]
    def __init__(self, schedules: _Optional[_Iterable[_Union[Scheduled, _Mapping]]] = ...) -> None: ...

class RescheduleRequest(_message.Message):
    __slots__ = ("schedule", "at", "text", "body")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    at: int
    text: str
    body: Body
    def __init__(self, schedule: _Optional[str] = ..., at: _Optional[int] = ..., text: _Optional[str] = ..., body: _Optional[_Union[Body, _Mapping]] = ...) -> None: ...

class CancelRequest(_message.Message):
    __slots__ = ("schedule",)
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    def __init__(self, schedule: _Optional[str] = ...) -> None: ...

class StreamRequest(_message.Message):
    __slots__ = ("to", "stream", "append", "finish", "type", "reply_to", "thread", "cid")
    TO_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    APPEND_FIELD_NUMBER: _ClassVar[int]
    FINISH_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    to: str
    stream: str
    append: str
    finish: bool
    type: str
    reply_to: int
    thread: int
    cid: str
    def __init__(self, to: _Optional[str] = ..., stream: _Optional[str] = ..., append: _Optional[str] = ..., finish: _Optional[bool] = ..., type: _Optional[str] = ..., reply_to: _Optional[int] = ..., thread: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class Streaming(_message.Message):
    __slots__ = ("conversation", "stream", "length")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    stream: str
    length: int
    def __init__(self, conversation: _Optional[str] = ..., stream: _Optional[str] = ..., length: _Optional[int] = ...) -> None: ...

class ConversationRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class ConversationView(_message.Message):
    __slots__ = ("conversation", "kind", "title", "topic", "description", "avatar", "join", "reach", "last", "limit", "invite", "post", "created", "revision", "members", "role", "expires_s")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    INVITE_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    kind: str
    title: str
    topic: str
    description: str
    avatar: str
    join: str
    reach: str
    last: int
    limit: int
    invite: str
    post: str
    created: int
    revision: int
    members: int
    role: str
    expires_s: int
    def __init__(self, conversation: _Optional[str] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ..., topic: _Optional[str] = ..., description: _Optional[str] = ..., avatar: _Optional[str] = ..., join: _Optional[str] = ..., reach: _Optional[str] = ..., last: _Optional[int] = ..., limit: _Optional[int] = ..., invite: _Optional[str] = ..., post: _Optional[str] = ..., created: _Optional[int] = ..., revision: _Optional[int] = ..., members: _Optional[int] = ..., role: _Optional[str] = ..., expires_s: _Optional[int] = ...) -> None: ...

class UpdateRequest(_message.Message):
    __slots__ = ("conversation", "title", "topic", "description", "avatar", "join", "reach", "last", "limit", "invite", "post", "revision")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    INVITE_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    title: str
    topic: str
    description: str
    avatar: str
    join: str
    reach: str
    last: int
    limit: int
    invite: str
    post: str
    revision: int
    def __init__(self, conversation: _Optional[str] = ..., title: _Optional[str] = ..., topic: _Optional[str] = ..., description: _Optional[str] = ..., avatar: _Optional[str] = ..., join: _Optional[str] = ..., reach: _Optional[str] = ..., last: _Optional[int] = ..., limit: _Optional[int] = ..., invite: _Optional[str] = ..., post: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class DissolveRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class BanRequest(_message.Message):
    __slots__ = ("conversation", "user", "reason")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    reason: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class UnbanRequest(_message.Message):
    __slots__ = ("conversation", "user")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class BansRequest(_message.Message):
    __slots__ = ("conversation", "after", "limit")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    after: str
    limit: int
    def __init__(self, conversation: _Optional[str] = ..., after: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class BanPage(_message.Message):
    __slots__ = ("bans", "more")
    BANS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    bans: _containers.RepeatedCompositeFieldContainer[Banned]
    more: bool
    def __init__(self, bans: _Optional[_Iterable[_Union[Banned, _Mapping]]] = ..., more: _Optional[bool] = ...) -> None: ...

class Banned(_message.Message):
    __slots__ = ("user", "at")
    USER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    user: Person
    at: int
    def __init__(self, user: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ...) -> None: ...

class LinkRequest(_message.Message):
    __slots__ = ("conversation", "expires_in", "uses")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_IN_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    expires_in: int
    uses: int
    def __init__(self, conversation: _Optional[str] = ..., expires_in: _Optional[int] = ..., uses: _Optional[int] = ...) -> None: ...

class LinkMade(_message.Message):
    __slots__ = ("link", "token", "expires", "uses")
    LINK_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    link: str
    token: str
    expires: int
    uses: int
    def __init__(self, link: _Optional[str] = ..., token: _Optional[str] = ..., expires: _Optional[int] = ..., uses: _Optional[int] = ...) -> None: ...

class LinksRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class LinkList(_message.Message):
    __slots__ = ("links",)
    LINKS_FIELD_NUMBER: _ClassVar[int]
    links: _containers.RepeatedCompositeFieldContainer[LinkRow]
    def __init__(self, links: _Optional[_Iterable[_Union[LinkRow, _Mapping]]] = ...) -> None: ...

class LinkRow(_message.Message):
    __slots__ = ("link", "by", "created", "used", "expires", "uses")
    LINK_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    USED_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    link: str
    by: str
    created: int
    used: int
    expires: int
    uses: int
    def __init__(self, link: _Optional[str] = ..., by: _Optional[str] = ..., created: _Optional[int] = ..., used: _Optional[int] = ..., expires: _Optional[int] = ..., uses: _Optional[int] = ...) -> None: ...

class UnlinkRequest(_message.Message):
    __slots__ = ("conversation", "link")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    link: str
    def __init__(self, conversation: _Optional[str] = ..., link: _Optional[str] = ...) -> None: ...

class PreviewRequest(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: str
    def __init__(self, link: _Optional[str] = ...) -> None: ...

class Preview(_message.Message):
    __slots__ = ("title", "members")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    title: str
    members: int
    def __init__(self, title: _Optional[str] = ..., members: _Optional[int] = ...) -> None: ...

class RequestsRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class RequestList(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[RequestRow]
    def __init__(self, requests: _Optional[_Iterable[_Union[RequestRow, _Mapping]]] = ...) -> None: ...

class RequestRow(_message.Message):
    __slots__ = ("user", "at", "text")
    USER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    user: Person
    at: int
    text: str
    def __init__(self, user: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class ApproveRequest(_message.Message):
    __slots__ = ("conversation", "user")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class RejectRequest(_message.Message):
    __slots__ = ("conversation", "user")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class BlockRequest(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: str
    def __init__(self, user: _Optional[str] = ...) -> None: ...

class UnblockRequest(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: str
    def __init__(self, user: _Optional[str] = ...) -> None: ...

class BlocksRequest(_message.Message):
    __slots__ = ("after", "limit")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    after: str
    limit: int
    def __init__(self, after: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class BlockPage(_message.Message):
    __slots__ = ("blocks", "more")
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    blocks: _containers.RepeatedCompositeFieldContainer[Block]
    more: bool
    def __init__(self, blocks: _Optional[_Iterable[_Union[Block, _Mapping]]] = ..., more: _Optional[bool] = ...) -> None: ...

class Block(_message.Message):
    __slots__ = ("user", "at")
    USER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    user: Person
    at: int
    def __init__(self, user: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ...) -> None: ...

class ContactRequest(_message.Message):
    __slots__ = ("user", "alias", "on")
    USER_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    user: str
    alias: str
    on: bool
    def __init__(self, user: _Optional[str] = ..., alias: _Optional[str] = ..., on: _Optional[bool] = ...) -> None: ...

class ContactsRequest(_message.Message):
    __slots__ = ("after", "limit")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    after: str
    limit: int
    def __init__(self, after: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class ContactPage(_message.Message):
    __slots__ = ("contacts", "more")
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    contacts: _containers.RepeatedCompositeFieldContainer[Contact]
    more: bool
    def __init__(self, contacts: _Optional[_Iterable[_Union[Contact, _Mapping]]] = ..., more: _Optional[bool] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("user", "alias", "at")
    USER_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    user: Person
    alias: str
    at: int
    def __init__(self, user: _Optional[_Union[Person, _Mapping]] = ..., alias: _Optional[str] = ..., at: _Optional[int] = ...) -> None: ...

class ReportRequest(_message.Message):
    __slots__ = ("reason", "conversation", "seq", "user", "text")
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    reason: str
    conversation: str
    seq: int
    user: str
    text: str
    def __init__(self, reason: _Optional[str] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., user: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Reported(_message.Message):
    __slots__ = ("report",)
    REPORT_FIELD_NUMBER: _ClassVar[int]
    report: str
    def __init__(self, report: _Optional[str] = ...) -> None: ...

class SlashRequest(_message.Message):
    __slots__ = ("conversation",)
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    def __init__(self, conversation: _Optional[str] = ...) -> None: ...

class CommandList(_message.Message):
    __slots__ = ("commands",)
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[CommandRow]
    def __init__(self, commands: _Optional[_Iterable[_Union[CommandRow, _Mapping]]] = ...) -> None: ...

class CommandRow(_message.Message):
    __slots__ = ("name", "description", "hint", "bot")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    BOT_FIELD_NUMBER: _ClassVar[int]
    name: str
    description: str
    hint: str
    bot: Person
    def __init__(self, name: _Optional[str] = ..., description: _Optional[str] = ..., hint: _Optional[str] = ..., bot: _Optional[_Union[Person, _Mapping]] = ...) -> None: ...

class Welcome(_message.Message):
    __slots__ = ("user", "session", "heartbeat_s", "server", "lobby", "resume")
    USER_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_S_FIELD_NUMBER: _ClassVar[int]
    SERVER_FIELD_NUMBER: _ClassVar[int]
    LOBBY_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    user: User
    session: str
    heartbeat_s: int
    server: str
    lobby: str
    resume: str
    def __init__(self, user: _Optional[_Union[User, _Mapping]] = ..., session: _Optional[str] = ..., heartbeat_s: _Optional[int] = ..., server: _Optional[str] = ..., lobby: _Optional[str] = ..., resume: _Optional[str] = ...) -> None: ...

class User(_message.Message):
    __slots__ = ("id", "nick", "guest")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    GUEST_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    guest: bool
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., guest: _Optional[bool] = ...) -> None: ...

class Pong(_message.Message):
    __slots__ = ("at",)
    AT_FIELD_NUMBER: _ClassVar[int]
    at: int
    def __init__(self, at: _Optional[int] = ...) -> None: ...

class MessageEvent(_message.Message):
    __slots__ = ("body", "mentions", "reply_to", "topic", "priority", "bot", "command", "webhook", "recalled", "expired", "hidden", "thread", "forwarded", "expires_s", "stream", "edited", "reactions", "pinned", "replies", "quote", "conversation", "seq", "message", "sender", "at", "cid")
    BODY_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    BOT_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    RECALLED_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    FORWARDED_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    EDITED_FIELD_NUMBER: _ClassVar[int]
    REACTIONS_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    REPLIES_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    body: Body
    mentions: _containers.RepeatedScalarFieldContainer[str]
    reply_to: int
    topic: str
    priority: str
    bot: bool
    command: CalledCommand
    webhook: Webhook
    recalled: bool
    expired: bool
    hidden: bool
    thread: int
    forwarded: Forwarded
    expires_s: int
    stream: Streamed
    edited: Edited
    reactions: _containers.RepeatedCompositeFieldContainer[Reacted]
    pinned: bool
    replies: Thread
    quote: Quote
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, body: _Optional[_Union[Body, _Mapping]] = ..., mentions: _Optional[_Iterable[str]] = ..., reply_to: _Optional[int] = ..., topic: _Optional[str] = ..., priority: _Optional[str] = ..., bot: _Optional[bool] = ..., command: _Optional[_Union[CalledCommand, _Mapping]] = ..., webhook: _Optional[_Union[Webhook, _Mapping]] = ..., recalled: _Optional[bool] = ..., expired: _Optional[bool] = ..., hidden: _Optional[bool] = ..., thread: _Optional[int] = ..., forwarded: _Optional[_Union[Forwarded, _Mapping]] = ..., expires_s: _Optional[int] = ..., stream: _Optional[_Union[Streamed, _Mapping]] = ..., edited: _Optional[_Union[Edited, _Mapping]] = ..., reactions: _Optional[_Iterable[_Union[Reacted, _Mapping]]] = ..., pinned: _Optional[bool] = ..., replies: _Optional[_Union[Thread, _Mapping]] = ..., quote: _Optional[_Union[Quote, _Mapping]] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class CalledCommand(_message.Message):
    __slots__ = ("bot", "name", "rest")
    BOT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REST_FIELD_NUMBER: _ClassVar[int]
    bot: str
    name: str
    rest: str
    def __init__(self, bot: _Optional[str] = ..., name: _Optional[str] = ..., rest: _Optional[str] = ...) -> None: ...

class Webhook(_message.Message):
    __slots__ = ("id", "nick", "avatar")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    id: str
    nick: str
    avatar: str
    def __init__(self, id: _Optional[str] = ..., nick: _Optional[str] = ..., avatar: _Optional[str] = ...) -> None: ...

class Forwarded(_message.Message):
    __slots__ = ("nick", "at")
    NICK_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    nick: str
    at: int
    def __init__(self, nick: _Optional[str] = ..., at: _Optional[int] = ...) -> None: ...

class Streamed(_message.Message):
    __slots__ = ("id", "unfinished")
    ID_FIELD_NUMBER: _ClassVar[int]
    UNFINISHED_FIELD_NUMBER: _ClassVar[int]
    id: str
    unfinished: bool
    def __init__(self, id: _Optional[str] = ..., unfinished: _Optional[bool] = ...) -> None: ...

class Edited(_message.Message):
    __slots__ = ("seq", "at")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    seq: int
    at: int
    def __init__(self, seq: _Optional[int] = ..., at: _Optional[int] = ...) -> None: ...

class Reacted(_message.Message):
    __slots__ = ("emoji", "count", "users")
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    emoji: str
    count: int
    users: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, emoji: _Optional[str] = ..., count: _Optional[int] = ..., users: _Optional[_Iterable[str]] = ...) -> None: ...

class Thread(_message.Message):
    __slots__ = ("replies", "last_seq", "last_at")
    REPLIES_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    LAST_AT_FIELD_NUMBER: _ClassVar[int]
    replies: int
    last_seq: int
    last_at: int
    def __init__(self, replies: _Optional[int] = ..., last_seq: _Optional[int] = ..., last_at: _Optional[int] = ...) -> None: ...

class Quote(_message.Message):
    __slots__ = ("seq", "sender", "type", "text", "recalled")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    RECALLED_FIELD_NUMBER: _ClassVar[int]
    seq: int
    sender: Person
    type: str
    text: str
    recalled: bool
    def __init__(self, seq: _Optional[int] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., type: _Optional[str] = ..., text: _Optional[str] = ..., recalled: _Optional[bool] = ...) -> None: ...

class EditEvent(_message.Message):
    __slots__ = ("ref", "body", "mentions", "hidden", "expired", "expires_s", "conversation", "seq", "message", "sender", "at", "cid")
    REF_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    ref: int
    body: Body
    mentions: _containers.RepeatedScalarFieldContainer[str]
    hidden: bool
    expired: bool
    expires_s: int
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, ref: _Optional[int] = ..., body: _Optional[_Union[Body, _Mapping]] = ..., mentions: _Optional[_Iterable[str]] = ..., hidden: _Optional[bool] = ..., expired: _Optional[bool] = ..., expires_s: _Optional[int] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class RecallEvent(_message.Message):
    __slots__ = ("ref", "expired", "conversation", "seq", "message", "sender", "at", "cid")
    REF_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    ref: int
    expired: bool
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, ref: _Optional[int] = ..., expired: _Optional[bool] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class ReactionEvent(_message.Message):
    __slots__ = ("ref", "emoji", "on", "conversation", "seq", "message", "sender", "at", "cid")
    REF_FIELD_NUMBER: _ClassVar[int]
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    ref: int
    emoji: str
    on: bool
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, ref: _Optional[int] = ..., emoji: _Optional[str] = ..., on: _Optional[bool] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class PinEvent(_message.Message):
    __slots__ = ("ref", "on", "conversation", "seq", "message", "sender", "at", "cid")
    REF_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    ref: int
    on: bool
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, ref: _Optional[int] = ..., on: _Optional[bool] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class MemberEvent(_message.Message):
    __slots__ = ("user", "change", "role", "until", "reason", "conversation", "seq", "message", "sender", "at", "cid")
    USER_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    user: Person
    change: str
    role: str
    until: int
    reason: str
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, user: _Optional[_Union[Person, _Mapping]] = ..., change: _Optional[str] = ..., role: _Optional[str] = ..., until: _Optional[int] = ..., reason: _Optional[str] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class ConversationEvent(_message.Message):
    __slots__ = ("kind", "title", "topic", "members", "expires_s", "description", "avatar", "join", "reach", "last", "limit", "invite", "post", "dissolved", "conversation", "seq", "message", "sender", "at", "cid")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_S_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    INVITE_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    DISSOLVED_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    kind: str
    title: str
    topic: str
    members: _containers.RepeatedCompositeFieldContainer[Person]
    expires_s: int
    description: str
    avatar: str
    join: str
    reach: str
    last: int
    limit: int
    invite: str
    post: str
    dissolved: bool
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str
    def __init__(self, kind: _Optional[str] = ..., title: _Optional[str] = ..., topic: _Optional[str] = ..., members: _Optional[_Iterable[_Union[Person, _Mapping]]] = ..., expires_s: _Optional[int] = ..., description: _Optional[str] = ..., avatar: _Optional[str] = ..., join: _Optional[str] = ..., reach: _Optional[str] = ..., last: _Optional[int] = ..., limit: _Optional[int] = ..., invite: _Optional[str] = ..., post: _Optional[str] = ..., dissolved: _Optional[bool] = ..., conversation: _Optional[str] = ..., seq: _Optional[int] = ..., message: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., cid: _Optional[str] = ...) -> None: ...

class EphemeralEvent(_message.Message):
    __slots__ = ("conversation", "sender", "at", "body", "ephemeral", "only")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    EPHEMERAL_FIELD_NUMBER: _ClassVar[int]
    ONLY_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    sender: Person
    at: int
    body: Body
    ephemeral: bool
    only: str
    def __init__(self, conversation: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ..., body: _Optional[_Union[Body, _Mapping]] = ..., ephemeral: _Optional[bool] = ..., only: _Optional[str] = ...) -> None: ...

class ReceiptEvent(_message.Message):
    __slots__ = ("conversation", "user", "delivered", "read")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    delivered: int
    read: int
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., delivered: _Optional[int] = ..., read: _Optional[int] = ...) -> None: ...

class TypingEvent(_message.Message):
    __slots__ = ("conversation", "user", "on")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: str
    on: bool
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[str] = ..., on: _Optional[bool] = ...) -> None: ...

class PresenceEvent(_message.Message):
    __slots__ = ("user", "status", "at", "nick", "text")
    USER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    NICK_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    user: str
    status: str
    at: int
    nick: str
    text: str
    def __init__(self, user: _Optional[str] = ..., status: _Optional[str] = ..., at: _Optional[int] = ..., nick: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class HiddenEvent(_message.Message):
    __slots__ = ("conversation", "seqs")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEQS_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    seqs: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, conversation: _Optional[str] = ..., seqs: _Optional[_Iterable[int]] = ...) -> None: ...

class ClearedEvent(_message.Message):
    __slots__ = ("conversation", "upto")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    UPTO_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    upto: int
    def __init__(self, conversation: _Optional[str] = ..., upto: _Optional[int] = ...) -> None: ...

class StreamEvent(_message.Message):
    __slots__ = ("conversation", "stream", "sender", "type", "start", "text", "thread", "reply_to", "ended")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    stream: str
    sender: Person
    type: str
    start: int
    text: str
    thread: int
    reply_to: int
    ended: bool
    def __init__(self, conversation: _Optional[str] = ..., stream: _Optional[str] = ..., sender: _Optional[_Union[Person, _Mapping]] = ..., type: _Optional[str] = ..., start: _Optional[int] = ..., text: _Optional[str] = ..., thread: _Optional[int] = ..., reply_to: _Optional[int] = ..., ended: _Optional[bool] = ...) -> None: ...

class MembershipEvent(_message.Message):
    __slots__ = ("conversation", "user", "change", "by", "at")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: Person
    change: str
    by: Person
    at: int
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[_Union[Person, _Mapping]] = ..., change: _Optional[str] = ..., by: _Optional[_Union[Person, _Mapping]] = ..., at: _Optional[int] = ...) -> None: ...

class RequestEvent(_message.Message):
    __slots__ = ("conversation", "user", "state", "text")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    user: Person
    state: str
    text: str
    def __init__(self, conversation: _Optional[str] = ..., user: _Optional[_Union[Person, _Mapping]] = ..., state: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class DeskEvent(_message.Message):
    __slots__ = ("what", "ticket", "team", "state", "at", "conversation", "agent", "by", "text")
    WHAT_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    what: str
    ticket: str
    team: str
    state: str
    at: int
    conversation: str
    agent: str
    by: str
    text: str
    def __init__(self, what: _Optional[str] = ..., ticket: _Optional[str] = ..., team: _Optional[str] = ..., state: _Optional[str] = ..., at: _Optional[int] = ..., conversation: _Optional[str] = ..., agent: _Optional[str] = ..., by: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class NoticeEvent(_message.Message):
    __slots__ = ("code", "text")
    CODE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    code: str
    text: str
    def __init__(self, code: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class ResyncEvent(_message.Message):
    __slots__ = ("conversation", "from_seq")
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    FROM_SEQ_FIELD_NUMBER: _ClassVar[int]
    conversation: str
    from_seq: int
    def __init__(self, conversation: _Optional[str] = ..., from_seq: _Optional[int] = ...) -> None: ...

class ByeEvent(_message.Message):
    __slots__ = ("reason", "reconnect", "after_ms")
    REASON_FIELD_NUMBER: _ClassVar[int]
    RECONNECT_FIELD_NUMBER: _ClassVar[int]
    AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    reason: str
    reconnect: bool
    after_ms: int
    def __init__(self, reason: _Optional[str] = ..., reconnect: _Optional[bool] = ..., after_ms: _Optional[int] = ...) -> None: ...

class Error(_message.Message):
    __slots__ = ("code", "message", "retry", "retry_after_ms")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    RETRY_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    code: str
    message: str
    retry: bool
    retry_after_ms: int
    def __init__(self, code: _Optional[str] = ..., message: _Optional[str] = ..., retry: _Optional[bool] = ..., retry_after_ms: _Optional[int] = ...) -> None: ...

class Button(_message.Message):
    __slots__ = ("label", "url", "send")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    SEND_FIELD_NUMBER: _ClassVar[int]
    label: str
    url: str
    send: str
    def __init__(self, label: _Optional[str] = ..., url: _Optional[str] = ..., send: _Optional[str] = ...) -> None: ...

class Body(_message.Message):
    __slots__ = ("type", "text", "file", "name", "width", "height", "duration_ms", "waveform", "lat", "lon", "title", "url", "image", "buttons", "other")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    WAVEFORM_FIELD_NUMBER: _ClassVar[int]
    LAT_FIELD_NUMBER: _ClassVar[int]
    LON_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    BUTTONS_FIELD_NUMBER: _ClassVar[int]
    OTHER_FIELD_NUMBER: _ClassVar[int]
    type: str
    text: str
    file: str
    name: str
    width: int
    height: int
    duration_ms: int
    waveform: _containers.RepeatedScalarFieldContainer[int]
    lat: float
    lon: float
    title: str
    url: str
    image: str
    buttons: _containers.RepeatedCompositeFieldContainer[Button]
    other: _struct_pb2.Struct
    def __init__(self, type: _Optional[str] = ..., text: _Optional[str] = ..., file: _Optional[str] = ..., name: _Optional[str] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., duration_ms: _Optional[int] = ..., waveform: _Optional[_Iterable[int]] = ..., lat: _Optional[float] = ..., lon: _Optional[float] = ..., title: _Optional[str] = ..., url: _Optional[str] = ..., image: _Optional[str] = ..., buttons: _Optional[_Iterable[_Union[Button, _Mapping]]] = ..., other: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...
