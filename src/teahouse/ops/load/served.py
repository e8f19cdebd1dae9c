"""A server of our own for one run: `teahouse serve` on free ports, its data in a folder that goes away.

Rule: whatever happens, the process is ended and the folder removed.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from teahouse.ops.load.meter import Meter
from teahouse.ops.load.plan import Plan, PlanError, Target, parse_target

_READY_S = 30.0
_STOP_S = 15.0
_TAIL_BYTES = 1000


@asynccontextmanager
async def own_server(plan: Plan, meter: Meter) -> AsyncIterator[tuple[Target, int]]:
    """Where it listens, and its process id. A bad end of the server is an error of the run. An exception from
    inside gets the end of the server's log as a note."""
    with (
        tempfile.TemporaryDirectory(prefix="teahouse-load-", dir=plan.data) as folder,
        (Path(folder) / "server.log").open("w+b") as log,
    ):
        process = await _start(Path(folder) / "data", log)
        try:
            yield await _target(process, plan.over), process.pid
        except Exception as error:
            error.add_note(_tail(log))
            raise
        finally:
            await _stop(process, meter)


async def _start(data: Path, log: IO[bytes]) -> asyncio.subprocess.Process:
    arguments = ("--limits", "off", "--data", str(data), "--host", "127.0.0.1")
    ports = (
        "--http-port",
        "0",
        "--tcp-port",
        "0",
        "--mqtt-port",
        "0",
        "--xmpp-port",
        "0",
        "--grpc-port",
        "0",
    )
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "teahouse", "serve", *arguments, *ports),
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
        start_new_session=True,  # Ctrl-C is for us; we end it when its clients are gone
    )


async def _target(process: asyncio.subprocess.Process, over: str) -> Target:
    """Wait for the ready line."""
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), _READY_S)
        ready = json.loads(line)
    except (TimeoutError, ValueError) as error:
        raise PlanError("the server did not start") from error
    if over == "tcp":
        return parse_target(ready["tcp"])
    return parse_target(ready["http"].replace("http", "ws", 1) + "/ws")


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    said = log.read()[-_TAIL_BYTES:].decode("utf-8", "replace").strip()
    return f"the server said: ...{said}" if said else "the server said nothing"


async def _stop(process: asyncio.subprocess.Process, meter: Meter) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        code = await asyncio.wait_for(process.wait(), _STOP_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        meter.error("server_did_not_stop")
        return
    if code:
        meter.error(f"server_exit_{code}")
