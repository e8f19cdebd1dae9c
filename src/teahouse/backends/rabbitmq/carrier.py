"""Carrier: the one connection to RabbitMQ, made anew as long as the process runs, and what is declared on it.

Rule: what is published is confirmed, and was routed to a queue, or the caller hears that it was not: `mandatory`
alone says nothing without `on_return_raises`. A connection is never repaired: what was handed out on an old one belongs
to it, and RabbitMQ gives it out again. Made by jobs.py and calls.py.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.errors import StoreUnavailable

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange, AbstractIncomingMessage

_log = structlog.get_logger("teahouse.backends")

CONNECT_S = 10.0
LAY_S = 60.0  # after a crash it answers long before it has found a leader for each queue
CONFIRM_S = 10.0
HEARTBEAT_S = 10
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 15.0
PARTING_S = 2.0
MISSING = "jobs.kind = rabbitmq needs the client of RabbitMQ: pip install teahouse[scale]"

Lay = Callable[["AbstractChannel"], Awaitable["AbstractExchange"]]
"""Declares what is needed and begins to listen; gives the exchange that is published to."""


class CannotCarry(Exception):
    """RabbitMQ cannot be used by this installation, whatever the other side does; the text says what to do."""


class Carrier:
    """`lay` is called with the channel of each new connection."""

    def __init__(self, options: JobOptions, lay: Lay) -> None:
        try:
            import aio_pika  # noqa: F401 - heavy, and an extra: only where it is wanted
        except ImportError as error:
            raise CannotCarry(MISSING) from error
        self._options = options
        self._lay = lay
        self._exchange: AbstractExchange | None = None
        self._reason = "not yet connected"
        self._up = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect. A RabbitMQ that is away keeps nobody from starting."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def check(self) -> None:
        """StoreUnavailable where there is no connection."""
        if self._exchange is None:
            raise StoreUnavailable(f"RabbitMQ is away: {self._reason}")

    async def connected(self) -> None:
        """Wait until there is a connection."""
        await self._up.wait()

    async def publish(self, queue: str, body: bytes, lasting: bool = True, **properties: object) -> None:
        """Durable when it returns; in a queue, if it is not to be `lasting`. StoreUnavailable if nobody knows."""
        from aio_pika import DeliveryMode, Message

        self.check()
        assert self._exchange is not None
        mode = DeliveryMode.PERSISTENT if lasting else DeliveryMode.NOT_PERSISTENT
        message = Message(body, delivery_mode=mode, **properties)  # type: ignore[arg-type]
        try:
            await self._exchange.publish(message, queue, mandatory=True, timeout=CONFIRM_S)
        except (
            Exception
        ) as error:  # of aio-pika, of aiormq, of asyncio: all of them say that it was not confirmed
            raise StoreUnavailable(f"RabbitMQ did not confirm: {_said(error)}") from error

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                await self._live()
                failures = 0
            except Exception as error:
                failures += 1
                self._reason = _said(error)
            if failures <= 1:
                _log.warning("RabbitMQ is away; it is tried again until it is there", reason=self._reason)
            pause = min(FIRST_PAUSE_S * 2 ** min(failures, 10), LONGEST_PAUSE_S)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret

    async def _live(self) -> None:
        """One connection, from its beginning to its end."""
        import aio_pika

        url = aio_pika.connection.make_url(self._options.url, heartbeat=HEARTBEAT_S)
        connection = await aio_pika.connect(url, timeout=CONNECT_S)
        try:
            async with asyncio.timeout(LAY_S):
                channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
                await channel.set_qos(self._options.prefetch)
                self._exchange = await self._lay(channel)
            self._up.set()
            _log.info("RabbitMQ hands out jobs", host=url.host, port=url.port)
            await _closed(connection, channel)
            self._reason = "the connection was lost"
        finally:
            self._exchange = None
            self._up.clear()
            with suppress(Exception):
                async with asyncio.timeout(PARTING_S):
                    await connection.close()


async def _closed(connection: "AbstractConnection", channel: "AbstractChannel") -> None:
    """Either: a channel that was closed because of a mistake is of no use any more."""
    ends = [asyncio.ensure_future(connection.closed()), asyncio.ensure_future(channel.closed())]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for end in ends:
            end.cancel()


async def settle(message: "AbstractIncomingMessage", dead: bool = False) -> None:
    """Tell RabbitMQ that it need not keep this any more, or that it is dead. Where it cannot be told, it gives it
    out again."""
    with suppress(Exception):
        await (message.reject(requeue=False) if dead else message.ack())


def _said(error: Exception) -> str:
    """Without the address, which has a password in it."""
    return (
        type(error).__name__ if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"[:200]
    )
