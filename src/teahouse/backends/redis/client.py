"""Redis as a node sees it: one connection that is made anew as long as the process runs.

Rule: without a connection everybody hears so at once, and nobody waits longer than the time-out; a connection that does
not answer is given up. That is a circuit breaker by itself: one probe at a time, by whoever keeps the connection. Made
by app/shared.py; used by broker.py, presence.py and limits.py.
"""

import asyncio
import hashlib
import random
import ssl
from collections.abc import Callable
from typing import Any

import hiredis
import structlog

from teahouse.backends.redis.line import Answer, Argument, Line
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.place import Address, CannotUse, place_of
from teahouse.backends.redis.rights import Lacking, check
from teahouse.backends.redis.sentinel import Sentinels
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.backends")

PING_S = 1.0
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 5.0


class Script:
    """A Lua script. Redis knows it by its hash once it has seen it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.sha = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


class Redis:
    """`changed` are called when the connection has come (True) or gone (False), `heard` for each message of a
    subscription. CannotUse if the address is none."""

    def __init__(self, options: RedisOptions, name: str = "teahouse") -> None:
        self.options = options
        self._place = place_of(options.url)
        self._sentinels = (
            Sentinels(self._place, options.timeout_s, self._connect) if self._place.master else None
        )
        self._name = name
        self._line: Line | None = None
        self._task: asyncio.Task[None] | None = None
        self._up = asyncio.Event()
        self._told_away = False
        self.changed: list[Callable[[bool], None]] = []
        self.heard: Callable[[list[Any]], None] = lambda message: None

    @property
    def connected(self) -> bool:
        return self._line is not None

    async def start(self) -> None:
        """Connect, or begin to try: a Redis that is away keeps nobody from starting. CannotUse if it refuses us."""
        try:
            line = await self._open()
        except ssl.SSLError as error:
            raise CannotUse(_untrusted(error)) from error
        except (OSError, TimeoutError, StoreUnavailable):
            line = None
        self._task = asyncio.get_running_loop().create_task(self._keep(line))
        await asyncio.sleep(0)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._line is not None:
            self._line.close()

    async def ready(self) -> None:
        """Wait until there is a connection."""
        await self._up.wait()

    async def ask(self, *arguments: Argument) -> Answer:
        """The answer to a command. StoreUnavailable if there is none in time; hiredis.ReplyError if it is wrong."""
        if self._line is None:
            raise StoreUnavailable("Redis is away")
        try:
            async with asyncio.timeout(self.options.timeout_s):
                return await self._line.ask(*arguments)
        except TimeoutError as error:
            raise StoreUnavailable("Redis does not answer in time") from error

    async def run(self, script: Script, *arguments: Argument) -> Answer:
        """What a script gives that names its keys itself."""
        try:
            return await self.ask("EVALSHA", script.sha, 0, *arguments)
        except hiredis.ReplyError as error:
            if not str(error).startswith("NOSCRIPT"):
                raise
        return await self.ask("EVAL", script.source, 0, *arguments)

    def tell(self, *arguments: Argument) -> bool:
        """A command whose answer nobody looks at. False if it was not sent."""
        return self._line is not None and self._line.tell(*arguments)

    def subscribe(self, on: bool, *channels: Argument) -> None:
        """To sharded channels. Nothing without a connection: whoever subscribes does so again when there is one."""
        if self._line is not None and channels:
            self._line.subscribe("SSUBSCRIBE" if on else "SUNSUBSCRIBE", *channels)

    async def _keep(self, line: Line | None) -> None:
        pause_s = FIRST_PAUSE_S
        while True:
            if line is not None:
                pause_s = FIRST_PAUSE_S
                await self._live(line)
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            line = await self._try()

    async def _try(self) -> Line | None:
        try:
            return await self._open()
        except (OSError, TimeoutError, StoreUnavailable, CannotUse, ssl.SSLError) as error:
            if not self._told_away:
                self._told_away = True
                _log.warning("Redis is away; it is tried again", reason=str(error) or type(error).__name__)
            return None

    async def _live(self, line: Line) -> None:
        """As long as the connection is there, and answers."""
        self._line = line
        self._up.set()
        if self._told_away:
            self._told_away = False
            _log.info("Redis is back")
        self._tell(True)
        try:
            while not line.gone.done():
                await asyncio.wait({line.gone}, timeout=PING_S)
                async with asyncio.timeout(self.options.timeout_s):
                    await line.ask("PING")
        except (StoreUnavailable, TimeoutError, hiredis.ReplyError):
            pass
        finally:
            self._line = None
            self._up.clear()
            line.close()
            self._tell(False)

    def _tell(self, up: bool) -> None:
        for changed in self.changed:
            try:
                changed(up)
            except Exception:
                _log.exception("a change of the connection to Redis was not taken")

    async def _open(self) -> Line:
        """A new connection, logged in. CannotUse if Redis does not let us in, or is none that we can use."""
        async with asyncio.timeout(self.options.timeout_s):
            address = self._place.addresses[0] if self._sentinels is None else await self._sentinels.master()
            line = await self._connect(address)
            try:
                await self._enter(line, address[0])
            except hiredis.ReplyError as error:
                line.close()
                raise CannotUse(f"Redis at {address[0]} refuses this server: {error}") from error
            except BaseException:
                line.close()
                raise
        return line

    async def _connect(self, address: Address) -> Line:
        secured = ssl.create_default_context() if self._place.secured else None
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: Line(self._heard), *address, ssl=secured)
        return line

    async def _enter(self, line: Line, host: str) -> None:
        place = self._place
        hello: list[Argument] = ["HELLO", 3]
        if place.password:
            hello += ["AUTH", place.user or "default", place.password]
        said = await line.ask(*hello, "SETNAME", self._name)
        self._check(said.get(b"mode", b""), said.get(b"role", b""), host)
        if place.database != "0":
            await line.ask("SELECT", place.database)
        try:
            await check(line, self.options.prefix)
        except Lacking as error:
            raise CannotUse(str(error)) from error

    def _check(self, mode: bytes, role: bytes, host: str) -> None:
        """Whether it is one server, and the master if we came for that."""
        if mode == b"cluster":
            raise CannotUse(
                f"Redis at {host} is part of a cluster, which this server cannot use; "
                "give one server by redis://, or the sentinels of several by redis+sentinel://"
            )
        if mode == b"sentinel":
            raise CannotUse(f"Redis at {host} is a sentinel: write redis+sentinel://{host}:26379/MASTER/0")
        if self._sentinels is not None and role != b"master":
            raise StoreUnavailable(f"Redis at {host} is not the master yet, or no more")

    def _heard(self, message: list[Any]) -> None:
        self.heard(message)


def _untrusted(error: ssl.SSLError) -> str:
    """What is wrong with TLS, and what to do."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"redis.url: the certificate of Redis is not trusted ({error.verify_message}); its authority must be "
            "among those of this machine, or in the file that SSL_CERT_FILE names"
        )
    return f"redis.url: there is no TLS with Redis ({error.reason or error}); without it, it is redis://"
