"""JSON Schema (2020-12) of the JSON protocol, made from the structs that decode and encode it.

Rule: written by hand is only what no struct tells: which result answers which command, and how entries look as
events. Called by the tests and the docs, which are held against it.
"""

from collections.abc import Iterable
from typing import Annotated, Any, get_args

import msgspec
from msgspec import Meta, Struct

from teahouse.model import bodies, commands, programs, results
from teahouse.model.commands import AnyCommand, Id
from teahouse.model.errors import Code
from teahouse.model.events import AnyEvent
from teahouse.model.people import Person
from teahouse.model.receipts import ReceiptList
from teahouse.model.results import Quote, Reacted, Result, View
from teahouse.model.threads import Thread

Schema = dict[str, Any]

RESULTS: dict[type[commands.Command], tuple[type[Result], ...]] = {
    commands.Hello: (results.Welcome,),
    commands.Ping: (results.Pong,),
    commands.Send: (results.Sent, results.SentToTopic, results.SentEphemeral, results.Scheduled),
    commands.Edit: (results.Logged,),
    commands.Recall: (results.Logged,),
    commands.React: (results.Logged,),
    commands.Read: (results.ReadUpTo,),
    commands.Delivered: (results.Done,),
    commands.Typing: (),
    commands.History: (results.HistoryPage,),
    commands.Search: (results.SearchPage,),
    commands.Sync: (results.Synced,),
    commands.Online: (results.OnlineList,),
    commands.Conversations: (results.ConversationList,),
    commands.Create: (results.Created,),
    commands.Join: (results.Joined, results.Pending),
    commands.Leave: (results.Logged,),
    commands.Invite: (results.Logged,),
    commands.Kick: (results.Logged,),
    commands.Role: (results.Logged,),
    commands.Mute: (results.Logged, results.Done),
    commands.Pin: (results.Logged, results.Done),
    commands.Archive: (results.Done,),
    commands.Members: (results.MemberPage,),
    commands.Presence: (results.Done,),
    commands.Pins: (results.PinnedMessages,),
    commands.Readers: (results.ReaderList,),
    commands.Receipts: (ReceiptList,),
    commands.Hide: (results.Done,),
    commands.Clear: (results.Done,),
    commands.Expire: (results.Logged,),
    commands.Preferences: (results.Preferred,),
    commands.Schedules: (results.ScheduleList,),
    commands.Reschedule: (results.Scheduled,),
    commands.Cancel: (results.Done,),
    commands.Stream: (results.Streaming, results.Sent),
    commands.Conversation: (results.ConversationView,),
    commands.Update: (results.Logged,),
    commands.Dissolve: (results.Logged,),
    commands.Ban: (results.Logged,),
    commands.Unban: (results.Logged,),
    commands.Bans: (results.BanPage,),
    commands.Link: (results.LinkMade,),
    commands.Links: (results.LinkList,),
    commands.Unlink: (results.Done,),
    commands.Preview: (results.Preview,),
    commands.Requests: (results.RequestList,),
    commands.Approve: (results.Logged,),
    commands.Reject: (results.Done,),
    commands.Block: (results.Done,),
    commands.Unblock: (results.Done,),
    commands.Blocks: (results.BlockPage,),
    commands.Contact: (results.Done,),
    commands.Contacts: (results.ContactPage,),
    commands.Report: (results.Reported,),
    commands.Slash: (programs.CommandList,),
}
"""What `ok` may hold for each command."""


class EntryEvent(Struct, kw_only=True, tag_field="ev"):
    """What every entry of a log says as an event. `at`: milliseconds UTC."""

    conversation: str
    seq: Annotated[int, Meta(ge=1)]
    message: Annotated[str, Meta(description="The id of the entry.")]
    sender: Person
    at: int
    cid: Annotated[str, Meta(description="Only to the sender's own sessions.")] = ""


class Edited(Struct):
    """The last edit: the seq of its entry, and when."""

    seq: int
    at: int


class CalledCommand(Struct):
    """The message is a slash command, for this bot."""

    bot: str
    name: str
    rest: str


class Webhook(Struct):
    """By which webhook the message came, and the name and picture it asked to be shown with."""

    id: str
    nick: str = ""
    avatar: str = ""


class Forwarded(Struct):
    """Who wrote it first, by the nick they had, and when."""

    nick: str
    at: int


class Streamed(Struct):
    """The stream this message was told by before. `unfinished`: it broke off."""

    id: str
    unfinished: bool = False


class MessageEvent(EntryEvent, tag="message"):
    """`edited`, `reactions`, `pinned`, `replies` and `quote` come only with history and sync: live, they are events of
    their own, or asked for."""

    body: Annotated[
        dict[str, Any],
        Meta(
            description="Has a `type`: see the definitions `body.*`. Missing when recalled, expired or hidden."
        ),
    ] = {}
    mentions: Annotated[list[str], Meta(description="User ids, or `*` for all.")] = []
    reply_to: int = 0
    topic: str = ""
    priority: str = ""
    bot: Annotated[bool, Meta(description="A program wrote it.")] = False
    command: CalledCommand | None = None
    webhook: Webhook | None = None
    recalled: bool = False
    expired: bool = False
    hidden: bool = False
    thread: Annotated[int, Meta(description="The root of the thread this is a reply in.")] = 0
    forwarded: Forwarded | None = None
    expires_s: int = 0
    stream: Streamed | None = None
    edited: Edited | None = None
    reactions: list[Reacted] = []
    pinned: bool = False
    replies: Annotated[Thread | None, Meta(description="At the root of a thread: its replies.")] = None
    quote: Quote | None = None


class EditEvent(EntryEvent, tag="edit"):
    ref: int
    body: dict[str, Any] = {}
    mentions: list[str] = []
    hidden: bool = False
    expired: bool = False
    expires_s: Annotated[int, Meta(description="Of a message that does not stay: what is left of it.")] = 0


class RecallEvent(EntryEvent, tag="recall"):
    """`expired`: nobody took it back, its time was over; the sender is `system`."""

    ref: int
    expired: bool = False


class ReactionEvent(EntryEvent, tag="reaction"):
    ref: int
    emoji: str
    on: bool


class PinEvent(EntryEvent, tag="pin"):
    ref: int
    on: bool


class MemberEvent(EntryEvent, tag="member"):
    """`change`: joined, left, invited, approved, kicked, banned, unbanned, role, muted or unmuted."""

    user: Person
    change: str
    role: str = ""
    until: int = 0
    reason: str = ""


class ConversationEvent(EntryEvent, tag="conversation"):
    """Made, with its first `members`; or changed, with all its settings; or `dissolved`."""

    kind: str
    title: str
    topic: str = ""
    members: list[Person] = []
    expires_s: int = -1
    description: str = ""
    avatar: str = ""
    join: str = ""
    reach: str = ""
    last: int = 0
    limit: int = 0
    invite: str = ""
    post: str = ""
    dissolved: bool = False


LoggedEvent = (
    MessageEvent | EditEvent | RecallEvent | ReactionEvent | PinEvent | MemberEvent | ConversationEvent
)


class Error(Struct):
    """`retry`: the same command may succeed later, `retry_after_ms` at the earliest."""

    code: Code
    message: str
    retry: bool
    retry_after_ms: int = 0


class Failure(Struct):
    """Without `re`, the frame could not be read far enough to find its id."""

    error: Error
    re: Id = 0


class Answer(Struct):
    re: Id
    ok: Annotated[dict[str, Any], Meta(description="A result of the command's op, see `x-results`.")]


def schema() -> Schema:
    """The whole protocol as one schema. `ClientFrame` and `ServerFrame` are what the two sides send; `x-results`
    says, for each op, what its answer's `ok` may be (nothing: it is not answered)."""
    answers = {type_ for types in RESULTS.values() for type_ in types}
    definitions: Schema = {}
    definitions["ClientFrame"] = _define(definitions, "command.", get_args(AnyCommand))
    definitions["Event"] = _define(definitions, "event.", (*get_args(LoggedEvent), *get_args(AnyEvent)))
    _define(definitions, "body.", tuple(bodies.TYPES.values()))
    definitions["ServerFrame"] = _define(definitions, "frame.", (Answer, Failure))
    definitions["ServerFrame"]["anyOf"].append({"$ref": "#/$defs/Event"})
    _define(definitions, "result.", sorted(answers, key=lambda type_: type_.__name__))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The Teahouse protocol, version 1",
        "anyOf": [{"$ref": "#/$defs/ClientFrame"}, {"$ref": "#/$defs/ServerFrame"}],
        "$defs": definitions,
        "x-results": {
            command.__struct_config__.tag: [{"$ref": f"#/$defs/result.{type_.__name__}"} for type_ in types]
            for command, types in RESULTS.items()
        },
    }


def _define(definitions: Schema, prefix: str, types: Iterable[type]) -> Schema:
    """Add the types and what they are made of to `definitions`, and give a schema for any one of them."""
    references, components = msgspec.json.schema_components(
        types, schema_hook=_foreign, ref_template=f"#/$defs/{prefix}{{name}}"
    )
    definitions.update({prefix + name: component for name, component in components.items()})
    return {"anyOf": list(references)}


def _foreign(type_: type) -> Schema:
    if type_ is View:
        return {"$ref": "#/$defs/Event"}
    raise NotImplementedError
