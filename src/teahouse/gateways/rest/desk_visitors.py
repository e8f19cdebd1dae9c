"""The desk over REST, for visitors: saying hello to a team, how one's matter stands, and rating it."""

from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import asdict

from teahouse.desk.desk import Desk
from teahouse.desk.texts import NAMES, OWN
from teahouse.desk.visitors import Claim, Greeting
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.desk import Team
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

Words = Annotated[str, Meta(max_length=200)]
Facts = Annotated[
    dict[Annotated[str, Meta(max_length=40)], Annotated[str, Meta(max_length=500)]], Meta(max_length=20)
]
Language = Annotated[str, Meta(max_length=35, description="A language tag, as zh-CN.")]
External = Annotated[str, Meta(min_length=1, max_length=200)]
Signature = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]

_HELLO = {"team": "tk_1a2b3c4d5e6f7g8h", "name": "Li Wei", "language": "zh-CN", "data": {"plan": "gold"}}


class Signed(Struct, frozen=True):
    """Who the host site says it is: `external` is what the site calls them, `signature` the SHA-256 HMAC of
    "external.expires" with the team's secret, in hex, good until `expires` (seconds UTC, a day at most)."""

    external: External
    expires: int
    signature: Signature


class Hello(Struct, frozen=True):
    """`team` is the key in the page. `token` is what the visitor was given before."""

    team: Annotated[str, Meta(min_length=1, max_length=80)]
    token: Annotated[str, Meta(max_length=300)] = ""
    identity: Signed | None = None
    name: Words = ""
    contact: Words = ""
    language: Language = ""
    data: Facts = field(default_factory=dict)


class Rate(Struct, frozen=True):
    rating: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, Meta(max_length=2000)] = ""


class ShownTeam(Struct, frozen=True):
    """What a page needs of a team. `texts` are the team's own words."""

    id: str
    name: str
    language: str
    theme: dict[str, str]
    texts: dict[str, str]


class Welcomed(Result, frozen=True, omit_defaults=False):
    """`token` opens the visitor's conversation, as bearer and in `hello`, and is good until the team's secret is
    changed."""

    visitor: str
    nick: str
    token: str
    conversation: str
    team: ShownTeam


class Matter(Result, frozen=True, omit_defaults=False):
    """How one's matter stands. `state` is empty where there is none. `place` in the queue is 1 for who comes next, 0
    for who waits in none. `open`: the team is there."""

    state: str
    ticket: str
    agent: str
    place: int
    rated: bool
    open: bool


class DeskVisitors:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @operation(
        "POST /desk/hello", 201, who=Who.ANYBODY, refuses=(Code.NOT_FOUND, Code.RATE_LIMITED), example=_HELLO
    )
    async def hello(self, call: Call, body: Hello) -> Welcomed:
        """Be a visitor of a team: a new one, who one was before, or who the host site says.

        Then say `hello` with the token on the WebSocket, or call REST with it, and write into the conversation.
        """
        call.keep_secret()
        team = await self._desk.staff.of_key(body.team)
        _check_site(team, call.request.headers.get("origin", ""))
        claim = None if body.identity is None else Claim(**asdict(body.identity))
        greeting = Greeting(body.token, claim, body.name, body.contact, body.language, body.data)
        visitor, token = await self._desk.visitors.greet(team, greeting, call.address)
        return Welcomed(visitor.id, visitor.nick, token, visitor.conversation, shown(team))

    @operation("GET /desk/matter", scope="messages:read", guests=True)
    async def matter(self, call: Call) -> Matter:
        """How one's own matter stands; by visitors."""
        return await self._matter(call)

    @operation("POST /desk/matter/person", scope="messages:write", guests=True, refuses=(Code.CONFLICT,))
    async def person(self, call: Call) -> Matter:
        """Ask for a person instead of the bot; by visitors."""
        await self._desk.rating.ask_person(call.user)
        return await self._matter(call)

    @operation(
        "POST /desk/matter/rating",
        scope="messages:write",
        guests=True,
        refuses=(Code.CONFLICT,),
        example={"rating": 5, "comment": "quick"},
    )
    async def rate(self, call: Call, body: Rate) -> Matter:
        """Say how it went, from 1 to 5, once it is resolved; by visitors."""
        await self._desk.rating.rate(call.user, body.rating, body.comment)
        return await self._matter(call)

    async def _matter(self, call: Call) -> Matter:
        return Matter(**asdict(await self._desk.rating.standing(call.user)))


def shown(team: Team) -> ShownTeam:
    texts = {
        f"{language}.{name}": said
        for language in OWN
        for name in sorted(NAMES)
        if (said := team.texts.get(f"{language}.{name}"))
    }
    return ShownTeam(team.id, team.name, team.language, team.theme, texts)


def _check_site(team: Team, origin: str) -> None:
    """A page of somebody else's may not use the key; programs without a page say no origin."""
    if team.sites and origin and origin not in team.sites:
        raise Problem(Code.FORBIDDEN, "this team does not serve visitors of this site")
