"""The composition of the customer-service desk. Called by compose.py.

Rule: what opens visitors' tokens is there before the engine, which asks for them; the desk itself is made with the
engine before that starts, and begins to look when it runs.
"""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

from teahouse.app.settings import Settings
from teahouse.desk.desk import Desk
from teahouse.desk.keywords import Keywords
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.desk.visitors import PREFIX, VisitorTokens
from teahouse.engine.engine import Engine
from teahouse.engine.stores import Stores
from teahouse.gateways.rest.application import FILES
from teahouse.gateways.rest.binding import PREFIX as REST
from teahouse.gateways.rest.desk_papers import DeskPapers
from teahouse.gateways.rest.desk_teams import DeskTeams
from teahouse.gateways.rest.desk_tickets import DeskTickets
from teahouse.gateways.rest.desk_visitors import DeskVisitors
from teahouse.ports.desk import Library, Staff, Tickets, Visitors
from teahouse.ports.identity import Tokens


@dataclass(frozen=True)
class DeskBooks:
    """What of a store the desk stands on."""

    tickets: Tickets
    staff: Staff
    visitors: Visitors
    library: Library


class DeskParts:
    """The desk before there is an engine."""

    def __init__(self, settings: Settings, stores: Stores, books: DeskBooks) -> None:
        self._options = settings.desk
        self._ports = DeskPorts(
            tickets=books.tickets,
            staff=books.staff,
            visitors=books.visitors,
            library=books.library,
            log=stores.log,
            users=stores.users,
            directory=stores.directory,
            presence=stores.presence,
            limits=stores.limits,
            clock=stores.clock,
        )
        self._staff = StaffBook(self._ports)

    def tokens(self) -> Mapping[str, Tokens]:
        """Who opens tokens that begin so."""
        return {PREFIX: VisitorTokens(self._ports, self._staff)} if self._options.enabled else {}

    def open(self, engine: Engine, stack: AsyncExitStack) -> Desk | None:
        """The desk, if this server has one. It is stopped by `stack`."""
        if not self._options.enabled:
            return None
        answers = Keywords(self._ports.library, self._ports.clock)
        desk = Desk(self._ports, self._staff, engine, answers, self._options)
        stack.push_async_callback(desk.stop)
        return desk


def desk_resources(desk: Desk | None) -> Mapping[str, object]:
    """What there is where the server has a desk."""
    if desk is None:
        return {}
    return {
        "desk_visitors": DeskVisitors(desk),
        "desk_tickets": DeskTickets(desk),
        "desk_papers": DeskPapers(desk),
        "desk_teams": DeskTeams(desk),
    }


def foreign_paths(desk: Desk | None) -> tuple[str, ...]:
    """What the widget calls from the pages of the sites it stands on, any of them; in hello the team says which."""
    return () if desk is None else (f"{REST}/desk/hello", f"{REST}/desk/matter", FILES)
