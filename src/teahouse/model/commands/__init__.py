"""What a client may ask, as typed structs: the JSON protocol's `op` is the tag.

Unknown fields are ignored, missing and wrong ones are `bad_request`. Other gateways build the same structs.
"""

from teahouse.model.commands.bots import DropHook, ListHooks, MakeHook, Post, Slash, Style, TurnHook
from teahouse.model.commands.fields import (
    Body,
    Cid,
    Command,
    ConversationId,
    Cursors,
    Id,
    Limit,
    Priority,
    Seq,
    Text,
    Time,
    UserId,
)
from teahouse.model.commands.membership import Create, Invite, Join, Kick, Leave, Members, Role
from teahouse.model.commands.messages import Edit, React, Recall, Send, Typing
from teahouse.model.commands.people import Online, Presence
from teahouse.model.commands.reading import (
    Conversations,
    Delivered,
    History,
    Read,
    Search,
    SearchCursor,
    SearchLimit,
    SearchText,
    Sync,
)
from teahouse.model.commands.session import Hello, Ping
from teahouse.model.commands.settings import Archive, Mute, Pin

__all__ = [
    "AnyCommand",
    "Archive",
    "Body",
    "Cid",
    "Command",
    "ConversationId",
    "Conversations",
    "Create",
    "Cursors",
    "Delivered",
    "DropHook",
    "Edit",
    "Hello",
    "History",
    "Id",
    "Invite",
    "Join",
    "Kick",
    "Leave",
    "Limit",
    "ListHooks",
    "MakeHook",
    "Members",
    "Mute",
    "Online",
    "Pin",
    "Ping",
    "Post",
    "Presence",
    "Priority",
    "React",
    "Read",
    "Recall",
    "Role",
    "Search",
    "SearchCursor",
    "SearchLimit",
    "SearchText",
    "Send",
    "Seq",
    "Slash",
    "Style",
    "Sync",
    "Text",
    "Time",
    "TurnHook",
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
    | Slash
)
