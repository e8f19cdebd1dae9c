"""Caller: takes the calls of calls.py out of RabbitMQ, and has them made. The worker's side.

Rule: a call is acknowledged when its answer is on the way; a worker that dies leaves it to another. Made by
app/worker.py.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
import structlog

from teahouse.backends.calls.making import Making
from teahouse.backends.rabbitmq.calls import Reply, encode, lay_calls
from teahouse.backends.rabbitmq.carrier import Carrier, settle
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.calls import Answer, Call

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage, AbstractQueue

_log = structlog.get_logger("teahouse.backends")

_decode = msgspec.msgpack.Decoder(Call).decode


class RabbitCaller:
    """`jobs.prefetch` calls are made at once, at most."""

    def __init__(self, options: JobOptions, making: Making) -> None:
        self._name = options.name
        self._making = making
        self._listening: tuple[AbstractQueue, str] | None = None
        self.carrier = Carrier(options, self._lay)

    def start(self) -> None:
        self.carrier.start()

    async def connected(self) -> None:
        """Wait until calls reach us."""
        await self.carrier.connected()

    async def stop(self, seconds: float) -> None:
        """Take nothing more, and finish what was begun."""
        if self._listening is not None:
            queue, tag = self._listening
            with suppress(Exception):  # there may be no RabbitMQ any more
                await queue.cancel(tag, timeout=1)
        await self._making.finish(seconds)
        await self.carrier.stop()

    async def _lay(self, channel: "AbstractChannel") -> "AbstractExchange":
        exchange, name = await lay_calls(channel, self._name)
        queue = await channel.get_queue(name)
        self._listening = queue, await queue.consume(self._receive)
        return exchange

    async def _receive(self, message: "AbstractIncomingMessage") -> None:
        async def tell(answer: Answer) -> None:
            await self._reply(message, Reply(answer))
            await settle(message)

        try:
            call = _decode(message.body)
        except msgspec.DecodeError:
            _log.warning("RabbitMQ handed out what is no call; is the server of another version?")
            await settle(message)
            return
        if await self._reply(message, Reply()):
            self._making.begin(call, tell)
        else:
            await settle(message)

    async def _reply(self, message: "AbstractIncomingMessage", reply: Reply) -> bool:
        """Whether it arrived."""
        try:
            await self.carrier.publish(
                message.reply_to or "",
                encode(reply),
                lasting=False,
                correlation_id=message.correlation_id,
            )
        except StoreUnavailable as error:  # whoever asked is gone, or RabbitMQ is
            _log.warning("an answer found nobody", reason=str(error))
            return False
        return True
