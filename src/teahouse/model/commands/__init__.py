"""What a client may ask, as typed structs: the JSON protocol's `op` is the tag.

Unknown fields are ignored, missing and wrong ones are `bad_request`. Other gateways build the same structs.
"""

from teahouse.model.commands.bots import DropHook, End, ListHooks, MakeHook, Post, Slash, Style, TurnHook
from teahouse.model.commands.fields import (
    Body,
    Cid,
    Command,
    ConversationId,
    Cursors,
    Id,
    Last,
    Lifetime,
    Limit,
    LinkToken,
    Millis,
    Priority,
    ScheduleId,
    Seq,
    StreamId,
    Text,
    Time,
    UserId,
)
from teahouse.model.commands.governing import (
    Approve,
    Ban,
    Bans,
    Conversation,
    Dissolve,
    Link,
    Links,
    Preview,
    Reject,
    Requests,
    Unban,
    Unlink,
    Update,
)
from teahouse.model.commands.later import Cancel, Reschedule, Schedules, Stream
from teahouse.model.commands.membership import Create, Invite, Join, Kick, Leave, Members, Role
from teahouse.model.commands.messages import Edit, Forward, Original, React, Recall, Send, Typing
from teahouse.model.commands.people import Online, Presence
from teahouse.model.commands.reading import (
    Clear,
    Conversations,
    Delivered,
    Hide,
    History,
    Pins,
    Read,
    Readers,
    Receipts,
    Search,
    SearchCursor,
    SearchLimit,
    SearchText,
    Sync,
)
from teahouse.model.commands.relations import Block, Blocks, Contact, Contacts, Report, Unblock
from teahouse.model.commands.session import Hello, Ping
from teahouse.model.commands.settings import Archive, Expire, Mute, Pin, Preferences

__all__ = [
    "AnyCommand",
    "Approve",
    "Archive",
    "Ban",
    "Bans",
    "Block",
    "Blocks",
    "Body",
    "Cancel",
    "Cid",
    "Clear",
    "Command",
    "Contact",
    "Contacts",
    "Conversation",
    "ConversationId",
    "Conversations",
    "Create",
    "Cursors",
    "Delivered",
    "Dissolve",
    "DropHook",
    "Edit",
    "End",
    "Expire",
    "Forward",
    "Hello",
    "Hide",
    "History",
    "Id",
    "Invite",
    "Join",
    "Kick",
    "Last",
    "Leave",
    "Lifetime",
    "Limit",
    "Link",
    "LinkToken",
    "Links",
    "ListHooks",
    "MakeHook",
    "Members",
    "Millis",
    "Mute",
    "Online",
    "Original",
    "Pin",
    "Ping",
    "Pins",
    "Post",
    "Preferences",
    "Presence",
    "Preview",
    "Priority",
    "React",
    "Read",
    "Readers",
    "Recall",
    "Receipts",
    "Reject",
    "Report",
    "Requests",
    "Reschedule",
    "Role",
    "ScheduleId",
    "Schedules",
    "Search",
    "SearchCursor",
    "SearchLimit",
    "SearchText",
    "Send",
    "Seq",
    "Slash",
    "Stream",
    "StreamId",
    "Style",
    "Sync",
    "Text",
    "Time",
    "TurnHook",
    "Typing",
    "Unban",
    "Unblock",
    "Unlink",
    "Update",
    "UserId",
]

AnyCommand = (
    Hello
    | Ping
    | Send
    | Edit
    | Recall
    | React
    | Read
    | Delivered
    | Typing
    | History
    | Search
    | Sync
    | Online
    | Conversations
    | Create
    | Join
    | Leave
    | Invite
    | Kick
    | Role
    | Mute
    | Pin
    | Archive
    | Members
    | Presence
    | Pins
    | Readers
    | Receipts
    | Hide
    | Clear
    | Expire
    | Preferences
    | Schedules
    | Reschedule
    | Cancel
    | Stream
    | Conversation
    | Update
    | Dissolve
    | Ban
    | Unban
    | Bans
    | Link
    | Links
    | Unlink
    | Preview
    | Requests
    | Approve
    | Reject
    | Block
    | Unblock
    | Blocks
    | Contact
    | Contacts
    | Report
    | Slash
)
