"""The REST application on an engine in memory, and people who call it with tokens: no socket, no process."""

from typing import Any

import httpx2

from teahouse.backends.memory.reports import MemoryReports
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.conversations import Conversations
from teahouse.gateways.rest.entrance import Entrance
from teahouse.gateways.rest.groups import Groups
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.messages import Messages
from teahouse.gateways.rest.relations import Relations
from teahouse.gateways.rest.reports import Reports
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.search import Searches
from teahouse.model.caller import Caller
from teahouse.model.people import User
from tests.support.house import House, Person

Json = dict[str, Any]


class GivenTokens:
    """Tokens that were given out by a test."""

    def __init__(self) -> None:
        self.callers: dict[str, Caller] = {}

    def known(self, token: str) -> Caller | None:
        return None

    async def verify(self, token: str) -> Caller | None:
        return self.callers.get(token)

    def give(self, caller: Caller) -> str:
        token = f"token-{len(self.callers) + 1}"
        self.callers[token] = caller
        return token


class Site:
    """`house` and the REST application before it. `resources` are served besides messages and conversations."""

    def __init__(self, house: House, **resources: object) -> None:
        self.house = house
        self.tokens = GivenTokens()
        ask = Ask(house.engine)
        served = {
            "messages": Messages(ask),
            "conversations": Conversations(ask),
            "search": Searches(ask),
            "groups": Groups(ask),
            "entrance": Entrance(ask),
            "relations": Relations(ask),
            "reports": Reports(ask, MemoryReports(house.store), house.clock),
            **resources,
        }
        self.app: Any = create_application(
            RestContext(house.engine.ready, guard=Guard(self.tokens), resources=served)
        )

    def client(self, person: Person | None = None, guest: bool = False, **caller: Any) -> httpx2.AsyncClient:
        """Of a person of the house, or of nobody. Who has a token has an account, unless they are said to be a guest.
        `caller`: `admin`, `scopes`, `grant`."""
        headers = {}
        if person is not None:
            user = User(person.me["id"], person.me["nick"], guest)
            headers["Authorization"] = f"Bearer {self.tokens.give(Caller(user, **caller))}"
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app, raise_app_exceptions=False),
            base_url="http://chat.example.org/api/v1",
            headers=headers,
        )
