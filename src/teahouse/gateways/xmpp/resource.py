"""A resource: a stream that is somebody's, from binding to its end. The Stage in which people talk.

Rule: what a stanza asks for is written as steps (a generator): each command it yields is submitted to the engine, and
the engine's answer, when it takes its place in the stream, is what the yield gives. So nothing waits in a task, and
what the client is told comes in the order the engine says it. Stanzas are done in order (RFC 6120, 10.1); one whose
steps wait for more than a send holds up those behind it. Called by link.py and negotiation.py.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from xml.etree.ElementTree import Element

import structlog
from msgspec import Struct
from msgspec.structs import replace

from teahouse.gateways.xmpp import management
from teahouse.gateways.xmpp.answers import outcome
from teahouse.gateways.xmpp.management import Ledger
from teahouse.gateways.xmpp.sleepers import Sleeper
from teahouse.model.commands import AnyCommand, Command, Delivered, Send
from teahouse.model.errors import Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp.conditions import UNSUPPORTED_STANZA, StreamError
from teahouse.wire.xmpp.frames import BARE, FULL, Frame, Mark, Sort, is_direct
from teahouse.wire.xmpp.jid import Jid
from teahouse.wire.xmpp.markup import attribute
from teahouse.wire.xmpp.names import CLIENT, CSI, SM

if TYPE_CHECKING:
    from teahouse.gateways.xmpp.link import XmppLink
    from teahouse.wire.xmpp.stream import Head

_log = structlog.get_logger("teahouse.gateways")

Given = TypeVar("Given")
Asking: TypeAlias = Generator[Command, Any, Given]
"""Steps that find something out."""

Steps: TypeAlias = Asking[None]

BACKLOG = 16
"""Stanzas that may wait for those before them until the client is not read any more."""

SENT = 256
"""Messages of one's own whose ids are remembered: receipts, and later words of the client, speak of them."""

HERE = "teahouse"
"""The resource that others are seen to have: the house knows people, not their devices."""

_GROUP = Sort.GROUP  # looking it up in the enum takes longer than the comparison
_FULL, _BARE = FULL.encode(), BARE.encode()


class Owner(Struct, frozen=True):
    id: str
    nick: str
    guest: bool
    resource: str


class _Running:
    """Steps that are under way, and the number their stanza has in the ledger (0: none)."""

    __slots__ = ("number", "steps")

    def __init__(self, steps: Steps, number: int) -> None:
        self.steps = steps
        self.number = number


class Talk(Struct, frozen=True):
    """What a resource does with what it hears (talk.py): `begin` gives the steps of a stanza, `hear` takes what the
    engine says that is no message of a group, `probe` asks for a sign of life, `left` is told of a stream that is over,
    `returned` gives the steps of one that was resumed."""

    begin: Callable[[Resource, Element], Steps]
    hear: Callable[[Resource, Frame], None]
    probe: Callable[[Resource], None]
    left: Callable[[Resource], None]
    returned: Callable[[Resource], Steps]


class Resource:
    """`joined` are groups the client has entered; of others it is told nothing. `peers` are the nicks, folded, of those
    it has direct conversations with, by conversation; `unknown` waits for one that is looked up. `sent` are its own
    messages by the id the client gave them, `seen` how far others have received and read these. `current` is the number
    of the stanza whose steps just begin."""

    __slots__ = (
        "_asked",
        "_backlog",
        "_full",
        "_number",
        "_places",
        "_talk",
        "_waiting",
        "available",
        "carbons",
        "context",
        "current",
        "inactive",
        "jid",
        "joined",
        "ledger",
        "link",
        "nick",
        "peers",
        "seen",
        "sent",
        "unknown",
        "user",
    )

    def __init__(self, link: XmppLink, owner: Owner, talk: Talk) -> None:
        self.link = link
        self._talk = talk
        self.context = link.context
        self.user = owner.id
        self.nick = owner.nick
        self.jid = Jid(fold_nick(owner.nick), self.context.options.domain, owner.resource)
        self._full = attribute(str(self.jid)).encode()
        self.joined: set[str] = set()
        self.peers: dict[str, str] = {}
        self.unknown: dict[str, list[Frame]] | None = None
        self.sent: OrderedDict[str, tuple[str, int]] | None = None
        self.seen: dict[tuple[str, str], int] | None = None
        self.carbons = False
        self.inactive = False
        self.available = False
        self.ledger: Ledger | None = None
        self._asked: dict[int, tuple[_Running, bool]] = {}
        self._backlog: deque[tuple[Element, int]] | None = None
        self._number = 0
        self.current = 0
        self._waiting = 0
        self._places: dict[str, int] | None = None
        self.context.people.learn(self.user, self.nick)

    # --- the Stage ---

    def opened(self, head: Head) -> None:
        raise StreamError("policy-violation", "the stream is open already")

    def take(self, stanza: Element) -> None:
        self._places = None
        namespace, _, name = stanza.tag[1:].rpartition("}")
        if namespace == SM:
            self._manage(name, stanza)
        elif namespace == CSI:
            self.inactive = name == "inactive"
        elif namespace == CLIENT and name in ("message", "presence", "iq"):
            number = self.ledger.begin() if self.ledger is not None else 0
            if self._waiting or self._backlog:
                self._wait(stanza, number)
            else:
                self._begin(stanza, number)
        else:
            raise StreamError(UNSUPPORTED_STANZA, f"{name[:40]!r} is no stanza")

    def hear(self, frames: list[Frame]) -> None:
        """Messages of groups, which are nearly all, are written together."""
        out: list[bytes] = []
        joined, full, ledger = self.joined, self._full, self.ledger
        for frame in frames:
            if frame.sort is _GROUP:
                mark = frame.mark
                if mark is not None and mark.conversation in joined:
                    out.append(frame.payload.replace(_FULL, full))
                    if ledger is not None:
                        ledger.tell(mark.conversation, mark.seq)
                continue
            if out:
                self._put(out)
                out = []
            self._hear(frame)
        if out and ledger is None:
            self.link.put(out)
        elif out:
            self._put(out)

    def probe(self) -> None:
        """A client that stays silent is cut off by the engine, which then forgets where it was: so that is noted now.
        What it is told from here on the ledger knows."""
        if self.ledger is not None:
            self._places = self._where()
            self.link.send(management.REQUEST)
        else:
            self._talk.probe(self)

    def gone(self, resumable: bool) -> None:
        """The stream is over. If it broke, and can be resumed, how far it came is kept."""
        ledger = self.ledger
        if ledger is not None and ledger.stream:
            self.context.sleepers.awake.pop(ledger.stream, None)
            if resumable and ledger.resumable:
                self._sleep(ledger)
        for running, _ in self._asked.values():
            running.steps.close()
        self._asked.clear()
        self._talk.left(self)

    # --- what the client says ---

    def _wait(self, stanza: Element, number: int) -> None:
        if self._backlog is None:
            self._backlog = deque()
        self._backlog.append((stanza, number))
        if len(self._backlog) == BACKLOG:
            self.link.hold(True)

    def _begin(self, stanza: Element, number: int) -> None:
        self.current = number
        self._advance(_Running(self._talk.begin(self, stanza), number), None)

    def _advance(self, running: _Running, given: Any) -> None:
        """Go on with steps, after what their last command came to."""
        try:
            steps = running.steps
            command = steps.throw(given) if isinstance(given, Problem) else steps.send(given)
        except StopIteration:
            self._done(running)
        except Problem as problem:  # nobody is there who could be told
            _log.debug("a stanza came to nothing", reason=str(problem))
            self._done(running)
        else:
            self._ask(running, command)

    def _ask(self, running: _Running, command: Command) -> None:
        session = self.link.session
        if session is None:
            running.steps.close()
            return
        self._number += 1
        waits = not isinstance(command, Send)
        self._waiting += waits
        self._asked[self._number] = running, waits
        asked: AnyCommand = replace(command, id=self._number)  # type: ignore[assignment]
        self.context.links.engine.submit(session, asked)

    def _done(self, running: _Running) -> None:
        if self.ledger is not None and running.number:
            self.ledger.end(running.number)
        while self._backlog and not self._waiting and not self.link.closing:
            stanza, number = self._backlog.popleft()
            if len(self._backlog) == BACKLOG - 1 and (session := self.link.session) is not None:
                self.link.hold(session.held)
            try:
                self._begin(stanza, number)
            except StreamError as error:
                self.link.part(error)

    def do(self, command: AnyCommand) -> None:
        """Submit a command whose answer nobody wants."""
        if self.link.session is not None:
            self.context.links.engine.submit(self.link.session, command)

    def run(self, steps: Steps) -> None:
        """Begin steps that no stanza of the client's asked for."""
        self._advance(_Running(steps, 0), None)

    # --- what the engine says ---

    def _hear(self, frame: Frame) -> None:
        if frame.sort in (Sort.ANSWER, Sort.FAILURE):
            said = outcome(frame)
            asked = self._asked.pop(said.re, None) if said.re is not None else None
            if asked is not None:
                running, waits = asked
                self._waiting -= waits
                self._advance(running, said.result)
        else:
            self._talk.hear(self, frame)

    # --- what the client is told ---

    def say(self, *stanzas: str, lasting: bool = False) -> None:
        """Stanzas for this client; `lasting`: said again if the stream breaks before they came."""
        made = [stanza.encode().replace(_FULL, self._full).replace(_BARE, self._bare) for stanza in stanzas]
        if self.ledger is not None:
            for one in made:
                self.ledger.say(one, lasting)
        self._put(made)

    def tell(self, mark: Mark, stanza: str) -> None:
        """A stanza that tells of an entry."""
        if self.ledger is not None:
            self.ledger.tell(mark.conversation, mark.seq)
        self._put([stanza.encode().replace(_FULL, self._full).replace(_BARE, self._bare)])

    def _put(self, stanzas: list[bytes]) -> None:
        if self.ledger is not None and self.ledger.wants_answer:
            stanzas.append(management.REQUEST.encode())
        self.link.put(stanzas)

    @property
    def _bare(self) -> bytes:
        return attribute(str(self.jid.bare)).encode()

    # --- what is remembered ---

    def remember(self, id_: str, conversation: str, seq: int) -> None:
        """The client calls this message so."""
        if not id_ or len(id_) > 128:
            return
        if self.sent is None:
            self.sent = OrderedDict()
        self.sent[id_] = conversation, seq
        if len(self.sent) > SENT:
            self.sent.popitem(last=False)

    # --- stream management ---

    def _manage(self, name: str, stanza: Element) -> None:
        if name == "r" and self.ledger is not None:
            self.link.send(self.ledger.answer())
        elif name == "a" and self.ledger is not None:
            self._acknowledge(stanza.get("h", ""))
        elif name == "enable" and self.ledger is None:
            self._enable(stanza.get("resume") in ("true", "1"))
        else:
            self.link.send(management.failed("unexpected-request"))

    def _enable(self, resume: bool) -> None:
        resume_s = self.context.options.resume_s
        self.ledger = Ledger(secrets.token_urlsafe(16) if resume and resume_s else "")
        if self.ledger.stream:
            self.context.sleepers.awake[self.ledger.stream] = self
        self.link.send(management.enabled(self.ledger, resume_s))

    def _acknowledge(self, written: str) -> None:
        assert self.ledger is not None
        if not (written.isascii() and written.isdigit()) or len(written) > 10:
            raise StreamError("invalid-xml", "h is a number")
        reached = self.ledger.acknowledge(int(written))
        if reached is None:
            self.link.send(management.too_high(int(written), self.ledger.sent))
            raise StreamError("undefined-condition", "so many stanzas were never sent")
        direct = {conversation: seq for conversation, seq in reached.items() if is_direct(conversation)}
        if direct:
            self.do(Delivered(cursors=direct))

    def _where(self) -> dict[str, int] | None:
        """What the client was told of each conversation; None if the engine has let it out of them already."""
        session = self.link.session
        if session is None or not session.feeds:
            return None
        behind = session.positions or {}
        return {feed.id: behind.get(feed, feed.seq) for feed in session.feeds}

    def _sleep(self, ledger: Ledger) -> None:
        cursors = self._where() or self._places
        if cursors is None:
            return
        sleeper = Sleeper(
            stream=ledger.stream,
            user=self.user,
            resource=self.jid.resource,
            received=ledger.handled,
            sent=ledger.sent,
            acked=ledger.acked,
            cursors=cursors,
            unseen=list(ledger.unseen),
            joined=set(self.joined),
            carbons=self.carbons,
            until=self.context.links.engine.second + self.context.options.resume_s,
        )
        self.context.sleepers.put(sleeper)

    def replace(self) -> None:
        """Its client came back on another connection, and nobody noticed that this one is gone."""
        self.link.part(
            StreamError("conflict", "the stream was resumed on another connection"), resumable=True
        )

    def wake(self, sleeper: Sleeper, again: Iterable[bytes]) -> None:
        """This is the stream that slept. What it missed of conversations follows from the engine."""
        self.ledger = Ledger(sleeper.stream, sleeper.received, sleeper.sent)
        self.context.sleepers.awake[sleeper.stream] = self
        self.joined, self.carbons, self.available = sleeper.joined, sleeper.carbons, True
        self.link.send(management.resumed(self.ledger))
        for data in again:
            self.ledger.say(data, lasting=True)
            self._put([data])
        self.run(self._talk.returned(self))
