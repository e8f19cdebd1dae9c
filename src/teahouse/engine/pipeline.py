"""The road of a message, on one page.

A send is routed, composed, stored, fanned out and acknowledged, in this order; every other change of a conversation
takes the same road from `store` on. Up to the store all is done at once, without waiting; what comes after the commit
is called back in log order. If the process dies anywhere before the commit, nothing happened and nobody was told so;
if it dies after, the log has the entry, and a client that was not answered repeats its cid and gets the same seq.
"""

from asyncio import Future
from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from teahouse.engine import ack
from teahouse.engine.attach import Attach, carries, postings
from teahouse.engine.compose import NOTHING, Composer, Content, Extra
from teahouse.engine.fanout import Fanout
from teahouse.engine.judging import Judging
from teahouse.engine.nodes import placed_by
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.push import Push
from teahouse.engine.quota import Quota
from teahouse.engine.review import Review
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import Route, check_send, check_topic_send
from teahouse.engine.scopes import speaks_for_itself
from teahouse.engine.screening import Body, Screening
from teahouse.engine.session import Session
from teahouse.engine.slash import Called, Commands, spoken
from teahouse.engine.store import Append, Store
from teahouse.engine.stores import Stores
from teahouse.engine.watch import watched
from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutConversation, PutJob
from teahouse.model.commands import Send
from teahouse.model.conversations import Member
from teahouse.model.entries import JUDGED, Appended, Draft, Kind, entry_of
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Ephemeral
from teahouse.model.ids import TOPIC_PREFIX, message_id
from teahouse.model.jobs import Job
from teahouse.model.people import Person, User
from teahouse.model.results import Result, Routed, SentEphemeral, SentToTopic


class Pipeline:
    """`settled` is told of each session whose command was answered: it may go on with its next one. `typed` is
    told by whom and where a message was written, `queued` when a job is due that came with an entry. `needs` and
    `prepare` are prepare.py's. `followers` gives the jobs of programs that follow what is said (beside.py)."""

    def __init__(
        self,
        stores: Stores,
        route: Route,
        rosters: Rosters,
        fanout: Fanout,
        composer: Composer,
        screening: Screening,
    ) -> None:
        self.clock = self._clock = stores.clock
        self._nodes = fanout.nodes
        self._route = route
        self._rosters = rosters
        self._fanout = fanout
        self._tally = fanout.tally
        self.judging = Judging(stores.log, rosters, fanout)
        self.composer = composer
        self.screening = screening
        self.store = Store(stores.log, self._committed, self._refused)
        self.quota: Quota
        self.attach: Attach
        self.commands: Commands
        self.push: Push | None = None
        self.followers: Callable[[Roster, str], tuple[PutJob, ...]] | None = None
        self.outgoing: Outgoing | None = None
        self.review: Review | None = None
        self.settled: Callable[[Session], None]
        self.typed: Callable[[str, str], None]
        self.queued: Callable[[int], None]
        self.needs: Callable[[Send], bool]
        self.prepare: Callable[[Session, Send], Awaitable[Result | None]]

    def send(self, session: Session, command: Send) -> Awaitable[Result | None] | None:
        """Take a send. Mostly done at once; an awaitable where the target or a file must be looked up first."""
        self.quota.take_send(session.identity.id)
        if command.only is not None and not command.ephemeral:
            raise Problem(Code.BAD_REQUEST, "only an ephemeral message can be for one member")
        if carries(command.body):
            return self._send_carrying(session, command)
        return self._send(session, command)

    def _send(self, session: Session, command: Send) -> Awaitable[Result | None] | None:
        user = session.identity
        if command.to.startswith(TOPIC_PREFIX):
            return self._send_to_topic(session, command)
        if self.needs(command):
            return self.prepare(session, command)
        roster = self._route.known(user, command.to)
        if roster is None:
            return self._send_after_lookup(session, command)
        if self.review is not None and self.review.wants(roster.conversation.id):
            return self._send_reviewed(session, command, roster)
        self.accept(session, command, roster)
        return None

    async def _send_carrying(self, session: Session, command: Send) -> Result | None:
        """A message with a file, which has to be there, and to be the sender's or shown to them."""
        if command.ephemeral:
            raise Problem(Code.BAD_REQUEST, "an ephemeral message cannot carry a file: nobody could open it")
        if command.body is None or command.text is not None:
            raise Problem(Code.BAD_REQUEST, "give either text or body, not both")
        filled = await self.attach.fill(session.identity, command.body)
        rest = self._send(session, replace(command, body=filled))
        return None if rest is None else await rest

    async def _send_after_lookup(self, session: Session, command: Send) -> None:
        await self._send_reviewed(session, command, await self._route.target(session.identity, command.to))

    async def _send_reviewed(self, session: Session, command: Send, roster: Roster) -> None:
        """As every other send, once whoever wants to be asked has been asked."""
        if self.review is not None:
            check_send(roster, session.identity, self._clock.now())
            command = await self.review.send(session.identity, roster.conversation.id, command)
        self.accept(session, command, roster)

    def accept(self, session: Session, command: Send, roster: Roster, extra: Extra = NOTHING) -> None:
        """Check and store, now that the conversation is known and everything else that must be."""
        user = session.identity
        check_send(roster, user, self._clock.now())
        if command.reply_to is not None:
            self.check_reply(roster, user, command.reply_to)
        if command.ephemeral:
            self._pass_on(session, command, roster)
            return
        draft = self.draft(session, command, roster, extra=extra)
        self.submit(Append(draft, ack.sent, session, command.id, command.priority == "high"))

    def check_reply(self, roster: Roster, user: User, seq: int) -> None:
        """A reply is to something that is there, as far as is known here, and that its author may read. Cheap, because
        whoever writes mostly listens, too."""
        head = self._fanout.head(roster.conversation.id)
        after, _ = roster.readable(user) or (0, 0)
        if seq <= after or (head is not None and seq > head):
            raise Problem(Code.BAD_REQUEST, f"there is no entry {seq} to reply to")

    def draft(
        self, session: Session, command: Send, roster: Roster, topic: str = "", extra: Extra = NOTHING
    ) -> Draft:
        """The entry a send becomes."""
        user, now, conversation = session.identity, self._clock.now(), roster.conversation.id
        body, called = self._said(command, roster, extra)
        body, flag = self.screening.look(conversation, user, body)
        mentions = () if extra.forwarded else self.composer.mentions(body, roster, user.id)
        lasts = lifetime(roster, command.expires_s, extra.lasts_s)
        high = "high" if command.priority == "high" else ""
        bot = session.scopes is not None and speaks_for_itself(session.scopes)
        content = self.composer.encode(
            Content(
                body, mentions, topic, high, extra.thread, extra.forwarded, lasts, extra.stream, bot, called
            )
        )
        return Draft(
            conversation,
            Kind.MESSAGE,
            user.id,
            user.nick,
            now,
            content,
            command.cid,
            command.reply_to,
            mentions,
            (
                *extra.changes,
                *postings(body, conversation),
                *(self.screening.flagged(conversation, user, flag, content) if flag else ()),
                *self.jobs(roster, user.id, now + lasts * 1000 if lasts else 0),
            ),
            # By topic also those write who are not in.
            JUDGED if roster.since < 0 or topic else self.judging.of(roster),
        )

    def jobs(self, roster: Roster, sender: str, over: int) -> tuple[PutJob, ...]:
        """What travels with a message to be done later: its erasure when its time is `over` (milliseconds UTC; 0: it
        stays), and waking up who is to hear of it."""
        woken = self.push.job(roster, sender) if self.push is not None else ()
        if self.followers is not None:
            woken = (*woken, *self.followers(roster, sender))
        return (*woken, erasure(roster.conversation.id, over)) if over else woken

    def _said(self, command: Send, roster: Roster, extra: Extra) -> tuple[Body, Called | None]:
        """What is said, and if it is a bot's command, which."""
        if extra.body is not None:
            return extra.body, None
        body = self.composer.body(command.text, command.body)
        if command.text is None or command.text[0] != "/":
            return body, None
        called = self.commands.called(command.text, roster)
        return (spoken(command.text) if called is None else None) or body, called

    def _pass_on(self, session: Session, command: Send, roster: Roster) -> None:
        """An ephemeral message: at most once, to whoever is live, not stored."""
        user, at = session.identity, self._clock.now()
        body = self.composer.body(command.text, command.body)
        body = self.screening.look_at_passing(roster.conversation.id, user, body)
        plain = body if isinstance(body, dict) else {"type": body.type, "text": body.text}
        conversation, person = roster.conversation.id, Person(user.id, user.nick)
        if command.only is None:
            self._fanout.tell(conversation, Ephemeral(conversation, person, at, plain), session)
        else:
            event = Ephemeral(conversation, person, at, plain, only=command.only)
            self._fanout.aside(conversation, command.only, event)
        session.answer(command.id, SentEphemeral(conversation, at))

    async def _send_to_topic(self, session: Session, command: Send) -> SentToTopic:
        """One message to each room that listens; the same cid in each makes the whole idempotent."""
        user, topic = session.identity, command.to[len(TOPIC_PREFIX) :]
        if command.ephemeral:
            raise Problem(Code.BAD_REQUEST, "a message to a topic cannot be ephemeral")
        if self.needs(command):
            raise Problem(Code.BAD_REQUEST, "a message to a topic has no thread, original or time")
        if command.reply_to is not None:
            raise Problem(Code.BAD_REQUEST, "a message to a topic cannot be a reply; answer in a room")
        rooms = await self._route.topic(user, topic)
        for roster in rooms:
            check_topic_send(roster, user, self._clock.now())
        sends = [command] * len(rooms)
        if self.review is not None:
            sends = [await self.review.send(user, roster.conversation.id, command) for roster in rooms]
        high = command.priority == "high"
        appends = [
            Append(self.draft(session, send, roster, topic), ack.sent, session, None, high)
            for send, roster in zip(sends, rooms, strict=True)
        ]
        done = [await settled for settled in [self.commit(append) for append in appends]]
        routed = tuple(
            Routed(a.draft.conversation, d.seq, message_id(a.draft.conversation, d.seq))
            for a, d in zip(appends, done, strict=True)
        )
        first, at = routed[0], done[0].at
        duplicate = all(d.duplicate for d in done)
        return SentToTopic(first.conversation, first.seq, first.message, at, duplicate, routed)

    def commit(self, append: Append) -> Future[Appended]:
        """To the log, for a coroutine that waits. The answer to its command is written in its place all the
        same; a refusal is raised."""
        append.draft = watched(append.draft, append.origin)
        if self.outgoing is not None:
            append.draft = self.outgoing.follow(append.draft)
        return self.store.begin(append)

    def submit(self, append: Append) -> None:
        """To the log. Until it is answered it counts against what its session may have in flight."""
        if self.outgoing is not None:
            append.draft = self.outgoing.follow(append.draft)
        self.store.append(append)
        if append.origin is not None:
            append.origin.inflight += 1

    def _committed(self, appends: Sequence[Append], results: Sequence[Appended]) -> None:
        """What the log committed, in log order: make it true here, fan out, acknowledge."""
        for append, appended in zip(appends, results, strict=True):
            if appended.conflict:
                if appended.refused is not None:  # another node knew more
                    self._rosters.forget(append.draft.conversation)
                if append.settled is None:
                    ack.refuse(append, ack.refusal(appended))
            elif appended.duplicate:
                answer = ack.encode(append, appended)
                if answer is not None and append.origin is not None and not append.origin.closed:
                    append.origin.write(answer)
            else:
                self._deliver(append, appended)
            ack.settle(append, appended)
            self._release(append)

    def _deliver(self, append: Append, appended: Appended) -> None:
        """Fan out a new entry. Membership follows the log: who came in hears the entry that says so, who went
        hears it last. A sender who was told that it may not be stored hears of it like everybody else."""
        draft, seq = append.draft, appended.seq
        put = self._apply(draft.changes, seq) if draft.changes else ()
        if put or draft.kind is Kind.CONVERSATION:
            self._fanout.disorder.reach(draft.conversation, seq - 1)
        for member in put:
            if not member.left:
                self._fanout.admit(member.conversation, member.user, seq - 1)
        answer = ack.encode(append, appended)
        origin = None if append.abandoned else append.origin
        news = placed_by(draft.changes, seq) if draft.changes and self._nodes.shared else None
        self._fanout.offer(entry_of(draft, seq), origin, answer, append.high, placed=news)
        if self.outgoing is not None:
            self.outgoing.stored(draft)
        if draft.kind is Kind.MESSAGE:
            self._tally.messages += 1
            self.typed(draft.conversation, draft.sender)
            if self.push is not None:
                self.push.stored(draft)
        for member in put:
            if member.left:
                self._fanout.part(member.conversation, member.user)
        if draft.kind is Kind.CONVERSATION and _ends(draft.changes):
            self._fanout.disband(draft.conversation)

    def _apply(self, changes: Sequence[Change], seq: int) -> Sequence[Member]:
        self._route.learn(changes)
        for change in changes:
            if isinstance(change, PutJob):
                self.queued(change.job.due)
        return self._rosters.apply(changes, seq)

    def opened(self, roster: Roster) -> None:
        """A direct conversation was made: both sides hear it from its first entry."""
        for user in roster.members:
            self._fanout.admit(roster.conversation.id, user, 0)

    def _refused(self, append: Append, problem: Problem) -> None:
        ack.refuse(append, problem)
        self._release(append)

    def _release(self, append: Append) -> None:
        """Its session may go on; once, also if it timed out before it was committed."""
        session = append.origin
        if session is None or append.settled is not None or append.released:
            return
        append.released = True
        session.inflight -= 1
        self.settled(session)


def lifetime(roster: Roster, wanted: int | None = None, longest: int = 0) -> int:
    """The seconds a message stays, by its sender, else by its conversation, and not longer than its original; 0: it
    stays."""
    lasts = wanted or roster.conversation.expires_s
    return min(lasts or longest, longest) if longest else lasts


def erasure(conversation: str, due: int) -> PutJob:
    """What will erase a message when its time is over."""
    return PutJob(Job("expire", "", due, urgent=True, conversation=conversation, seq=SEQ_OF_ENTRY))


def _ends(changes: Sequence[Change]) -> bool:
    """Whether these changes dissolve a conversation."""
    return any(isinstance(change, PutConversation) and change.conversation.dissolved for change in changes)
