"""Founding: teams and agents, as administrators make them. Called by REST.

Rule: what is changed is read anew and written over that row, so of two administrators at once none undoes the other.
"""

from collections.abc import Callable

from msgspec.structs import replace

from teahouse.desk import fresh
from teahouse.desk.flow import TRIES, busy
from teahouse.desk.hours import check_hours
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.desk.texts import NAMES, OWN
from teahouse.desk.voice import Voice
from teahouse.model.desk import Agent, Team
from teahouse.model.errors import Code, Problem

MOST_TEAMS = 200
MOST_AGENTS = 1000
"""All are read at once, and told of what happens in their teams."""


class Founding:
    def __init__(self, ports: DeskPorts, staff: StaffBook, voice: Voice) -> None:
        self._ports = ports
        self._staff = staff
        self._voice = voice

    async def make(self, name: str) -> Team:
        """A team, with all else as it is by default. The desk appears with the first one."""
        if len(await self._ports.staff.teams()) >= MOST_TEAMS:
            raise Problem(Code.CONFLICT, f"there are {MOST_TEAMS} teams already")
        await self._voice.appear()
        now = self._ports.clock.now()
        team = Team(
            id=fresh.team_id(), key=fresh.team_key(), name=name, secret=fresh.team_secret(), created=now
        )
        if not await self._ports.staff.put_team(team):
            raise busy()
        await self._staff.refresh()
        return team

    async def change(self, id_: str, how: Callable[[Team], Team]) -> Team:
        for _ in range(TRIES):
            await self._staff.refresh()
            team = await self._staff.team(id_)
            changed = self._checked(replace(how(team), revision=team.revision + 1))
            if await self._ports.staff.put_team(changed):
                self._staff.teams[id_] = changed
                return changed
        raise busy()

    def _checked(self, team: Team) -> Team:
        check_hours(team.hours)
        if team.overflow and (team.overflow == team.id or team.overflow not in self._staff.teams):
            raise Problem(Code.BAD_REQUEST, "`overflow` must be another team")
        for name in team.texts:
            language, _, said = name.partition(".")
            if language not in OWN or said not in NAMES:
                raise Problem(Code.BAD_REQUEST, f"the desk has no text {name[:40]!r}")
        return team

    async def turn(self, id_: str) -> Team:
        """A new secret: what was signed with the old one, and visitors' tokens, hold no longer."""
        return await self.change(id_, lambda team: replace(team, secret=fresh.team_secret()))

    async def appoint(self, user: str, how: Callable[[Agent], Agent]) -> Agent:
        """Make a user an agent, or change what kind of one; `not_found` if there is no such account."""
        found = await self._ports.users.user(user)
        if found is None or found.guest:
            raise Problem(Code.NOT_FOUND, f"there is no account {user[:80]!r}")
        for _ in range(TRIES):
            await self._staff.refresh()
            known = self._staff.agents.get(user)
            if known is None and len(self._staff.agents) >= MOST_AGENTS:
                raise Problem(Code.CONFLICT, f"there are {MOST_AGENTS} agents already")
            agent = how(known or Agent(user=user, nick=found.nick, revision=0))
            for team in agent.teams:
                await self._staff.team(team)
            agent = replace(agent, nick=found.nick, revision=agent.revision + 1)
            if await self._ports.staff.put_agent(agent):
                self._staff.agents[user] = agent
                return agent
        raise busy()

    async def dismiss(self, user: str) -> None:
        """No agent any more. What they had is seen to by the timers, as of any agent who is gone."""
        await self._ports.staff.drop_agent(user)
        self._staff.agents.pop(user, None)
