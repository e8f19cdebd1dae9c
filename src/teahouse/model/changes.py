"""Changes to the directory. They travel with the entry that tells of them, so that both happen or neither."""

from msgspec import Struct

from teahouse.model.conversations import Conversation, Member
from teahouse.model.jobs import Job
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


class PutJob(Struct, frozen=True, gc=False, tag=True):
    """Something to do later because of the entry: it is queued if and only if the entry is stored. A `seq` of -1
    stands for the entry's; the job is then the only one of its kind that follows it, and gets its id from that."""

    job: Job


class PutReply(Struct, frozen=True, gc=False, tag=True):
    """The entry is a reply in the thread of message `root`."""

    conversation: str
    root: int
    seq: int = -1


SEQ_OF_ENTRY = -1

Change = PutUser | PutConversation | PutMember | PutJob | PutReply
