"""Voice: the desk as a user of the engine. It makes conversations, says things, and sees to who is in them.

Rule: everything goes through `Engine.call`, as for any bot, and may be done twice: what is said has the deed's key as
its cid, and who is in already is not brought in again. Called by flow.py and visitors.py.
"""

from typing import Protocol

import structlog

from teahouse.desk.ports import DeskPorts
from teahouse.model import commands
from teahouse.model.bots import SCOPES
from teahouse.model.caller import Caller
from teahouse.model.changes import PutUser
from teahouse.model.commands import Command
from teahouse.model.desk import DESK, Ticket, TicketState
from teahouse.model.errors import Problem
from teahouse.model.people import User
from teahouse.model.results import Created, HistoryPage, Result

_log = structlog.get_logger("teahouse.desk")

_LOOKED_ON = (TicketState.CLOSED, TicketState.RESOLVED)


class Calls(Protocol):
    """The engine, as the desk sees it."""

    async def call(self, caller: Caller, command: Command, address: str = "") -> Result: ...


class Voice:
    def __init__(self, ports: DeskPorts, engine: Calls, nick: str) -> None:
        self._ports = ports
        self._engine = engine
        self._caller = Caller(User(DESK, nick, guest=False), scopes=SCOPES)

    async def appear(self) -> None:
        """Be a user. `conflict` if somebody else has the nick."""
        known = await self._ports.users.user(DESK)
        if known != self._caller.user:
            await self._ports.directory.apply([PutUser(self._caller.user, self._ports.clock.now())])

    async def converse(self, visitor: str, title: str) -> str:
        """A new conversation with a visitor; its id. Whoever comes in later reads all of it."""
        made = await self._call(
            commands.Create(id=0, kind="group", title=title[:200], members=[visitor], reach="all")
        )
        assert isinstance(made, Created)
        return made.conversation

    async def say(self, conversation: str, key: str, text: str) -> None:
        await self._call(commands.Send(id=0, to=conversation, text=text, cid=key))

    async def read(self, conversation: str, before: int | None, limit: int) -> HistoryPage:
        """The conversation as the bot may see it, for agents who are not in."""
        found = await self._call(
            commands.History(id=0, conversation=conversation, before=before, limit=limit)
        )
        assert isinstance(found, HistoryPage)
        return found

    async def seat(self, ticket: Ticket) -> None:
        """Make those be in the conversation who should be, as the ticket stands."""
        members = await self._ports.directory.members(ticket.conversation)
        here = {member.user for member in members if not member.left}
        wanted = seated(ticket)
        for user in sorted(here - wanted):
            await self._quietly(commands.Kick(id=0, conversation=ticket.conversation, user=user))
        for user in sorted(wanted - here):
            await self._quietly(commands.Invite(id=0, conversation=ticket.conversation, user=user))

    async def _quietly(self, command: Command) -> None:
        """Somebody may have gone for good meanwhile, or be in or out already."""
        try:
            await self._call(command)
        except Problem as problem:
            if problem.retry:
                raise
            _log.warning("somebody could not be brought in or out", reason=str(problem))

    async def _call(self, command: Command) -> Result:
        return await self._engine.call(self._caller, command)


def seated(ticket: Ticket) -> frozenset[str]:
    """Who should be in the conversation."""
    people = {DESK, ticket.visitor}
    if ticket.state is TicketState.OWNED:
        people.add(ticket.agent)
    if ticket.state not in _LOOKED_ON:
        people.update(ticket.watchers)
    return frozenset(people)
