"""Moves: the state machine of a ticket. Each move takes a ticket as it is and gives it as it is to be, and why.

    BOT -> QUEUED -> RINGING -> OWNED -> RESOLVED -> CLOSED
            |  ^________|  ^______|  (silent agent: back to the queue, and to somebody else)
            `-> MESSAGE (nobody is there: the visitor leaves a message) -> QUEUED

Rule: pure functions of the ticket, the team and the time. What is to happen in the conversation because of a move is a
deed of the ticket, stored with it, so a crash after the commit leaves it to be done. A move that is not allowed from
where the ticket stands is `conflict`, and nothing happens. Called by flow.py, which stores what comes out.
"""

from typing import Any

from msgspec.structs import replace

from teahouse.desk.hours import opening
from teahouse.desk.texts import text
from teahouse.model.desk import NEVER, Deed, Step, Team, Ticket, TicketEvent, TicketState
from teahouse.model.errors import Code, Problem
from teahouse.ports.answers import Reply

AGAIN_MS = 1_800_000
"""So long after a visitor was asked to leave a message they are queued again, if the team is there."""

SEAT = ""
"""The deed that makes those be in the conversation who should be."""

MOST_BREACHES = 2
"""Who lets a visitor wait for an answer so often loses the ticket."""

S = TicketState
_WITH_AGENT = (S.RINGING, S.OWNED)


class Moves:
    """Those of one team at one moment. `by` is who moves; empty: a timer."""

    def __init__(self, team: Team, now: int, by: str = "") -> None:
        self._team = team
        self._now = now
        self._by = by

    def opened(self, ticket: Ticket) -> Step:
        """A new ticket: the bot is asked first."""
        first = replace(ticket, opened=self._now, changed=self._now, deadline=self._idle())
        return Step(first, TicketEvent(first.id, first.revision, self._now, "opened", self._by))

    # --- what is said -----------------------------------------------------------------------------------

    def answered(self, ticket: Ticket, seq: int, reply: Reply) -> Step:
        """The bot knows what to say to entry `seq`, or that a person has to."""
        _require(ticket, S.BOT)
        slots = {**ticket.slots, **reply.slots}
        heard = replace(ticket, heard=seq, context=reply.context, slots=slots)
        if reply.kind == "handoff":
            return self.hand(replace(heard, skill=reply.skill or heard.skill), reply.text)
        said = reply.text or text("unsure", ticket, self._team)
        if reply.source:
            said = f"{said}\n\n[{reply.source}]"
        return self._step(heard, "answered", [said], note=reply.intent, deadline=self._idle())

    def visited(self, ticket: Ticket, seq: int, at: int) -> Step:
        """The visitor said something that is not for the bot."""
        if ticket.state is S.RESOLVED:
            return self._reopened(replace(ticket, heard=seq - 1))
        if ticket.state is not S.OWNED:
            return self._step(ticket, "heard", heard=seq)
        waiting = ticket.waiting or at
        deadline = waiting + (ticket.breaches + 1) * self._team.reply_s * 1000
        return self._step(ticket, "heard", heard=seq, waiting=waiting, deadline=deadline)

    def _reopened(self, ticket: Ticket) -> Step:
        """It was not all right after all: for a person, if one had it, else for the bot."""
        again = replace(ticket, resolved=0, agent="", tried=(), waiting=0, breaches=0)
        if ticket.handed:
            return self.hand(replace(again, heard=ticket.heard + 1), "", "reopened")
        return self._step(again, "reopened", state=S.BOT, deadline=self._idle())

    def replied(self, ticket: Ticket, seq: int, at: int) -> Step:
        """An agent said something to the visitor."""
        if ticket.state is not S.OWNED:
            return self._step(ticket, "heard", heard=seq)
        first = ticket.replied or at
        return self._step(
            ticket, "replied", heard=seq, replied=first, waiting=0, breaches=0, deadline=self._idle()
        )

    # --- who serves -------------------------------------------------------------------------------------

    def hand(self, ticket: Ticket, said: str = "", kind: str = "handed") -> Step:
        """A person is wanted: to the queue, or, where nobody is there, the visitor may leave a message."""
        _require(ticket, S.BOT, S.RESOLVED, S.MESSAGE)
        now, there = self._now, opening(self._team.hours, self._now)
        handed = replace(ticket, handed=ticket.handed or now, agent="", tried=(), resolved=0)
        if there > now:
            words = [*([said] if said else []), text("closed", ticket, self._team)]
            return self._step(handed, kind, words, state=S.MESSAGE, left=True, queued=0, deadline=there)
        words = [said or text("queued", ticket, self._team)]
        return self._queued(handed, kind, words, now)

    def rung(self, ticket: Ticket, agent: str) -> Step:
        """An agent is asked."""
        _require(ticket, S.QUEUED)
        deadline = self._now + self._team.ring_s * 1000
        return self._step(ticket, "rung", note=agent, state=S.RINGING, agent=agent, deadline=deadline)

    def silent(self, ticket: Ticket) -> Step:
        """Who was asked does not take it: to the queue, at its place, and to somebody else."""
        _require(ticket, S.RINGING)
        tried = (*ticket.tried, ticket.agent)
        kind = "declined" if self._by else "silent"
        return self._queued(replace(ticket, agent="", tried=tried), kind, [], ticket.queued, ticket.agent)

    def forgiven(self, ticket: Ticket) -> Step:
        """All who could take it were asked: they may be asked again."""
        _require(ticket, S.QUEUED)
        return self._step(ticket, "forgiven", tried=())

    def owned(self, ticket: Ticket, agent: str, nick: str) -> Step:
        """An agent has it: who was asked, who takes it out of the queue, or who takes it over."""
        _require(ticket, S.BOT, S.QUEUED, S.RINGING, S.OWNED, S.MESSAGE, S.RESOLVED)
        if ticket.state is S.OWNED and ticket.agent == agent:
            raise Problem(Code.CONFLICT, "you have this ticket already")
        waiting = ticket.waiting or self._now
        taken = replace(
            ticket, agent=agent, tried=(), breaches=0, resolved=0, handed=ticket.handed or self._now
        )
        return self._step(
            taken,
            "owned",
            [SEAT, text("joined", ticket, self._team, agent=nick)],
            note=agent,
            state=S.OWNED,
            waiting=waiting,
            queued=0,
            deadline=waiting + self._team.reply_s * 1000,
        )

    def transferred(self, ticket: Ticket, team: Team, skill: str, why: str) -> Step:
        """To the queue, of this team or another, for those with a skill."""
        _require(ticket, S.QUEUED, S.RINGING, S.OWNED, S.MESSAGE)
        last = (ticket.agent,) if ticket.agent and team.id == ticket.team else ()
        moved = replace(
            ticket, team=team.id, skill=skill, agent="", tried=last, waiting=0, breaches=0, overflowed=False
        )
        words = [SEAT, text("transferred", ticket, team)]
        return Moves(team, self._now, self._by)._queued(moved, "transferred", words, self._now, why)

    def watched(self, ticket: Ticket, user: str, on: bool) -> Step:
        """A supervisor looks on, or no longer."""
        _require(ticket, *(state for state in S if state is not S.CLOSED))
        others = tuple(watcher for watcher in ticket.watchers if watcher != user)
        watchers = (*others, user) if on else others
        return self._step(ticket, "watched" if on else "unwatched", [SEAT], note=user, watchers=watchers)

    # --- how it ends ------------------------------------------------------------------------------------

    def resolved(self, ticket: Ticket) -> Step:
        """It is done, says an agent; or nobody has said a word for long."""
        _require(ticket, S.BOT, S.QUEUED, S.RINGING, S.OWNED, S.MESSAGE)
        agent = ticket.agent if ticket.state is S.OWNED else ""
        return self._step(
            replace(ticket, agent=agent, tried=(), watchers=()),
            "resolved",
            [SEAT, text("resolved", ticket, self._team)],
            state=S.RESOLVED,
            resolved=self._now,
            waiting=0,
            queued=0,
            deadline=self._now + self._team.rate_s * 1000,
        )

    def rated(self, ticket: Ticket, rating: int, comment: str) -> Step:
        """By the visitor, once."""
        _require(ticket, S.RESOLVED, S.CLOSED)
        if ticket.rating:
            raise Problem(Code.CONFLICT, "this was rated already")
        closed = ticket.closed or self._now
        return self._step(
            ticket,
            "rated",
            note=str(rating),
            state=S.CLOSED,
            closed=closed,
            rating=rating,
            comment=comment,
            deadline=NEVER,
        )

    # --- what happens by itself -------------------------------------------------------------------------

    def elapsed(self, ticket: Ticket, overflow: Team | None) -> Step | None:
        """The deadline has passed; None if it has not. `overflow` is the team that has this one's work then."""
        if ticket.deadline > self._now:
            return None
        match ticket.state:
            case S.QUEUED:
                return self._waited(ticket, overflow)
            case S.RINGING:
                return self.silent(ticket)
            case S.OWNED:
                return self._late(ticket) if ticket.waiting else self.resolved(ticket)
            case S.MESSAGE:
                return self._back(ticket)
            case S.BOT | S.RESOLVED:
                return self._closed(ticket)
        return None

    def _closed(self, ticket: Ticket) -> Step:
        words = [SEAT] if ticket.watchers else []
        over = replace(ticket, watchers=(), resolved=ticket.resolved or self._now, closed=self._now)
        return self._step(over, "closed", words, state=S.CLOSED, deadline=NEVER)

    def _waited(self, ticket: Ticket, overflow: Team | None) -> Step:
        """Too long in the queue."""
        if overflow is not None and not ticket.overflowed:
            over = replace(ticket, team=overflow.id, skill="", tried=(), overflowed=True)
            return Moves(overflow, self._now)._queued(over, "overflowed", [], ticket.queued, overflow.id)
        words = [] if ticket.left else [text("nobody", ticket, self._team)]
        deadline = max(self._now + AGAIN_MS, opening(self._team.hours, self._now))
        return self._step(
            ticket, "left", words, state=S.MESSAGE, left=True, queued=0, tried=(), deadline=deadline
        )

    def _late(self, ticket: Ticket) -> Step:
        """The visitor waits too long for an answer."""
        breaches = ticket.breaches + 1
        if breaches >= MOST_BREACHES:
            lost = replace(ticket, agent="", tried=(ticket.agent,), waiting=0, breaches=breaches)
            words = [SEAT, text("requeued", ticket, self._team)]
            return self._queued(lost, "abandoned", words, self._now, ticket.agent)
        deadline = self._now + self._team.reply_s * 1000
        return self._step(ticket, "late", note=ticket.agent, breaches=breaches, deadline=deadline)

    def _back(self, ticket: Ticket) -> Step:
        """Those who left a message are served, too."""
        there = opening(self._team.hours, self._now)
        if there > self._now:
            return self._step(ticket, "postponed", deadline=there)
        return self._queued(ticket, "queued", [], self._now)

    # --- what is common to moves ------------------------------------------------------------------------

    def carried(self, ticket: Ticket, done: frozenset[str]) -> Step:
        """Deeds that were done."""
        deeds = tuple(deed for deed in ticket.deeds if deed.key not in done)
        step = self._step(ticket, "carried")
        return Step(replace(step.ticket, deeds=deeds), step.event)

    def noted(self, ticket: Ticket, kind: str, note: str, **fields: Any) -> Step:
        """Something about the ticket itself: a whisper of an agent's, labels, a subject."""
        return self._step(ticket, kind, note=note, **fields)

    def _queued(self, ticket: Ticket, kind: str, words: list[str], since: int, note: str = "") -> Step:
        over = self._team.overflow and not ticket.overflowed
        patience = self._team.overflow_s if over else self._team.patience_s
        return self._step(
            ticket, kind, words, note, state=S.QUEUED, queued=since, deadline=since + patience * 1000
        )

    def _idle(self) -> int:
        return self._now + self._team.idle_s * 1000

    def _step(
        self, ticket: Ticket, kind: str, words: list[str] | None = None, note: str = "", **fields: Any
    ) -> Step:
        """The ticket with these fields, and `words` to be said (SEAT: who is in is seen to)."""
        revision = ticket.revision + 1
        keys = (f"{ticket.id}:{revision}:{number}" for number in range(len(words or ())))
        deeds = tuple(Deed(key, said) for key, said in zip(keys, words or (), strict=True))
        new = replace(ticket, revision=revision, changed=self._now, deeds=(*ticket.deeds, *deeds), **fields)
        return Step(new, TicketEvent(ticket.id, revision, self._now, kind, self._by, note))


def _require(ticket: Ticket, *states: TicketState) -> None:
    if ticket.state not in states:
        raise Problem(Code.CONFLICT, f"this cannot be done now: the ticket is {ticket.state}")
