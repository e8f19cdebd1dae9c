"""`teahouse bench`: from the command line to a report and an exit code.

Exit codes: 0 all well; 1 errors, or lost, doubled or disordered messages, or not done in time; 2 the run could not
start; 130 stopped.
"""

import asyncio
import gc
import resource
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import uvloop

from teahouse.ops.load.client import Gone, Refused
from teahouse.ops.load.framing import FramingError
from teahouse.ops.load.gauge import file_system
from teahouse.ops.load.meter import Meter
from teahouse.ops.load.options import parse
from teahouse.ops.load.plan import Plan, PlanError
from teahouse.ops.load.report import Report, as_json, as_table
from teahouse.ops.load.scenarios import SCENARIOS
from teahouse.ops.load.served import own_server
from teahouse.ops.load.stage import Stage

_SPARE_FILES = 100


def main(argv: Sequence[str]) -> int:
    """Run `teahouse bench` with these arguments; the exit code."""
    try:
        plan = parse(argv)
    except SystemExit as wrong:
        return int(wrong.code or 0)
    gc.disable()  # a pause of ours would look like one of the server's, and a run is short
    try:
        _raise_file_limit(plan)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            report = runner.run(_run_stoppable(plan))
    except PlanError as error:
        return _complain(_told(error), 2)
    except (asyncio.CancelledError, KeyboardInterrupt):
        return _complain("stopped", 130)
    except TimeoutError:
        return _complain(f"not done after {plan.timeout_s:.0f} s (see --timeout)", 1)
    finally:
        gc.enable()
    sys.stdout.write((as_json(report) if plan.json else as_table(report)) + "\n")
    return 0 if report.ok else 1


async def run(plan: Plan) -> Report:
    """Play one scenario, against a server of our own if no target is given. PlanError if it cannot be set up,
    TimeoutError if it takes too long."""
    meter = Meter()
    try:
        async with asyncio.timeout(plan.timeout_s), _stage(plan, meter) as stage:
            await SCENARIOS[plan.scenario](stage)
    except TimeoutError:
        raise
    except (Refused, Gone, FramingError, OSError) as error:
        raise PlanError(f"it could not be set up: {_told(error)}") from error
    return stage.report(disk=_disk(plan))


@asynccontextmanager
async def _stage(plan: Plan, meter: Meter) -> AsyncIterator[Stage]:
    serving = own_server(plan, meter) if plan.target is None else nullcontext((plan.target, plan.pid))
    async with serving as (target, pid):
        stage = Stage(plan, target, pid, meter)
        try:
            yield stage
        finally:
            stage.crowd.leave()


async def _run_stoppable(plan: Plan) -> Report:
    """SIGTERM and SIGHUP end it as Ctrl-C does: the server we started must not outlive us."""
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await run(plan)


def _raise_file_limit(plan: Plan) -> None:
    """A connection is a file; most systems allow 1,024 until asked for more."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if plan.users + _SPARE_FILES > hard:
        raise PlanError(f"{plan.users} users need more open files than the {hard} allowed here (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _disk(plan: Plan) -> str:
    return "" if plan.target is not None else file_system(Path(plan.data or tempfile.gettempdir()))


def _told(error: BaseException) -> str:
    """The error, and what was noted about it on the way."""
    return "\n".join([str(error), *getattr(error, "__notes__", ())])


def _complain(text: str, code: int) -> int:
    sys.stderr.write(f"teahouse bench: {text}\n")
    return code
