"""What all connections by MQTT share, and the engine as this gateway sees it."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from teahouse.engine.session import Session
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.door import Door
from teahouse.gateways.mqtt.applied import Tree
from teahouse.gateways.mqtt.groups import Groups
from teahouse.gateways.mqtt.retained import Retained
from teahouse.gateways.mqtt.sharing import Opened
from teahouse.gateways.mqtt.stays import StayBook
from teahouse.gateways.mqtt.wills import Wills
from teahouse.gateways.options import MqttOptions
from teahouse.model.caller import Caller
from teahouse.model.commands import Command
from teahouse.model.results import Result


class Pacer(Protocol):
    """As engine/pace.py."""

    def choked(self, session: Session) -> None: ...

    def eased(self, session: Session) -> None: ...

    async def rewind(self, session: Session, cursors: Mapping[str, int]) -> None: ...


class PacedDoor(Door, Protocol):
    """As engine/engine.py."""

    @property
    def pace(self) -> Pacer: ...

    async def call(self, caller: Caller, command: Command, address: str = "") -> Result: ...


@dataclass(slots=True)
class Shared:
    """What the listeners for TCP and WebSocket have in common. Without `stays` no session outlasts its connection."""

    door: PacedDoor
    options: MqttOptions
    wills: Wills
    tree: Tree
    retained: Retained
    stays: StayBook | None = None
    groups: Groups = field(default_factory=Groups)
    opened: Opened = field(default_factory=Opened)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def stop(self) -> None:
        """End what connections have begun, and wait for what is to be kept of them."""
        self.wills.stop()
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.stays is not None:
            await self.stays.stop()


@dataclass(slots=True)
class MqttContext(LinkContext):
    """What all links of one listener share."""

    shared: Shared = None  # type: ignore[assignment]  # a dataclass wants a default after those of its parent
