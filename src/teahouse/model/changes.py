"""Changes to the directory. They travel with the entry that tells of them, so that both happen or neither."""

from msgspec import Struct
from msgspec.structs import replace

from teahouse.model.audit import Record
from teahouse.model.bots import Bot, Hook
from teahouse.model.conversations import Conversation, Member, Reach
from teahouse.model.jobs import Job, following
from teahouse.model.outlets import Outlet
from teahouse.model.people import User
from teahouse.model.reports import Report

SEQ_OF_ENTRY = -1
"""Stands for the seq of the entry that carries the change, which nobody knows before the append."""


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
    """Add a member or replace its place. `joined`, `left` and `reads` may be SEQ_OF_ENTRY; `reads` of
    SEQ_OF_ENTRY - n is n entries before it (see `reads_of`)."""

    member: Member


class PutJob(Struct, frozen=True, gc=False, tag=True):
    """Something to do later because of the entry: it is queued if and only if the entry is stored. A `seq` of -1
    stands for the entry's; a job without an id is then the only one of its kind that follows it, and gets its id from
    that. If a job with its id is kept already, the entry is stored and that job stays as it is."""

    job: Job


class PutReply(Struct, frozen=True, gc=False, tag=True):
    """The entry is a reply in the thread of message `root`."""

    conversation: str
    root: int
    seq: int = -1


class UseLink(Struct, frozen=True, gc=False, tag=True):
    """Count one use of an invitation link, at a time (milliseconds UTC). If the link has none left by then, or was
    revoked, or has expired, nothing of the draft or call that carries this happens."""

    link: str
    at: int


class Expect(Struct, frozen=True, gc=False, tag=True):
    """What the changes beside it rest on: these settings and places, by user, are what the store has (None: nothing),
    at most `most` are in (negative: any number), and no entry after `pins` pinned anything or let it go (negative: it
    does not matter). If it is not so, nothing of the draft or call that carries this happens."""

    conversation: str
    settings: Conversation | None
    places: tuple[tuple[str, Member | None], ...] = ()
    most: int = -1
    pins: int = -1


class DropRequest(Struct, frozen=True, gc=False, tag=True):
    """The user's request to join is settled."""

    conversation: str
    user: str


class PutReport(Struct, frozen=True, gc=False, tag=True):
    """Store a report; one there is already by the same reporter of the same thing stays as it is. `seq` may be
    SEQ_OF_ENTRY."""

    report: Report


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


class PutOutlet(Struct, frozen=True, gc=False, tag=True):
    """Add an outgoing webhook or replace what is known of it."""

    outlet: Outlet


class DropOutlet(Struct, frozen=True, gc=False, tag=True):
    """There is no such outgoing webhook any more."""

    outlet: str


class Audited(Struct, frozen=True, gc=False, tag=True):
    """The record of what the changes beside it do. The same one twice is two records."""

    record: Record


class PutPosting(Struct, frozen=True, gc=False, tag=True):
    """Note that the entry which carries the change carries a file: `seq` is SEQ_OF_ENTRY. Who may read the entry may
    read the file."""

    file: str
    conversation: str
    seq: int = SEQ_OF_ENTRY


Change = (
    PutUser
    | PutConversation
    | PutMember
    | PutPosting
    | UseLink
    | Expect
    | DropRequest
    | PutReport
    | PutBot
    | DropBot
    | PutHook
    | DropHook
    | PutOutlet
    | DropOutlet
    | Audited
    | PutJob
    | PutReply
)


def reads_of(reach: Reach, last: int) -> int:
    """What a joiner's `reads` is to be, in a change."""
    if reach is Reach.ALL:
        return 1
    return SEQ_OF_ENTRY - last if reach is Reach.LAST else 0


def placed(change: Change, seq: int) -> Change:
    """`change` with SEQ_OF_ENTRY replaced by the seq of the entry that carries it."""
    match change:
        case PutMember(member):
            return PutMember(placed_member(member, seq)) if _is_open(member) else change
        case PutConversation(conversation) if SEQ_OF_ENTRY in (conversation.dissolved, conversation.revision):
            return PutConversation(
                replace(
                    conversation,
                    dissolved=_placed(conversation.dissolved, seq),
                    revision=_placed(conversation.revision, seq),
                )
            )
        case PutPosting(_, _, at) if at == SEQ_OF_ENTRY:
            return replace(change, seq=seq)
        case PutReport(report) if report.seq == SEQ_OF_ENTRY:
            return PutReport(replace(report, seq=seq))
        case PutReply(_, _, at) if at == SEQ_OF_ENTRY:
            return replace(change, seq=seq)
        case PutJob(job) if job.seq == SEQ_OF_ENTRY:
            return PutJob(replace(job, seq=seq, id=job.id or following(job.kind, job.conversation, seq)))
    return change


def placed_member(member: Member, seq: int) -> Member:
    """The member with the seq of the entry that carries the change."""
    if not _is_open(member):
        return member
    return replace(
        member,
        joined=_placed(member.joined, seq),
        left=_placed(member.left, seq),
        reads=_placed(member.reads, seq),
    )


def _is_open(member: Member) -> bool:
    return member.joined < 0 or member.left < 0 or member.reads < 0


def _placed(wanted: int, seq: int) -> int:
    return wanted if wanted >= 0 else max(seq + wanted - SEQ_OF_ENTRY, 1)
