"""Visitors: who writes from a web site, and what they are known by when they come back.

Rule: nobody is asked to register. A visitor is a user of the engine with a token that opens their own conversations and
nothing else. The host site may say who it is, by signing the name it has for them with the team's secret, for a short
time; then they are the same on every device. Anybody else is whoever holds the token. Called by REST, and VisitorTokens
by whoever asks for tokens.
"""

import hmac
import re
from math import ceil

from msgspec import Struct, field
from msgspec.structs import replace

from teahouse.desk import fresh
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.desk.voice import Voice
from teahouse.engine.scopes import CONFINED
from teahouse.model.addresses import is_loopback
from teahouse.model.caller import Caller
from teahouse.model.changes import PutUser
from teahouse.model.desk import Team, Visitor
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Bucket, Rate
from teahouse.model.people import User

PREFIX = "tv_"
"""What visitors' tokens begin with, so that they are told from others without I/O."""

SCOPES = ("messages:read", "messages:write", "files:read", "files:write", CONFINED)

LONGEST_S = 86_400
"""A host site signs for a day at most: what somebody copied is of no use for longer."""

_NAMELESS = "visitor"
_BURST = 10
_TRIES = 5
_LETTERS = re.compile(r"[^\w.\-]+")


class Claim(Struct, frozen=True):
    """Who the host site says it is: the name it has for them, until when that holds (seconds UTC), and its signature,
    the SHA-256 HMAC of "external.expires" with the team's secret, in hex."""

    external: str
    expires: int
    signature: str


class Greeting(Struct, frozen=True):
    """What a page says of who looks at it. `token` is what they were given before."""

    token: str = ""
    claim: Claim | None = None
    name: str = ""
    contact: str = ""
    language: str = ""
    data: dict[str, str] = field(default_factory=dict)


class VisitorDesk:
    def __init__(self, ports: DeskPorts, staff: StaffBook, voice: Voice, per_min: float) -> None:
        self._ports = ports
        self._staff = staff
        self._voice = voice
        self._rate = Rate(per_min / 60, _BURST)
        self.tokens = VisitorTokens(ports, staff)

    async def greet(self, team: Team, greeting: Greeting, address: str) -> tuple[Visitor, str]:
        """The visitor, with a conversation, and the token they come back with."""
        visitor = await self._known(team, greeting) or await self._new(team, greeting, address)
        for _ in range(_TRIES):
            changed = _told(visitor, greeting)
            if not changed.conversation:
                title = f"{team.name}: {changed.name or changed.nick}"
                conversation = await self._voice.converse(visitor.id, title)
                changed = replace(changed, conversation=conversation)
            if changed == visitor:
                return visitor, token_of(team, visitor)
            changed = replace(changed, revision=visitor.revision + 1)
            if await self._ports.visitors.put(changed):
                return changed, token_of(team, changed)
            visitor = await self._now(visitor.id)
        raise Problem(Code.UNAVAILABLE, "others say hello for the same visitor; try again shortly", 1000)

    async def _known(self, team: Team, greeting: Greeting) -> Visitor | None:
        """Who they are, by the word of the host site, else by their token. A claim that does not hold is refused: a
        page that signs wrongly would make a stranger of everybody."""
        if greeting.claim is not None:
            _check(team, greeting.claim, self._ports.clock.now() // 1000)
            return await self._ports.visitors.known(team.id, greeting.claim.external)
        if greeting.token:
            visitor = await self.tokens.visitor(greeting.token)
            return visitor if visitor is not None and visitor.team == team.id else None
        return None

    async def _new(self, team: Team, greeting: Greeting, address: str) -> Visitor:
        await self._take(address)
        now, external = self._ports.clock.now(), greeting.claim.external if greeting.claim else ""
        nick = f"{_plain(greeting.name) or _NAMELESS}-{fresh.name_tail()}"
        visitor = Visitor(id=fresh.visitor_id(), team=team.id, nick=nick, created=now, external=external)
        await self._ports.directory.apply([PutUser(User(visitor.id, nick), now)])
        if await self._ports.visitors.put(visitor):
            return visitor
        known = await self._ports.visitors.known(team.id, external)  # on another device, at the same moment
        if known is None:
            raise Problem(Code.UNAVAILABLE, "the visitor could not be stored; try again shortly", 1000)
        return known

    async def _take(self, address: str) -> None:
        """One new visitor from this address, over all nodes, or `rate_limited`: each is there for good."""
        if is_loopback(address) or not self._rate.per_second:
            return
        if wait := await self._ports.limits.take(Bucket("visitors", address, self._rate)):
            raise Problem(Code.RATE_LIMITED, "too many new visitors from your address", ceil(1000 * wait))

    async def _now(self, id_: str) -> Visitor:
        found = await self._ports.visitors.visitor(id_)
        if found is None:
            raise Problem(Code.NOT_FOUND, f"there is no visitor {id_[:80]!r}")
        return found


class VisitorTokens:
    """Tokens (ports/identity.py) of visitors. They say who it is, and the team's secret made them: nothing is stored,
    and a visitor may have any number of devices. Raising `turned` of a visitor makes all of theirs void."""

    def __init__(self, ports: DeskPorts, staff: StaffBook) -> None:
        self._ports = ports
        self._staff = staff

    def known(self, token: str) -> Caller | None:
        return None  # who they are stands in the store

    async def verify(self, token: str) -> Caller | None:
        visitor = await self.visitor(token)
        if visitor is None:
            return None
        return Caller(User(visitor.id, visitor.nick), f"visitor:{visitor.id}:{visitor.turned}", scopes=SCOPES)

    async def visitor(self, token: str) -> Visitor | None:
        """Whose token it is; None if it does not hold."""
        id_, _, _ = token.removeprefix(PREFIX).partition(".")
        found = await self._ports.visitors.visitor(id_)
        if found is None:
            return None
        try:
            team = await self._staff.team(found.team)
        except Problem:
            return None
        return found if hmac.compare_digest(token_of(team, found).encode(), token.encode()) else None


def token_of(team: Team, visitor: Visitor) -> str:
    said = f"{visitor.id}.{visitor.turned}"
    return f"{PREFIX}{said}.{_mac(team.secret, 'token.' + said)}"


def signature_of(secret: str, external: str, expires: int) -> str:
    """What a host site signs with."""
    return _mac(secret, f"{external}.{expires}")


def _check(team: Team, claim: Claim, now_s: int) -> None:
    expected = signature_of(team.secret, claim.external, claim.expires)
    if not hmac.compare_digest(expected.encode(), claim.signature.encode()):
        raise Problem(Code.UNAUTHENTICATED, "the signature is not that of the team's secret")
    if not now_s <= claim.expires <= now_s + LONGEST_S:
        raise Problem(
            Code.UNAUTHENTICATED, "the signature holds no longer, or for more than a day; sign anew"
        )


def _mac(secret: str, said: str) -> str:
    return hmac.new(secret.encode(), said.encode(), "sha256").hexdigest()


def _told(visitor: Visitor, greeting: Greeting) -> Visitor:
    """The visitor with what the page says now; what it does not say stays."""
    return replace(
        visitor,
        name=greeting.name or visitor.name,
        contact=greeting.contact or visitor.contact,
        language=greeting.language or visitor.language,
        data={**visitor.data, **greeting.data},
    )


def _plain(name: str) -> str:
    """As much of a name as can stand in a nick."""
    return _LETTERS.sub("-", name).strip("-._")[:20].strip("-._")
