"""Expiry: messages that are erased when their time is over, for everybody.

Rule: the job that erases a message travels with it, so there is none without the other. What erases it is an entry, a
recall by the server, and so takes the road of every recall: one transaction erases the content, live clients are told
in order, and search, files and unread counts follow. Its cid comes from the message, so it is written once, however
often the job is done.
"""

import msgspec
from msgspec.structs import replace

from teahouse.engine import ack
from teahouse.engine.history import RecallContent
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.places import Cause, Places
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access, access_manager, check_not_blocked
from teahouse.engine.session import Session
from teahouse.engine.store import Append
from teahouse.engine.stores import Stores
from teahouse.model.changes import SEQ_OF_ENTRY, PutConversation
from teahouse.model.commands import Expire
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, SYSTEM
from teahouse.model.jobs import Job
from teahouse.model.people import User
from teahouse.model.results import Logged

_EXPIRED = msgspec.json.encode(RecallContent(expired=True))


class ConversationContent(msgspec.Struct):
    """The content of an entry that tells of a changed setting."""

    kind: str
    title: str
    expires_s: int


class Expiry:
    def __init__(self, stores: Stores, pipeline: Pipeline, rosters: Rosters, places: Places) -> None:
        self._log = stores.log
        self._clock = stores.clock
        self._pipeline = pipeline
        self._rosters = rosters
        self._places = places

    async def erase(self, job: Job) -> None:
        """The time of a message is over. Once, however often this is called."""
        found = await self._log.read(job.conversation, job.seq - 1, job.seq, 1)
        if not found or not _is_standing(found[0]):
            return
        draft = Draft(
            job.conversation,
            Kind.RECALL,
            SYSTEM,
            SYSTEM,
            self._clock.now(),
            _EXPIRED,
            f"{job.kind}:{job.seq}",
            job.seq,
        )
        await self._pipeline.commit(Append(draft, ack.logged))

    async def expire(self, session: Session, command: Expire) -> Logged | None:
        """How long new messages stay here: set by owner and admins, in a direct conversation by both."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            member = self._access(roster, session.identity)
            before = roster.conversation
            if before.expires_s == command.expires_s:
                return Logged(member.joined)
            changed = replace(before, expires_s=command.expires_s, revision=SEQ_OF_ENTRY)
            cause = Cause(session.identity, session, command.id)
            content = msgspec.json.encode(_content(changed))
            changes = [PutConversation(changed), *self._places.rests(roster, [member.user])]
            await self._places.write(cause, before.id, Kind.CONVERSATION, content, changes)
            return None

    def _access(self, roster: Roster, user: User) -> Member:
        if roster.conversation.id == LOBBY:
            raise Problem(Code.FORBIDDEN, "nobody sets how long messages stay in the lobby")
        if roster.conversation.kind is not ConversationKind.DIRECT:
            return access_manager(roster, user)
        member = access(roster, user)
        check_not_blocked(roster, user)
        return member


def _content(conversation: Conversation) -> ConversationContent:
    return ConversationContent(conversation.kind, conversation.title, conversation.expires_s)


def _is_standing(entry: Entry) -> bool:
    return entry.kind is Kind.MESSAGE and not entry.redacted
