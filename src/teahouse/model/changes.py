"""Changes to the directory. They travel with the entry that tells of them, so that both happen or neither."""

from msgspec import Struct

from teahouse.model.audit import Record
from teahouse.model.bots import Bot, Hook
from teahouse.model.conversations import Conversation, Member
from teahouse.model.people import User


class PutUser(Struct, frozen=True, gc=False, tag=True):
    """Add a user or replace what is known of it. `resume` is the SHA-256 of a guest's resume secret; None
    leaves the stored one. A new user has read the lobby up to `lobby_seq`."""

    user: User
    at: int
    resume: bytes | None = None
    lobby_seq: int = 0


class PutConversation(Struct, frozen=True, gc=False, tag=True):
    """Add a conversation or replace its settings."""

    conversation: Conversation


class PutMember(Struct, frozen=True, gc=False, tag=True):
    """Add a member or replace its place. `joined` or `left` of -1 stand for the seq of the entry that
    carries the change, which nobody knows before the append."""

    member: Member


class PutBot(Struct, frozen=True, gc=False, tag=True):
    """Add a bot or replace what is known of it. Its user is put by a PutUser."""

    bot: Bot


class DropBot(Struct, frozen=True, gc=False, tag=True):
    """There is no such bot any more; what it wrote stays."""

    bot: str


class PutHook(Struct, frozen=True, gc=False, tag=True):
    """Add a webhook or replace what is known of it."""

    hook: Hook


class DropHook(Struct, frozen=True, gc=False, tag=True):
    """There is no such webhook any more; what it wrote stays."""

    hook: str


class Audited(Struct, frozen=True, gc=False, tag=True):
    """The record of what the changes beside it do. The same one twice is two records."""

    record: Record


SEQ_OF_ENTRY = -1


class PutPosting(Struct, frozen=True, gc=False, tag=True):
    """Note that the entry which carries the change carries a file: `seq` is SEQ_OF_ENTRY. Who may read the entry may
    read the file."""

    file: str
    conversation: str
    seq: int = SEQ_OF_ENTRY


Change = PutUser | PutConversation | PutMember | PutPosting | PutBot | DropBot | PutHook | DropHook | Audited
