"""The customer-service desk: teams, agents, visitors, and the tickets between them.

Rule: a ticket, an agent and a visitor are rows with a revision, which is one more with every change; whoever changes
one says which revision that was made from (ports/desk.py). So of two that change the same at once, one is told no.
Known to desk/ and the backends; the engine knows nothing of it.
"""

from enum import StrEnum

from msgspec import Struct, field

NEVER = 2**53
"""A deadline that does not come."""

DESK = "desk"
"""The user id of the bot: the desk's own voice in every conversation with a visitor."""

DEED_MS = 2_000
"""So long whoever changed a ticket has to do what came with that, before others do it."""


class TicketState(StrEnum):
    """Where a ticket stands. All but CLOSED are open; a conversation has one open ticket at most."""

    BOT = "bot"  # the bot answers
    QUEUED = "queued"  # it waits for somebody to be free
    RINGING = "ringing"  # an agent is asked to take it
    OWNED = "owned"  # an agent serves, and the bot is silent
    MESSAGE = "message"  # nobody is there: the visitor leaves a message, and it is queued again
    RESOLVED = "resolved"  # done, unless the visitor writes again; they may rate it
    CLOSED = "closed"


class Deed(Struct, frozen=True, gc=False, omit_defaults=True):
    """What must be done in the conversation because of a change. `key` makes it happen once, however often it is done.
    With `text` the bot says it; without, who is in the conversation is made to be who should be."""

    key: str
    text: str = ""


class Ticket(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One matter of a visitor's. Times are milliseconds UTC, 0 where it has not happened.

    `changed` is when it was written last, `deadline` when something must happen by itself. Entries up to `heard` were
    taken into account. `agent` is who is asked (RINGING), serves (OWNED) or served; `tried` are those who were silent
    since it was queued, `watchers` supervisors who look on. `queued` is since when it waits for a person, over all
    rings, `handed` when it first did: a ticket that never was the bot contained. `waiting` is since when the visitor
    waits for an answer of the agent, `breaches` how often too long. `left`: the visitor was told that nobody is there.
    `overflowed`: it went from its own team to another. `context` is whatever the bot has to remember, `deeds` what is
    still to be done.
    """

    id: str
    team: str
    conversation: str
    visitor: str
    opened: int
    state: TicketState = TicketState.BOT
    revision: int = 1
    changed: int = 0
    deadline: int = NEVER
    heard: int = 0
    subject: str = ""
    skill: str = ""
    language: str = ""
    priority: int = 0
    agent: str = ""
    tried: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    queued: int = 0
    handed: int = 0
    waiting: int = 0
    replied: int = 0
    resolved: int = 0
    closed: int = 0
    breaches: int = 0
    left: bool = False
    overflowed: bool = False
    rating: int = 0
    comment: str = ""
    labels: tuple[str, ...] = ()
    slots: dict[str, str] = field(default_factory=dict)
    context: str = ""
    deeds: tuple[Deed, ...] = ()

    @property
    def due(self) -> int:
        """When somebody must look at it: at its deadline, or soon, if a change was not carried through."""
        return min(self.deadline, self.changed + DEED_MS) if self.deeds else self.deadline

    @property
    def is_open(self) -> bool:
        return self.state is not TicketState.CLOSED


class TicketEvent(Struct, frozen=True, gc=False):
    """What happened to a ticket; `number` is the revision that it made. `by` is a user, DESK, or empty for a timer."""

    ticket: str
    number: int
    at: int
    kind: str
    by: str = ""
    text: str = ""


class Step(Struct, frozen=True):
    """A ticket as it is to be, and the event that says why."""

    ticket: Ticket
    event: TicketEvent


class AgentStatus(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


class Agent(Struct, frozen=True, kw_only=True):
    """Somebody who serves visitors: at most `capacity` tickets at once, of these teams, if they take one of these
    skills or none. `rang` is when they were last asked."""

    user: str
    nick: str
    teams: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    capacity: int = 3
    supervisor: bool = False
    status: AgentStatus = AgentStatus.OFFLINE
    rang: int = 0
    revision: int = 1


class Visitor(Struct, frozen=True, kw_only=True):
    """Who writes to a team. `external` is what the host site calls them, signed; empty: nobody knows who it is. Raising
    `turned` makes the tokens void that were given before."""

    id: str
    team: str
    nick: str
    created: int
    external: str = ""
    name: str = ""
    contact: str = ""
    language: str = ""
    conversation: str = ""
    turned: int = 1
    data: dict[str, str] = field(default_factory=dict)
    revision: int = 1


class Hours(Struct, frozen=True):
    """When a team is there. `week` has for Monday to Sunday spans of minutes of the day, in the time `zone`; empty:
    always. On a day in `holidays` (2026-12-31) nobody is."""

    zone: str = "UTC"
    week: tuple[tuple[tuple[int, int], ...], ...] = ()
    holidays: tuple[str, ...] = ()


class Team(Struct, frozen=True, kw_only=True):
    """Those who serve one site. `key` is public, in the page; `secret` signs, and is the team's own.

    An agent has `ring_s` to take a ticket, and `reply_s` to answer a visitor. A ticket that waited `overflow_s` goes to
    the team `overflow`, if there is one; after `patience_s` the visitor may leave a message. A matter is over after
    `idle_s` without a word, and may be rated for `rate_s`. `texts` replace the bot's own (desk/texts.py), as
    "language.name".
    """

    id: str
    key: str
    name: str
    secret: str
    created: int
    language: str = "en"
    skills: tuple[str, ...] = ()
    hours: Hours = Hours()
    ring_s: int = 20
    reply_s: int = 120
    overflow: str = ""
    overflow_s: int = 60
    patience_s: int = 300
    idle_s: int = 1800
    rate_s: int = 86_400
    texts: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)
    sites: tuple[str, ...] = ()
    revision: int = 1


class Paper(Struct, frozen=True, kw_only=True):
    """Something a team keeps in its library."""

    id: str
    team: str


class Article(Paper, frozen=True, kw_only=True):
    """A piece of a team's knowledge: a question and its answer, or a title and a text."""

    title: str
    text: str
    language: str = ""
    source: str = ""
    changed: int = 0


class Example(Paper, frozen=True, kw_only=True):
    """A row of training: who says this means that. `origin` is import, hand or feedback; the last are of the entry
    `seq` of a ticket whose answer was bad, and have no intent until somebody gives them one."""

    intent: str
    text: str
    language: str = ""
    origin: str = "hand"
    ticket: str = ""
    seq: int = 0
    changed: int = 0


class Canned(Paper, frozen=True, kw_only=True):
    """A reply that is there already, with {variables}; of one agent, or of all in the team (`owner` empty)."""

    title: str
    text: str
    owner: str = ""
    language: str = ""
    changed: int = 0


class TicketQuery(Struct, frozen=True, kw_only=True):
    """Which tickets: all that is given must be so. In order of id, newest first, or, with `by_queue`, as they are to be
    served: by priority, then by how long they wait. `since` and `until` are about `opened`."""

    team: str = ""
    states: tuple[TicketState, ...] = ()
    agent: str = ""
    visitor: str = ""
    label: str = ""
    since: int = 0
    until: int = NEVER
    before: str = ""
    by_queue: bool = False
    limit: int = 50
