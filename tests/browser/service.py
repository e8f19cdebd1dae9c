"""The people behind a desk, without a browser: a team, what its bot knows, and an agent who is connected."""

import json
import socket
import time
from typing import Any

from tests.browser.place import Place

PATIENCE_S = 20


class Service:
    """`root` administers and looks on, `bob` serves."""

    def __init__(self, place: Place, **team: Any) -> None:
        self.place = place
        place.register("root")
        place.server_command("user", "admin", "root")
        self.team = place.call("root", "POST", "desk/teams", name="Tea")
        if team:
            place.call("root", "PATCH", f"desk/teams/{self.team['id']}", **team)
        self.key = str(self.team["key"])
        path = f"desk/agents/{place.id_of('root')}"
        place.call("root", "PUT", path, teams=[self.team["id"]], supervisor=True)

    def teach(self, title: str, text: str) -> None:
        self.place.call("root", "POST", f"desk/teams/{self.team['id']}/knowledge", title=title, text=text)

    def ticket(self, state: str) -> dict[str, Any]:
        """The one that is in this state, or comes to be."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = self.place.call("root", "GET", f"desk/tickets?state={state}")["tickets"]
            if found:
                return dict(found[0])
            time.sleep(0.1)
        raise AssertionError(f"no ticket is {state}")


class Agent:
    """`bob`, connected by TCP and ready."""

    def __init__(self, service: Service) -> None:
        place = self.place = service.place
        place.register("bob")
        user = place.id_of("bob")
        place.call("root", "PUT", f"desk/agents/{user}", teams=[service.team["id"]])
        host, port = place.server.ready["tcp"].removeprefix("tcp://").rsplit(":", 1)
        self._line = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
        self._read = self._line.makefile("rb")
        self.tell("hello", token=place.register("bob"))
        self.hears("re", 1)
        place.call("bob", "PUT", "desk/me", status="online")

    def tell(self, op: str, **fields: Any) -> None:
        self._line.sendall(json.dumps({"op": op, "id": 1, **fields}).encode() + b"\n")

    def hears(self, name: str, value: object) -> dict[str, Any]:
        """The next event or answer with this field."""
        for read in self._read:
            told: dict[str, Any] = json.loads(read)
            if told.get(name) == value:
                return told
        raise AssertionError(f"the connection ended before {name} was {value}")

    def leave(self) -> None:
        self._line.close()
