"""What a client may ask, as typed structs: the JSON protocol's `op` is the tag.

Unknown fields are ignored, missing and wrong ones are `bad_request`. Other gateways build the same structs.
"""

from teahouse.model.commands.fields import (
    Body,
    Cid,
    Command,
    ConversationId,
    Cursors,
    Id,
    Lifetime,
    Limit,
    Millis,
    Priority,
    ScheduleId,
    Seq,
    StreamId,
    Text,
    UserId,
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
    Sync,
)
from teahouse.model.commands.session import Hello, Ping
from teahouse.model.commands.settings import Archive, Expire, Mute, Pin, Preferences

__all__ = [
    "AnyCommand",
    "Archive",
    "Body",
    "Cancel",
    "Cid",
    "Clear",
    "Command",
    "ConversationId",
    "Conversations",
    "Create",
    "Cursors",
    "Delivered",
    "Edit",
    "Expire",
    "Forward",
    "Hello",
    "Hide",
    "History",
    "Id",
    "Invite",
    "Join",
    "Kick",
    "Leave",
    "Lifetime",
    "Limit",
    "Members",
    "Millis",
    "Mute",
    "Online",
    "Original",
    "Pin",
    "Ping",
    "Pins",
    "Preferences",
    "Presence",
    "Priority",
    "React",
    "Read",
    "Readers",
    "Recall",
    "Reschedule",
    "Role",
    "ScheduleId",
    "Schedules",
    "Send",
    "Seq",
    "Stream",
    "StreamId",
    "Sync",
    "Text",
    "Typing",
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
    | Hide
    | Clear
    | Expire
    | Preferences
    | Schedules
    | Reschedule
    | Cancel
    | Stream
)
