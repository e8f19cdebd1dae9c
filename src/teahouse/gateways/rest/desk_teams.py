"""The desk over REST, for administrators and supervisors: teams, who is in them, and how they do."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict, replace
from starlette.responses import Response

from teahouse.desk.desk import Desk
from teahouse.desk.reporting import as_csv
from teahouse.gateways.rest.desk_tickets import AgentRow, agent_row
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import UserId
from teahouse.model.desk import Hours, Team
from teahouse.model.errors import Code
from teahouse.model.results import Result

Id = Annotated[str, Meta(min_length=1, max_length=80)]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Skill = Annotated[str, Meta(min_length=1, max_length=40)]
Seconds = Annotated[int, Meta(ge=5, le=604_800)]
Site = Annotated[str, Meta(pattern=r"^https?://[A-Za-z0-9.\[\]:-]+(?![\s\S])", max_length=200)]
Time = Annotated[int, Meta(ge=0, le=2**53, description="Milliseconds UTC.")]
Said = dict[Annotated[str, Meta(max_length=40)], Annotated[str, Meta(max_length=1000)]]

_HOURS = {"zone": "Asia/Shanghai", "week": [[[540, 1080]]] * 5 + [[], []], "holidays": ["2026-10-01"]}


class NewTeam(Struct, frozen=True):
    name: Name


class ChangedTeam(Struct, frozen=True):
    """What is left out stays as it is. `sites` are the origins whose pages may use the key; none: all may. `texts`
    replace the bot's own words, as "zh.queued"."""

    name: Name | UnsetType = UNSET
    language: Annotated[str, Meta(max_length=35)] | UnsetType = UNSET
    skills: Annotated[tuple[Skill, ...], Meta(max_length=100)] | UnsetType = UNSET
    hours: Hours | UnsetType = UNSET
    ring_s: Seconds | UnsetType = UNSET
    reply_s: Seconds | UnsetType = UNSET
    overflow: Annotated[str, Meta(max_length=80)] | UnsetType = UNSET
    overflow_s: Seconds | UnsetType = UNSET
    patience_s: Seconds | UnsetType = UNSET
    idle_s: Seconds | UnsetType = UNSET
    rate_s: Seconds | UnsetType = UNSET
    texts: Annotated[Said, Meta(max_length=40)] | UnsetType = UNSET
    theme: Annotated[Said, Meta(max_length=40)] | UnsetType = UNSET
    sites: Annotated[tuple[Site, ...], Meta(max_length=50)] | UnsetType = UNSET


class Appointment(Struct, frozen=True):
    """What is left out stays as it is."""

    teams: Annotated[tuple[Id, ...], Meta(max_length=50)] | UnsetType = UNSET
    skills: Annotated[tuple[Skill, ...], Meta(max_length=100)] | UnsetType = UNSET
    capacity: Annotated[int, Meta(ge=1, le=50)] | UnsetType = UNSET
    supervisor: bool | UnsetType = UNSET


class TeamRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    """`key` is public, for pages. `secret`, with which a host site signs who its visitors are, is shown to
    administrators only."""

    id: str
    key: str
    name: str
    secret: str
    created: int
    language: str
    skills: tuple[str, ...]
    hours: Hours
    ring_s: int
    reply_s: int
    overflow: str
    overflow_s: int
    patience_s: int
    idle_s: int
    rate_s: int
    texts: dict[str, str]
    theme: dict[str, str]
    sites: tuple[str, ...]


class TeamList(Result, frozen=True, omit_defaults=False):
    teams: tuple[TeamRow, ...]


class AgentList(Result, frozen=True, omit_defaults=False):
    agents: tuple[AgentRow, ...]


class Span(Struct, frozen=True):
    """Of tickets that were opened from `since` until before `until`."""

    since: Time = 0
    until: Time = 2**53


class FiguresRow(Struct, frozen=True, kw_only=True):
    """`day` is that of the opening (UTC), empty for the whole. Times are medians in seconds. `contained` of `finished`
    never needed a person; `satisfied` of `rated` gave 4 or 5."""

    day: str
    opened: int
    finished: int
    contained: int
    handed: int
    breached: int
    first_response_s: int
    resolution_s: int
    rated: int
    satisfied: int
    rating: float


class DeskReport(Result, frozen=True, omit_defaults=False):
    """The whole first, then each day."""

    rows: tuple[FiguresRow, ...]


class DeskTeams:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @operation("GET /desk/teams")
    async def teams(self, call: Call) -> TeamList:
        """One's teams; for administrators all."""
        await self._desk.staff.refresh()
        teams = self._desk.staff.teams
        if call.caller.admin:
            return TeamList(tuple(team_row(team, secret=True) for team in teams.values()))
        mine = (await self._desk.board.agent(call.user)).teams
        return TeamList(tuple(team_row(teams[id_]) for id_ in mine if id_ in teams))

    @operation("POST /desk/teams", 201, who=Who.ADMIN, audited="desk.team.made", example={"name": "Support"})
    async def make(self, call: Call, body: NewTeam) -> TeamRow:
        """A team. Its key goes into pages; its secret stays with the host site."""
        call.keep_secret()
        return team_row(await self._desk.founding.make(body.name), secret=True)

    @operation(
        "PATCH /desk/teams/{team}",
        who=Who.ADMIN,
        audited="desk.team.changed",
        example={"language": "zh", "hours": _HOURS},
    )
    async def change(self, call: Call, team: Id, body: ChangedTeam) -> TeamRow:
        """Hours, times and words of a team."""
        call.keep_secret()
        given = {name: value for name, value in asdict(body).items() if value is not UNSET}
        changed = await self._desk.founding.change(team, lambda known: replace(known, **given))
        return team_row(changed, secret=True)

    @operation("POST /desk/teams/{team}/secret", who=Who.ADMIN, audited="desk.team.turned")
    async def turn(self, call: Call, team: Id) -> TeamRow:
        """A new secret. Signatures and tokens of visitors that were made with the old one hold no longer."""
        call.keep_secret()
        return team_row(await self._desk.founding.turn(team), secret=True)

    @operation("GET /desk/agents")
    async def agents(self, call: Call) -> AgentList:
        """Those of one's teams; for administrators all."""
        await self._desk.staff.refresh()
        agents = list(self._desk.staff.agents.values())
        if not call.caller.admin:
            mine = set((await self._desk.board.agent(call.user)).teams)
            agents = [agent for agent in agents if mine & set(agent.teams)]
        return AgentList(tuple(agent_row(agent) for agent in agents))

    @operation(
        "PUT /desk/agents/{user}",
        who=Who.ADMIN,
        audited="desk.agent.appointed",
        example={"teams": ["t01b3"], "skills": ["refunds"], "capacity": 3},
    )
    async def appoint(self, call: Call, user: UserId, body: Appointment) -> AgentRow:
        """Make an account an agent, or change what kind of one it is."""
        given = {name: value for name, value in asdict(body).items() if value is not UNSET}
        return agent_row(await self._desk.founding.appoint(user, lambda agent: replace(agent, **given)))

    @operation("DELETE /desk/agents/{user}", who=Who.ADMIN, audited="desk.agent.dismissed")
    async def dismiss(self, call: Call, user: UserId) -> None:
        """Somebody is no agent any more. The visitors they served get somebody else when they have waited too long."""
        await self._desk.founding.dismiss(user)

    @operation("GET /desk/teams/{team}/report", refuses=(Code.TOO_LARGE,))
    async def report(self, call: Call, team: Id, query: Span) -> DeskReport:
        """How a team did: first response, resolution, satisfaction, and what the bot contained. By supervisors."""
        await self._desk.board.check_manages(call.caller, team)
        rows = await self._desk.reporting.report(team, query.since, query.until)
        return DeskReport(tuple(FiguresRow(**asdict(row)) for row in rows))

    @operation("GET /desk/teams/{team}/report.csv", refuses=(Code.TOO_LARGE,), gives="text/csv")
    async def report_csv(self, call: Call, team: Id, query: Span) -> Response:
        """The same as a table (RFC 4180)."""
        await self._desk.board.check_manages(call.caller, team)
        rows = await self._desk.reporting.report(team, query.since, query.until)
        headers = {"Content-Disposition": 'attachment; filename="report.csv"', "Cache-Control": "no-store"}
        return Response(as_csv(rows), 200, headers, "text/csv; charset=utf-8")


def team_row(team: Team, secret: bool = False) -> TeamRow:
    given = {name: value for name, value in asdict(team).items() if name != "revision"}
    return TeamRow(**{**given, "secret": team.secret if secret else ""})
