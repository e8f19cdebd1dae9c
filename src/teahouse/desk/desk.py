"""The desk, put together: by hand, with constructors. Made by app/desk.py; REST is given what it has.

Rule: known to the engine before it starts, for jobs of the desk may wait; begins to look when the engine runs. Messages
carry jobs for it once there is a team.
"""

import asyncio
import contextlib
from functools import partial

from teahouse.desk.board import Board
from teahouse.desk.dispatch import Dispatch
from teahouse.desk.flow import Flow
from teahouse.desk.founding import Founding
from teahouse.desk.listening import KIND, Listening
from teahouse.desk.options import DeskOptions
from teahouse.desk.papers import Papers
from teahouse.desk.ports import DeskPorts
from teahouse.desk.rating import Rating
from teahouse.desk.reporting import Reporting
from teahouse.desk.staff import StaffBook
from teahouse.desk.ticking import Ticking
from teahouse.desk.visitors import VisitorDesk
from teahouse.desk.voice import Voice
from teahouse.engine.engine import Engine
from teahouse.model.desk import DESK
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.answers import Answers


class Desk:
    def __init__(
        self, ports: DeskPorts, staff: StaffBook, engine: Engine, answers: Answers, options: DeskOptions
    ) -> None:
        self._options = options
        self.staff = staff
        self.voice = Voice(ports, engine, options.nick)
        self.flow = Flow(ports, self.staff, self.voice, engine.beside.tell)
        self.dispatch = Dispatch(ports, self.staff, self.flow)
        self.listening = Listening(ports, self.staff, self.flow, answers, options.answer_s)
        self.ticking = Ticking(ports, self.staff, self.flow, self.dispatch, self.listening)
        self.flow.stirred = self.ticking.stir
        self.board = Board(ports, self.staff, self.flow, self.dispatch, self.voice)
        self.visitors = VisitorDesk(ports, self.staff, self.voice, options.visitors_per_min)
        self.founding = Founding(ports, self.staff, self.voice)
        self.papers = Papers(ports, answers)
        self.reporting = Reporting(ports)
        self.rating = Rating(ports, self.staff, self.flow)
        engine.beside.do(KIND, self.listening.hear)
        staff.founded = partial(engine.beside.follow, DESK, KIND)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.ticking.run(self._options.tick_s))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, StoreUnavailable):
                await self._task
