"""Revise: change a message afterwards. Edit, recall, reactions and pins are entries of their own."""

import msgspec

from teahouse.engine import ack
from teahouse.engine.attach import carries, postings
from teahouse.engine.compose import Content
from teahouse.engine.history import PinContent, ReactionContent, Reader
from teahouse.engine.options import EngineOptions
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.review import plain
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import MANAGERS, access, check_not_blocked, check_send
from teahouse.engine.session import Session
from teahouse.engine.sight import expires_at
from teahouse.engine.store import Append
from teahouse.model.changes import Change
from teahouse.model.commands import Command, Edit, Pin, React, Recall
from teahouse.model.conversations import ConversationKind
from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Logged
from teahouse.ports.clock import Clock

_encode = msgspec.json.Encoder().encode


class Revise:
    def __init__(
        self, pipeline: Pipeline, rosters: Rosters, reader: Reader, clock: Clock, options: EngineOptions
    ) -> None:
        self._pipeline = pipeline
        self._rosters = rosters
        self._reader = reader
        self._clock = clock
        self._options = options

    async def edit(self, session: Session, command: Edit) -> None:
        """By the author, within the window."""
        roster, entry = await self._message(session, command.conversation, command.seq)
        now = self._clock.now()
        check_send(roster, session.identity, now)
        if entry.sender != session.identity.id:
            raise Problem(Code.FORBIDDEN, "only its author may edit a message")
        if now - entry.at > self._options.edit_window_s * 1000:
            raise Problem(Code.FORBIDDEN, "the message is too old to be edited")
        composer, given = self._pipeline.composer, command.body
        if given is not None and carries(given):
            given = await self._pipeline.attach.fill(session.identity, given)
        body = composer.body(command.text, given)
        review = self._pipeline.review
        if review is not None and review.wants(entry.conversation, "edit"):
            said = await review.look(session.identity, entry.conversation, plain(body), entry.seq)
            body = said or body
        screening = self._pipeline.screening
        body, flag = screening.look(entry.conversation, session.identity, body, entry.seq)
        mentions = composer.mentions(body, roster, entry.sender)
        content = composer.encode(Content(body, mentions, expires_s=self._left(entry)))
        changes = (
            *postings(body, entry.conversation),
            *screening.flagged(entry.conversation, session.identity, flag, content),
        )
        await self._write(session, command, (roster, entry), Kind.EDIT, (content, changes))

    def _left(self, entry: Entry) -> int:
        """The seconds a message has left, for its edit; 0: it stays."""
        due = expires_at(entry)
        return 0 if due is None else max(1, (due - self._clock.now()) // 1000)

    async def recall(self, session: Session, command: Recall) -> None:
        """By the author within the window, by owner and admins at any time. The content is gone for good."""
        roster, entry = await self._message(session, command.conversation, command.seq)
        user, now = session.identity, self._clock.now()
        managing = access(roster, user).role in MANAGERS
        if not managing:
            if entry.sender != user.id:
                raise Problem(Code.FORBIDDEN, "only its author, the owner and admins may recall a message")
            if now - entry.at > self._options.recall_window_s * 1000:
                raise Problem(Code.FORBIDDEN, "the message is too old to be recalled")
        rests = self._pipeline.judging.expect(roster, [user.id]) if managing else ()
        await self._write(session, command, (roster, entry), Kind.RECALL, (b"{}", rests))

    async def react(self, session: Session, command: React) -> Logged | None:
        """Put an emoji on a message, or take it away. Asking for what is so already changes nothing."""
        roster, entry = await self._message(session, command.conversation, command.seq)
        access(roster, session.identity)
        check_not_blocked(roster, session.identity)
        view = await self._reader.state(entry, session.identity)
        user = session.identity.id
        on = any(r.emoji == command.emoji and user in r.users for r in view.reactions)
        if on == command.on:
            return Logged(entry.seq)
        content = _encode(ReactionContent(command.emoji, command.on))
        await self._write(session, command, (roster, entry), Kind.REACTION, (content, ()))
        return None

    async def pin(self, session: Session, command: Pin, seq: int) -> Logged | None:
        """Pin a message for all: by owner and admins; in a direct conversation and the like by both."""
        roster, entry = await self._message(session, command.conversation, seq)
        member = access(roster, session.identity)
        check_not_blocked(roster, session.identity)
        if roster.conversation.kind is not ConversationKind.DIRECT and member.role not in MANAGERS:
            raise Problem(Code.FORBIDDEN, "only the owner and admins may pin a message")
        judging = self._pipeline.judging
        end = await judging.end(command.conversation)
        if (await self._reader.state(entry, session.identity)).pinned == command.on:
            return Logged(entry.seq)
        if command.on and await self._reader.pinned(command.conversation) >= self._options.pins:
            raise Problem(Code.CONFLICT, f"{self._options.pins} messages are pinned already; unpin one first")
        rests = judging.expect(roster, [session.identity.id], pins=end)
        await self._write(
            session, command, (roster, entry), Kind.PIN, (_encode(PinContent(command.on)), rests)
        )
        return None

    async def _message(self, session: Session, conversation: str, seq: int) -> tuple[Roster, Entry]:
        """A message that is still there, in a conversation the user is in."""
        roster = await self._rosters.load(conversation)
        access(roster, session.identity)
        entry = await self._reader.entry(roster, session.identity, seq)
        if entry.kind is not Kind.MESSAGE:
            raise Problem(Code.BAD_REQUEST, f"entry {seq} is not a message")
        if entry.redacted:
            raise Problem(Code.NOT_FOUND, f"message {seq} was recalled")
        return roster, entry

    async def _write(
        self,
        session: Session,
        command: Command,
        of: tuple[Roster, Entry],
        kind: Kind,
        what: tuple[bytes, tuple[Change, ...]],
    ) -> None:
        """`what` is the content of the new entry, and the changes that travel with it."""
        user, now = session.identity, self._clock.now()
        (roster, entry), (content, changes) = of, what
        draft = Draft(
            entry.conversation,
            kind,
            user.id,
            user.nick,
            now,
            content,
            ref=entry.seq,
            changes=changes,
            judged=self._pipeline.judging.of(roster),
        )
        await self._pipeline.commit(Append(draft, ack.logged, session, command.id))
