"""Control: how `teahouse user` and `teahouse dead` reach a data directory, whether a server uses it or not, and
`teahouse webhook` a running server.

A running server listens on a Unix socket in its data directory, and does what it is asked itself: it is the only one
that writes, and those it logs out are its own. Where no server runs, the command takes the directory's lock, so that
none can start meanwhile, and does it. There is no third way.

Rule: who may open the directory may ask (backends/files/sockets.py). One line of JSON each way. Made by compose.py;
asked by cli_settings.py.
"""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import structlog

from teahouse.app.administration import (
    AnyOrder,
    Outcome,
    WebhookOrder,
    about_webhooks,
    carry_out,
    decode_order,
    decode_outcome,
)
from teahouse.app.dead import Dead, LetterOrder
from teahouse.app.history import registry_beside
from teahouse.app.identity import Identity, compose_identity, registry_on
from teahouse.app.settings import Settings
from teahouse.app.vault import vault_of_directory
from teahouse.backends.clock import SystemClock
from teahouse.backends.files.sockets import bound, is_ours, short, unlink
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.memory.presence import MemoryPresence
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.outlet_book import OutletBook
from teahouse.identity.keys import CannotUseKeys
from teahouse.identity.sealed import CannotUnseal
from teahouse.model.errors import Problem, StoreUnavailable

FILE = "control.sock"

_LINE = 65_536
_ANSWER = 4 * 1024 * 1024
_TIMEOUT_S = 30.0

_log = structlog.get_logger("teahouse.app")


@dataclass(frozen=True)
class Answerers:
    """Who is asked about what. `book` is that of a running server; None where there is none."""

    identity: Identity
    letters: Dead
    book: OutletBook | None = None


class Control:
    """The server's side. `start` after the directory's lock was taken, or as the only one of this `node`: a socket that
    lies there is nobody's."""

    def __init__(self, data: Path, about: Answerers, node: str = "") -> None:
        self._data = data
        self._file = f"control-{node}.sock" if node else FILE
        self._about = about
        self._server: asyncio.Server | None = None
        self._inode = 0

    async def start(self) -> None:
        listening, self._inode = bound(self._data, self._file)
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=_LINE)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            unlink(self._data, self._file, self._inode)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                if is_ours(writer.get_extra_info("socket")):
                    writer.write(msgspec.json.encode(await self._answer(await reader.readline())) + b"\n")
                    await writer.drain()
        except (OSError, ValueError, TimeoutError) as error:
            _log.warning("an order by the control socket came to nothing", reason=str(error))
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> Outcome:
        try:
            order = decode_order(line)
        except msgspec.DecodeError:
            return Outcome(refused="the server does not understand this; is it of another version?")
        _log.info("an order by the control socket", order=type(order).__name__.lower())
        return await obey(self._about, order)


async def obey(about: Answerers, order: AnyOrder) -> Outcome:
    """The outcome, also where it is a refusal."""
    try:
        if isinstance(order, LetterOrder):
            return Outcome(dead=await about.letters.carry_out(order))
        if isinstance(order, WebhookOrder):
            return await about_webhooks(about.book, order)
        return await carry_out(about.identity, order)
    except Problem as problem:
        return Outcome(refused=problem.message)
    except (StoreUnavailable, CannotUseKeys, CannotUnseal) as error:
        return Outcome(refused=str(error))


async def ask(settings: Settings, order: AnyOrder) -> Outcome:
    """Have it done, by the server or here. CannotOpen if the directory cannot be used, OSError if the server does not
    answer."""
    data = Path(settings.data)
    for file in _sockets(data):
        with suppress(FileNotFoundError, ConnectionRefusedError):
            return await _ask_server(data, file, order)
    if settings.store.shared:
        raise CannotOpen(f"no node of the server runs with the data directory {data}; ask where one runs")
    async with AsyncExitStack() as stack:
        store = SqliteStore(data, settings.sqlite)
        stack.push_async_callback(store.close)
        clock = SystemClock()
        presence, limits = MemoryPresence(clock), MemoryLimits(clock)
        registry = registry_on(store, store.log, presence, limits, clock, vault_of_directory(settings))
        try:
            registry = await registry_beside(settings, store, registry, stack)
        except StoreUnavailable as error:
            return Outcome(refused=str(error))
        letters = Dead(store.jobs, store.audit, clock, lambda due: None)
        identity = await compose_identity(settings, registry, stack)
        return await obey(Answerers(identity, letters), order)


def _sockets(data: Path) -> list[str]:
    """Where servers on this directory may answer: one, or any of several nodes that share it."""
    return [FILE, *sorted(path.name for path in data.glob("control-*.sock"))]


async def _ask_server(data: Path, file: str, order: AnyOrder) -> Outcome:
    async with asyncio.timeout(_TIMEOUT_S):
        with short(data) as folder:
            reader, writer = await asyncio.open_unix_connection(str(folder / file), limit=_ANSWER)
        try:
            writer.write(msgspec.json.encode(order) + b"\n")
            line = await reader.readline()
        finally:
            writer.close()
    if not line:
        raise OSError("the server did not answer; see its log")
    return decode_outcome(line)
